namespace Backends.Serving.Tokenization;

/// <summary>Everything that defines a byte-level BPE tokenizer, as read from or written to a <c>tokenizer.json</c>.</summary>
public sealed record TokenizerDefinition
{
    /// <summary>
    /// Pre-tokenizer of the tokenizers that are trained here: words with their leading space, every digit by itself, punctuation, white space.
    /// </summary>
    public const string SingleDigitPattern = @" ?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <summary>Pre-tokenizer that a ByteLevel entry stands for when it brings no pattern of its own (GPT-2).</summary>
    public const string Gpt2Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    /// <summary>Token text in the byte alphabet to id; holds all 256 single bytes.</summary>
    public required IReadOnlyDictionary<string, int> Vocabulary { get; init; }

    /// <summary>Merges, the first learnt first; both parts and their concatenation are in <see cref="Vocabulary"/>.</summary>
    public required IReadOnlyList<(string Left, string Right)> Merges { get; init; }

    /// <summary>Added tokens by id, as plain text.</summary>
    public required IReadOnlyDictionary<int, AddedToken> AddedTokens { get; init; }

    /// <summary>Regular expression whose matches are encoded apart from one another.</summary>
    public string Pattern { get; init; } = SingleDigitPattern;
}
