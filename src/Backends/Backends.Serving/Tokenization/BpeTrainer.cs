using System.Text;
using System.Text.RegularExpressions;

namespace Backends.Serving.Tokenization;

/// <summary>Learns a byte-level BPE vocabulary from texts; the same texts give the same vocabulary.</summary>
/// <remarks>
/// Cost: time about words + merges · occurrences of the merged pair; memory linear in the different words.
/// Source: Sennrich, Haddow and Birch 2016 (arXiv 1508.07909), algorithm 1, on bytes; ties go to the pair whose tokens have the lower ids.
/// </remarks>
public static class BpeTrainer
{
    /// <summary>A pair that occurs less often than this is not merged.</summary>
    public const int MinPairCount = 2;

    /// <summary>Learns a vocabulary: ids 0–255 are the bytes, then come the merges in order, then the added tokens in order.</summary>
    /// <param name="texts">The texts; added tokens in them are cut out and count for no merge.</param>
    /// <param name="vocabularySize">Tokens in all, added tokens included; at least 256 + added tokens. Fewer result where the texts have no more
    /// pairs to merge.</param>
    /// <param name="addedTokens">Added tokens, all different.</param>
    /// <param name="pattern">Pre-tokenizer pattern.</param>
    /// <returns>The definition; <c>new EngineTokenizer(definition)</c> uses it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The size has no room for the bytes and the added tokens.</exception>
    public static TokenizerDefinition Train(
        IEnumerable<string> texts,
        int vocabularySize,
        IReadOnlyList<AddedToken> addedTokens,
        string pattern = TokenizerDefinition.SingleDigitPattern)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(addedTokens);
        ArgumentOutOfRangeException.ThrowIfLessThan(vocabularySize, 256 + addedTokens.Count);

        var regex = new Regex(pattern, RegexOptions.CultureInvariant, EngineTokenizer.PatternTimeout);
        var words = new BpeWords(CountWords(texts, addedTokens, regex));
        var tokens = Enumerable.Range(0, 256).Select(b => ByteAlphabet.ToChar((byte)b).ToString()).ToList();
        var seen = tokens.Select((token, id) => (token, id)).ToDictionary(t => t.token, t => t.id, StringComparer.Ordinal);
        var merges = new List<(string, string)>();
        while (tokens.Count < vocabularySize - addedTokens.Count && words.MostFrequent() is { } best && best.Count >= MinPairCount)
        {
            var (left, right) = (tokens[best.Left], tokens[best.Right]);
            // Two ways to spell one token ("a"+"bc" and "ab"+"c") share its id.
            if (!seen.TryGetValue(left + right, out var id))
            {
                id = tokens.Count;
                seen[left + right] = id;
                tokens.Add(left + right);
            }
            merges.Add((left, right));
            words.Merge(best.Left, best.Right, id);
        }
        return new TokenizerDefinition
        {
            Vocabulary = seen,
            Merges = merges,
            AddedTokens = addedTokens.Select((token, i) => (token, i)).ToDictionary(t => tokens.Count + t.i, t => t.token),
            Pattern = pattern,
        };
    }

    private static Dictionary<string, long> CountWords(IEnumerable<string> texts, IReadOnlyList<AddedToken> addedTokens, Regex regex)
    {
        var splitter = new AddedTokenSplitter(addedTokens.Select((token, i) => KeyValuePair.Create(i, token)));
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var lookup = counts.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var text in texts)
        {
            for (var at = 0; at < text.Length;)
            {
                var (start, length, _) = splitter.Next(text, at);
                var piece = text.AsSpan(at, start - at);
                foreach (var match in regex.EnumerateMatches(piece))
                {
                    var word = piece.Slice(match.Index, match.Length);
                    lookup[word] = lookup.TryGetValue(word, out var count) ? count + 1 : 1;
                }
                at = start + length;
            }
        }
        return counts;
    }
}
