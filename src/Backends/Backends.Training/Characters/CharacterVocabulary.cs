namespace Backends.Training.Characters;

/// <summary>The characters of a text as token ids, in the order of their code units.</summary>
public sealed class CharacterVocabulary
{
    /// <summary>The most different characters; a text with more is not one for a character model.</summary>
    public const int MaxCharacters = 4_096;

    private readonly char[] _characters;

    /// <summary>Collects the characters of a text.</summary>
    /// <param name="text">At least two different characters.</param>
    /// <exception cref="ArgumentException">Fewer than two or more than <see cref="MaxCharacters"/> different characters.</exception>
    public CharacterVocabulary(string text)
    {
        _characters = [.. text.Distinct().Order()];
        if (_characters.Length is < 2 or > MaxCharacters)
            throw new ArgumentException($"The text has {_characters.Length} different characters; 2 to {MaxCharacters} are needed.", nameof(text));
    }

    /// <summary>Number of token ids.</summary>
    public int Count => _characters.Length;

    /// <summary>Ids of a text's characters.</summary>
    /// <param name="text">Any text of known characters.</param>
    /// <returns>One id a character.</returns>
    /// <exception cref="ArgumentException">A character that the vocabulary lacks, with its index.</exception>
    public int[] Encode(string text)
    {
        var ids = new int[text.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = Array.BinarySearch(_characters, text[i]);
            if (ids[i] < 0)
                throw new ArgumentException($"The character at index {i} (U+{(int)text[i]:X4}) does not occur in the training text.", nameof(text));
        }

        return ids;
    }

    /// <summary>The text of ids.</summary>
    /// <param name="ids">Ids in [0, <see cref="Count"/>).</param>
    /// <returns>One character an id.</returns>
    public string Decode(ReadOnlySpan<int> ids) => string.Create(ids.Length, ids.ToArray(), (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
            span[i] = _characters[source[i]];
    });
}
