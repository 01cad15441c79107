using System.Text.Encodings.Web;
using System.Text.Json;

namespace Backends.Serving.Tokenization;

/// <summary>Reads and writes the part of Hugging Face's <c>tokenizer.json</c> that byte-level BPE uses.</summary>
internal static class TokenizerJson
{
    /// <summary>Largest file that is read; the largest public tokenizers are about 35 MB.</summary>
    internal const long MaxFileBytes = 128L * 1024 * 1024;

    private static readonly JsonWriterOptions s_writer = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TokenizerDefinition Load(string path)
    {
        byte[] bytes;
        try
        {
            var length = new FileInfo(path).Length;
            if (length > MaxFileBytes)
                throw new TokenizerFormatException(path, $"the file has {length} bytes; at most {MaxFileBytes} are read.");
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TokenizerFormatException(path, $"the file cannot be read ({e.Message}). Check the path.", e);
        }
        return Parse(bytes, path);
    }

    public static TokenizerDefinition Parse(ReadOnlyMemory<byte> utf8, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            return Read(document.RootElement, name);
        }
        catch (JsonException e)
        {
            throw new TokenizerFormatException(name,
                $"not whole JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine}: {e.Message}). Was the file cut short? Download or train it again.", e);
        }
        catch (InvalidOperationException e)
        {
            throw new TokenizerFormatException(name, $"a value has another JSON type than tokenizer.json gives it ({e.Message}).", e);
        }
        catch (FormatException e)
        {
            throw new TokenizerFormatException(name, $"a number is no whole number in range ({e.Message}).", e);
        }
    }

    public static void Save(TokenizerDefinition definition, string path)
    {
        using var file = File.Create(path);
        using var json = new Utf8JsonWriter(file, s_writer);
        json.WriteStartObject();
        json.WriteString("version", "1.0");
        WriteAddedTokens(json, definition);
        json.WriteNull("normalizer");
        WritePreTokenizer(json, definition.Pattern);
        json.WriteNull("post_processor");
        json.WritePropertyName("decoder");
        WriteByteLevel(json);
        WriteModel(json, definition);
        json.WriteEndObject();
    }

    private static TokenizerDefinition Read(JsonElement root, string name)
    {
        var model = Needed(root, "model", name);
        if (Text(model, "type") is { } type && type != "BPE")
            throw new TokenizerFormatException(name, $"model.type is '{type}'; the engine reads 'BPE'.");
        foreach (var flag in (ReadOnlySpan<string>)["ignore_merges", "byte_fallback"])
            if (model.TryGetProperty(flag, out var value) && value.ValueKind == JsonValueKind.True)
                throw new TokenizerFormatException(name, $"model.{flag} is true, which the engine does not have.");
        if (root.TryGetProperty("normalizer", out var normalizer) && normalizer.ValueKind != JsonValueKind.Null)
            throw new TokenizerFormatException(name, $"the normalizer '{Text(normalizer, "type")}' is set; the engine reads tokenizers without one.");

        return new TokenizerDefinition
        {
            Vocabulary = ReadVocabulary(Needed(model, "vocab", name)),
            Merges = ReadMerges(Needed(model, "merges", name), name),
            AddedTokens = ReadAddedTokens(root, name),
            Pattern = ReadPattern(Needed(root, "pre_tokenizer", name), name),
        };
    }

    private static Dictionary<string, int> ReadVocabulary(JsonElement vocabulary)
    {
        var tokens = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var token in vocabulary.EnumerateObject()) tokens[token.Name] = token.Value.GetInt32();
        return tokens;
    }

    // A merge is "left right" in older files and ["left", "right"] in newer ones.
    private static List<(string Left, string Right)> ReadMerges(JsonElement merges, string name)
    {
        var pairs = new List<(string, string)>(merges.GetArrayLength());
        foreach (var merge in merges.EnumerateArray())
        {
            var parts = merge.ValueKind == JsonValueKind.Array
                ? merge.EnumerateArray().Select(p => p.GetString() ?? "").ToArray()
                : (merge.GetString() ?? "").Split(' ');
            if (parts.Length != 2 || parts[0].Length == 0 || parts[1].Length == 0)
                throw new TokenizerFormatException(name, $"merge {pairs.Count} is {merge.GetRawText()}; a merge is two tokens.");
            pairs.Add((parts[0], parts[1]));
        }
        return pairs;
    }

    private static Dictionary<int, AddedToken> ReadAddedTokens(JsonElement root, string name)
    {
        var tokens = new Dictionary<int, AddedToken>();
        if (!root.TryGetProperty("added_tokens", out var added) || added.ValueKind == JsonValueKind.Null) return tokens;
        foreach (var token in added.EnumerateArray())
        {
            var content = Needed(token, "content", name).GetString() ?? "";
            foreach (var flag in (ReadOnlySpan<string>)["single_word", "lstrip", "rstrip"])
                if (token.TryGetProperty(flag, out var value) && value.ValueKind == JsonValueKind.True)
                    throw new TokenizerFormatException(name, $"added token '{content}' sets {flag}, which the engine does not have.");
            var isSpecial = token.TryGetProperty("special", out var special) && special.GetBoolean();
            if (!tokens.TryAdd(Needed(token, "id", name).GetInt32(), new AddedToken(content, isSpecial)))
                throw new TokenizerFormatException(name, $"added token '{content}' has an id that another added token has.");
        }
        return tokens;
    }

    // ByteLevel by itself, or a sequence of one Split by a regular expression and ByteLevel.
    private static string ReadPattern(JsonElement preTokenizer, string name)
    {
        var parts = Text(preTokenizer, "type") == "Sequence" ? [.. Needed(preTokenizer, "pretokenizers", name).EnumerateArray()] : new[] { preTokenizer };
        string? pattern = null;
        var isByteLevel = false;
        foreach (var part in parts)
        {
            switch (Text(part, "type"))
            {
                case "Split" when pattern is null && Text(part, "behavior") == "Isolated":
                    pattern = Needed(Needed(part, "pattern", name), "Regex", name).GetString();
                    break;
                case "ByteLevel" when !Flag(part, "add_prefix_space"):
                    isByteLevel = true;
                    if (pattern is null && (!part.TryGetProperty("use_regex", out var use) || use.GetBoolean())) pattern = TokenizerDefinition.Gpt2Pattern;
                    break;
                default:
                    throw new TokenizerFormatException(name,
                        $"the pre-tokenizer {Shortened(part.GetRawText())} is not one the engine has; " +
                        "it reads one isolated Split by a Regex and ByteLevel without add_prefix_space.");
            }
        }
        if (!isByteLevel || pattern is null)
            throw new TokenizerFormatException(name, "the pre-tokenizer needs a ByteLevel part and a pattern; the engine reads byte-level BPE.");
        return pattern;
    }

    private static JsonElement Needed(JsonElement parent, string key, string name)
    {
        if (parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(key, out var value) && value.ValueKind != JsonValueKind.Null) return value;
        throw new TokenizerFormatException(name, $"the key '{key}' is missing from {Shortened(parent.GetRawText())}. Is this a tokenizer.json?");
    }

    private static string Shortened(string text) => text.Length <= 80 ? text : text[..80] + "…";

    private static string? Text(JsonElement parent, string key) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;

    private static bool Flag(JsonElement parent, string key) => parent.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.True;

    private static void WriteAddedTokens(Utf8JsonWriter json, TokenizerDefinition definition)
    {
        json.WriteStartArray("added_tokens");
        foreach (var (id, token) in definition.AddedTokens.OrderBy(t => t.Key))
        {
            json.WriteStartObject();
            json.WriteNumber("id", id);
            json.WriteString("content", token.Content);
            foreach (var flag in (ReadOnlySpan<string>)["single_word", "lstrip", "rstrip", "normalized"]) json.WriteBoolean(flag, false);
            json.WriteBoolean("special", token.Special);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WritePreTokenizer(Utf8JsonWriter json, string pattern)
    {
        json.WriteStartObject("pre_tokenizer");
        json.WriteString("type", "Sequence");
        json.WriteStartArray("pretokenizers");
        json.WriteStartObject();
        json.WriteString("type", "Split");
        json.WriteStartObject("pattern");
        json.WriteString("Regex", pattern);
        json.WriteEndObject();
        json.WriteString("behavior", "Isolated");
        json.WriteBoolean("invert", false);
        json.WriteEndObject();
        WriteByteLevel(json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteByteLevel(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "ByteLevel");
        json.WriteBoolean("add_prefix_space", false);
        json.WriteBoolean("trim_offsets", true);
        json.WriteBoolean("use_regex", false);
        json.WriteEndObject();
    }

    private static void WriteModel(Utf8JsonWriter json, TokenizerDefinition definition)
    {
        json.WriteStartObject("model");
        json.WriteString("type", "BPE");
        foreach (var unset in (ReadOnlySpan<string>)["dropout", "unk_token", "continuing_subword_prefix", "end_of_word_suffix"]) json.WriteNull(unset);
        foreach (var flag in (ReadOnlySpan<string>)["fuse_unk", "byte_fallback", "ignore_merges"]) json.WriteBoolean(flag, false);
        json.WriteStartObject("vocab");
        foreach (var (token, id) in definition.Vocabulary.OrderBy(t => t.Value)) json.WriteNumber(token, id);
        json.WriteEndObject();
        json.WriteStartArray("merges");
        foreach (var (left, right) in definition.Merges)
        {
            json.WriteStartArray();
            json.WriteStringValue(left);
            json.WriteStringValue(right);
            json.WriteEndArray();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
