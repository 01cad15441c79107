using System.Text;
using System.Text.RegularExpressions;
using Microsoft.ML.Tokenizers;

namespace Backends.Serving.Tokenization;

/// <summary>Byte-level BPE with added tokens: text to token ids and back, without loss.</summary>
/// <remarks>
/// Merging is Microsoft.ML.Tokenizers'; this class adds what a chat engine needs around it: added tokens that may be whole paragraphs,
/// control tokens that a user's text cannot forge, and decoding that never emits half a character. Lone surrogates become U+FFFD.
/// Thread safety: all members may be called from several threads.
/// </remarks>
public sealed class EngineTokenizer
{
    internal static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(2);

    private readonly BpeTokenizer _bpe;
    private readonly byte[][] _bytes;                       // [V]
    private readonly AddedTokenSplitter _allAdded;
    private readonly AddedTokenSplitter _plainAdded;
    private readonly Dictionary<string, int> _addedIds;
    private readonly HashSet<int> _controlIds;

    /// <summary>Builds a tokenizer from its definition, as <see cref="BpeTrainer"/> returns it.</summary>
    /// <param name="definition">Vocabulary, merges and added tokens.</param>
    /// <param name="name">Names the definition in errors.</param>
    /// <exception cref="TokenizerFormatException">The parts of the definition do not agree; the message says where.</exception>
    public EngineTokenizer(TokenizerDefinition definition, string name = "definition")
    {
        ArgumentNullException.ThrowIfNull(definition);
        TokenizerCheck.ThrowIfInvalid(definition, name);
        Definition = definition;
        _bpe = BpeTokenizer.Create(new BpeOptions(definition.Vocabulary)
        {
            Merges = definition.Merges.Select(m => $"{m.Left} {m.Right}"),
            PreTokenizer = new IsolatedSplit(new Regex(definition.Pattern, RegexOptions.CultureInvariant, PatternTimeout)),
            ByteLevel = true,
        });
        _bytes = BuildBytes(definition);
        _allAdded = new AddedTokenSplitter(definition.AddedTokens);
        _plainAdded = new AddedTokenSplitter(definition.AddedTokens.Where(t => !t.Value.Special));
        _addedIds = definition.AddedTokens.ToDictionary(t => t.Value.Content, t => t.Key, StringComparer.Ordinal);
        _controlIds = [.. definition.AddedTokens.Where(t => t.Value.Special).Select(t => t.Key)];
    }

    /// <summary>What this tokenizer was built from.</summary>
    public TokenizerDefinition Definition { get; }

    /// <summary>One more than the highest token id.</summary>
    public int VocabularySize => _bytes.Length;

    /// <summary>Reads a Hugging Face <c>tokenizer.json</c> with a byte-level BPE model.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tokenizer.</returns>
    /// <exception cref="TokenizerFormatException">The file is missing, damaged or unsupported; the message says what and where.</exception>
    public static EngineTokenizer Load(string path) => new(TokenizerJson.Load(path), path);

    /// <summary>Writes a <c>tokenizer.json</c> that <see cref="Load"/> and Hugging Face's tokenizers read.</summary>
    /// <param name="path">The file; replaced if there.</param>
    public void Save(string path) => TokenizerJson.Save(Definition, path);

    /// <summary>Encodes text in which control tokens are meant: <c>"&lt;|end|&gt;"</c> becomes the control token.</summary>
    /// <param name="text">Text that this program wrote, not a user.</param>
    /// <returns>Token ids.</returns>
    public int[] Encode(string text) => Encode(text, _allAdded);

    /// <summary>Encodes text that somebody else wrote: control tokens in it stay ordinary text, other added tokens match anywhere.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Token ids, none of them a control token.</returns>
    public int[] EncodeText(string text) => Encode(text, _plainAdded);

    /// <summary>Decodes ids to text; bytes that are no UTF-8 become U+FFFD.</summary>
    /// <param name="ids">Token ids in [0, V).</param>
    /// <returns>The text; control tokens appear as they are written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An id is not of the vocabulary.</exception>
    public string Decode(ReadOnlySpan<int> ids)
    {
        using var bytes = new MemoryStream();
        foreach (var id in ids) bytes.Write(BytesOf(id).Span);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>Starts decoding a reply token by token.</summary>
    /// <returns>A decoder for one reply.</returns>
    public TextDecoder CreateDecoder() => new(this);

    /// <summary>The bytes that one token stands for; none where the vocabulary has a hole at this id.</summary>
    /// <param name="id">A token id in [0, V).</param>
    /// <returns>UTF-8 bytes, not always whole characters.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The id is not of the vocabulary.</exception>
    public ReadOnlyMemory<byte> BytesOf(int id)
    {
        if ((uint)id >= (uint)_bytes.Length)
            throw new ArgumentOutOfRangeException(nameof(id), id, $"Token ids run from 0 to {_bytes.Length - 1}.");
        return _bytes[id];
    }

    /// <summary>Looks up an added token by its exact text.</summary>
    /// <param name="content">The added token's text.</param>
    /// <param name="id">Its id.</param>
    /// <returns>False where no added token has that text.</returns>
    public bool TryGetAddedToken(string content, out int id) => _addedIds.TryGetValue(content, out id);

    /// <summary>True for control tokens (added tokens marked special).</summary>
    /// <param name="id">Any id.</param>
    /// <returns>Whether the id is a control token.</returns>
    public bool IsControl(int id) => _controlIds.Contains(id);

    private static byte[][] BuildBytes(TokenizerDefinition definition)
    {
        var size = definition.Vocabulary.Values.Concat(definition.AddedTokens.Keys).Max() + 1;
        var bytes = new byte[size][];
        Array.Fill(bytes, []);
        foreach (var (token, id) in definition.Vocabulary) bytes[id] = ByteAlphabet.ToBytes(token) ?? Encoding.UTF8.GetBytes(token);
        foreach (var (id, token) in definition.AddedTokens) bytes[id] = Encoding.UTF8.GetBytes(token.Content);
        return bytes;
    }

    private int[] Encode(string text, AddedTokenSplitter splitter)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = WithoutLoneSurrogates(text);
        var ids = new List<int>(text.Length / 3);
        for (var at = 0; at < text.Length;)
        {
            var (start, length, id) = splitter.Next(text, at);
            if (start > at) ids.AddRange(_bpe.EncodeToIds(text.AsSpan(at, start - at), considerNormalization: false));
            if (length > 0) ids.Add(id);
            at = start + length;
        }
        return [.. ids];
    }

    private static string WithoutLoneSurrogates(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) i++;
            else return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        }
        return text;
    }
}
