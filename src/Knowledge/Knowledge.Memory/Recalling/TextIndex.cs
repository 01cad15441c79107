namespace Knowledge.Memory;

/// <summary>Okapi BM25 over texts that come one after another.</summary>
/// <remarks>
/// <para>Source: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, equation 3.15, with the inverse document frequency that is never negative.</para>
/// <para>Words that stand in more than <see cref="CommonShare"/> of the texts score the texts that rarer words found, and find none themselves while rarer ones do (Lucene's common terms query).</para>
/// <para>Cost: postings of the rarer words of a question. Not for several threads while one of them adds.</para>
/// </remarks>
/// <param name="k1">How soon more of a word counts less.</param>
/// <param name="b">How much longer texts count less, 0 to 1.</param>
internal sealed class TextIndex(double k1, double b)
{
    /// <summary>Share of the texts from which on a word is common; small collections have no common words.</summary>
    public const double CommonShare = 0.05;

    private const int SmallCollection = 20_000;

    private static readonly Comparer<(int Text, int Count)> s_byText = Comparer<(int Text, int Count)>.Create((x, y) => x.Text.CompareTo(y.Text));

    private readonly Dictionary<string, List<(int Text, int Count)>> _postings = new(StringComparer.Ordinal);
    private readonly List<int> _lengths = [];
    private long _totalLength;

    /// <summary>Texts.</summary>
    public int Count => _lengths.Count;

    /// <summary>Adds a text.</summary>
    /// <returns>Its number, from 0.</returns>
    public int Add(IReadOnlyList<string> words)
    {
        var text = _lengths.Count;
        foreach (var group in words.GroupBy(w => w, StringComparer.Ordinal))
        {
            if (!_postings.TryGetValue(group.Key, out var list))
                _postings[group.Key] = list = [];
            list.Add((text, group.Count()));
        }

        _lengths.Add(words.Count);
        _totalLength += words.Count;
        return text;
    }

    /// <summary>Adds words to the text that was added last.</summary>
    public void Extend(IReadOnlyList<string> words)
    {
        var text = _lengths.Count - 1;
        foreach (var group in words.GroupBy(w => w, StringComparer.Ordinal))
        {
            if (!_postings.TryGetValue(group.Key, out var list))
                _postings[group.Key] = list = [];
            if (list.Count > 0 && list[^1].Text == text)
                list[^1] = (text, list[^1].Count + group.Count());
            else
                list.Add((text, group.Count()));
        }

        _lengths[text] += words.Count;
        _totalLength += words.Count;
    }

    /// <summary>Scores of the texts that share a word with a question.</summary>
    public Dictionary<int, double> Scores(IReadOnlyCollection<string> words)
    {
        var lists = words.Distinct(StringComparer.Ordinal).Select(w => _postings.GetValueOrDefault(w)).OfType<List<(int Text, int Count)>>().OrderBy(l => l.Count).ToList();
        var scores = new Dictionary<int, double>();
        var average = (double)_totalLength / Math.Max(1, _lengths.Count);
        foreach (var list in lists)
        {
            var idf = Math.Log(1 + ((_lengths.Count - list.Count + 0.5) / (list.Count + 0.5)));
            if (scores.Count > 0 && _lengths.Count > SmallCollection && list.Count > CommonShare * _lengths.Count)
            {
                foreach (var text in scores.Keys.ToList())
                    if (list.BinarySearch((text, 0), s_byText) is >= 0 and var at)
                        scores[text] += idf * Saturated(list[at]);
                continue;
            }

            foreach (var posting in list)
                scores[posting.Text] = scores.GetValueOrDefault(posting.Text) + (idf * Saturated(posting));
        }

        return scores;

        double Saturated((int Text, int Count) posting) => posting.Count * (k1 + 1) / (posting.Count + (k1 * (1 - b + (b * _lengths[posting.Text] / average))));
    }
}
