using System.Text.Json;
using Hub.Server.Http;

namespace Hub.Server.OpenAI;

/// <summary>Texts, or token ids, to make vectors of.</summary>
/// <param name="Model">Name of the model; null where none is named.</param>
/// <param name="Texts">The texts; null where token ids are given.</param>
/// <param name="Tokens">The token ids of each text; null where texts are given.</param>
/// <param name="IsBase64">Whether vectors are written as the base64 form of their little-endian single-precision numbers.</param>
/// <param name="Dimensions">Length that the vectors are to have; null for the model's own.</param>
internal sealed record EmbeddingRequest(
    string? Model, IReadOnlyList<string>? Texts, IReadOnlyList<IReadOnlyList<int>>? Tokens, bool IsBase64, int? Dimensions)
{
    private const int MaxInputs = 2048;
    private const int MaxDimensions = 65_536;

    /// <summary>Reads a body.</summary>
    /// <exception cref="RequestException">A key is missing or wrong.</exception>
    public static EmbeddingRequest Read(JsonElement json)
    {
        var body = new BodyReader(json);
        var format = body.Text("encoding_format") ?? "float";
        if (format is not ("float" or "base64"))
            throw RequestException.Invalid($"'encoding_format' is '{format}'; float or base64 is needed.", "encoding_format");
        var (texts, tokens) = Input(body.Find("input"));
        return new EmbeddingRequest(body.Text("model"), texts, tokens, format == "base64", body.Integer("dimensions", 1, MaxDimensions));
    }

    private static (IReadOnlyList<string>?, IReadOnlyList<IReadOnlyList<int>>?) Input(JsonElement? input)
    {
        switch (input)
        {
            case { ValueKind: JsonValueKind.String } text:
                return Checked([text.GetString()!]);
            case { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() is > 0 and <= MaxInputs && list.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String):
                return Checked([.. list.EnumerateArray().Select(e => e.GetString()!)]);
            case { ValueKind: JsonValueKind.Array } ids when TokenIds.IsList(ids):
                return (null, [ids.Deserialize<int[]>()!]);
            case { ValueKind: JsonValueKind.Array } lists when lists.GetArrayLength() is > 0 and <= MaxInputs && lists.EnumerateArray().All(TokenIds.IsList):
                return (null, [.. lists.EnumerateArray().Select(l => l.Deserialize<int[]>()!)]);
            default:
                throw RequestException.Invalid($"'input' must be a text, a list of token ids, or a list of 1 to {MaxInputs} of either.", "input");
        }
    }

    private static (IReadOnlyList<string>?, IReadOnlyList<IReadOnlyList<int>>?) Checked(IReadOnlyList<string> texts) =>
        texts.Any(t => t.Length == 0) ? throw RequestException.Invalid("'input' has an empty text; each needs at least one character.", "input") : (texts, null);
}
