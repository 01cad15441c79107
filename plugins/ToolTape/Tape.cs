using System.Text.Json;
using Hub.Abstractions;

namespace ToolTape;

/// <summary>What the functions of a tape say.</summary>
/// <param name="Functions">Functions by type.</param>
/// <param name="Groups">Groups by type, their members by name.</param>
internal sealed record Tape(IReadOnlyDictionary<string, Tape.Track> Functions, IReadOnlyDictionary<string, IReadOnlyDictionary<string, Tape.Track>> Groups)
{
    public const string FileName = "tape.json";

    private const long MaxBytes = 16 << 20;

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Reads a tape.</summary>
    /// <exception cref="HubException">It is missing, too large or not as it should be.</exception>
    public static Tape Load(string path)
    {
        try
        {
            var size = new FileInfo(path).Length;
            return size <= MaxBytes
                ? JsonSerializer.Deserialize<Tape>(File.ReadAllBytes(path), s_json) ?? throw new JsonException("It holds null.")
                : throw new HubException($"'{path}' has {size:N0} bytes; a tape may have {MaxBytes:N0}.");
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new HubException($"The tape '{path}' cannot be read: {broken.Message}", broken);
        }
    }

    /// <summary>One function.</summary>
    /// <param name="Description">What it is good for.</param>
    /// <param name="Says">Its lines; the first that fits counts.</param>
    /// <param name="Parameter">Name of its only parameter, a text.</param>
    public sealed record Track(string Description, IReadOnlyList<Line> Says, string Parameter = "query");

    /// <summary>One line.</summary>
    /// <param name="When">Part of the input, in any case; empty text fits everything.</param>
    /// <param name="Say">The answer.</param>
    public sealed record Line(string When, string Say);
}
