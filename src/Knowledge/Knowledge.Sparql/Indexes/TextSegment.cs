namespace Knowledge.Sparql;

/// <summary>An unchanging part of a text index: for each word the texts that have it, one behind the other in one array.</summary>
internal sealed class TextSegment
{
    private readonly Dictionary<string, (int From, int Length)> _words;
    private readonly (int At, int Count)[] _postings;

    private TextSegment(uint[] literals, int[] lengths, Dictionary<string, List<(int At, int Count)>> words)
    {
        (Literals, Lengths) = (literals, lengths);
        TotalLength = lengths.Sum(l => (long)l);
        _postings = new (int, int)[words.Values.Sum(w => w.Count)];
        _words = new Dictionary<string, (int, int)>(words.Count, StringComparer.Ordinal);
        var from = 0;
        foreach (var (word, postings) in words)
        {
            postings.CopyTo(_postings, from);
            _words.Add(word, (from, postings.Count));
            from += postings.Count;
        }
    }

    /// <summary>Ids of the texts, ascending.</summary>
    public uint[] Literals { get; }

    /// <summary>Number of words of each text.</summary>
    public int[] Lengths { get; }

    /// <summary>Number of words of all texts.</summary>
    public long TotalLength { get; }

    /// <summary>Texts that have a word, and how often.</summary>
    public ReadOnlySpan<(int At, int Count)> Postings(string word) => _words.TryGetValue(word, out var run) ? _postings.AsSpan(run.From, run.Length) : default;

    /// <summary>A segment of texts.</summary>
    /// <param name="texts">Ids, ascending, and texts.</param>
    public static TextSegment Of(IEnumerable<(uint Id, string Text)> texts)
    {
        var (literals, lengths) = (new List<uint>(), new List<int>());
        var words = new Dictionary<string, List<(int At, int Count)>>(StringComparer.Ordinal);
        foreach (var (id, text) in texts)
        {
            var length = 0;
            foreach (var word in TextTokens.Of(text))
            {
                length++;
                if (!words.TryGetValue(word, out var postings))
                    words.Add(word, postings = []);
                if (postings.Count > 0 && postings[^1].At == literals.Count)
                    postings[^1] = (literals.Count, postings[^1].Count + 1);
                else
                    postings.Add((literals.Count, 1));
            }

            literals.Add(id);
            lengths.Add(length);
        }

        return new TextSegment([.. literals], [.. lengths], words);
    }
}
