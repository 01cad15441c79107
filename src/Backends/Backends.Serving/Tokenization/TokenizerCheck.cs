using System.Text.RegularExpressions;

namespace Backends.Serving.Tokenization;

/// <summary>Says where the parts of a tokenizer definition do not agree.</summary>
internal static class TokenizerCheck
{
    /// <summary>Ids above this are refused: no vocabulary is that large, and tables are sized by the highest id.</summary>
    internal const int MaxTokenId = 2_000_000;

    public static void ThrowIfInvalid(TokenizerDefinition definition, string name)
    {
        CheckVocabulary(definition.Vocabulary, name);
        CheckMerges(definition, name);
        CheckAdded(definition, name);
        CheckPattern(definition.Pattern, name);
    }

    private static void CheckVocabulary(IReadOnlyDictionary<string, int> vocabulary, string name)
    {
        for (var b = 0; b < 256; b++)
            if (!vocabulary.ContainsKey(ByteAlphabet.ToChar((byte)b).ToString()))
                throw new TokenizerFormatException(name,
                    $"the vocabulary lacks byte 0x{b:X2} ('{ByteAlphabet.ToChar((byte)b)}'); a byte-level vocabulary needs all 256. Was the file cut short?");

        var byId = new Dictionary<int, string>();
        foreach (var (token, id) in vocabulary)
        {
            CheckId(id, token, name);
            if (!byId.TryAdd(id, token))
                throw new TokenizerFormatException(name, $"tokens '{byId[id]}' and '{token}' share id {id}; ids must be unique.");
        }
    }

    private static void CheckMerges(TokenizerDefinition definition, string name)
    {
        for (var i = 0; i < definition.Merges.Count; i++)
        {
            var (left, right) = definition.Merges[i];
            foreach (var part in (ReadOnlySpan<string>)[left, right, left + right])
                if (!definition.Vocabulary.ContainsKey(part))
                    throw new TokenizerFormatException(name, $"merge {i} ('{left}' + '{right}') needs the token '{part}', which the vocabulary lacks.");
        }
    }

    private static void CheckAdded(TokenizerDefinition definition, string name)
    {
        var ids = definition.Vocabulary.Values.ToHashSet();
        var contents = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, token) in definition.AddedTokens)
        {
            CheckId(id, token.Content, name);
            if (token.Content.Length == 0)
                throw new TokenizerFormatException(name, $"added token {id} is empty; it needs at least one character.");
            if (!contents.Add(token.Content))
                throw new TokenizerFormatException(name, $"added token '{token.Content}' is there twice.");
            var isSameInVocabulary = definition.Vocabulary.TryGetValue(token.Content, out var other) && other == id;
            if (ids.Contains(id) && !isSameInVocabulary)
                throw new TokenizerFormatException(name, $"added token '{token.Content}' has id {id}, which a token of the vocabulary has too.");
        }
    }

    private static void CheckId(int id, string token, string name)
    {
        if (id is < 0 or > MaxTokenId)
            throw new TokenizerFormatException(name, $"token '{token}' has id {id}; ids run from 0 to {MaxTokenId}.");
    }

    private static void CheckPattern(string pattern, string name)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, EngineTokenizer.PatternTimeout);
        }
        catch (ArgumentException e)
        {
            throw new TokenizerFormatException(name, $"the pre-tokenizer's pattern '{pattern}' is no regular expression that .NET reads: {e.Message}", e);
        }
    }
}
