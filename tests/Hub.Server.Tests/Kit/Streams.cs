using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hub.Server.Tests.Kit;

/// <summary>Reads the toolkit's streams as its own user interface does: by prefix, line by line.</summary>
internal static partial class Streams
{
    public const string Data = "data: ";
    public const string Intermediate = "intermediate_data: ";

    /// <summary>JSON of every line with a prefix; <c>[DONE]</c> is none.</summary>
    public static IReadOnlyList<JsonElement> Of(string stream, string prefix) =>
        [.. stream.Split('\n').Where(l => l.StartsWith(prefix, StringComparison.Ordinal) && !l.EndsWith("[DONE]", StringComparison.Ordinal)).Select(l => JsonElement.Parse(l[prefix.Length..]))];

    /// <summary>A stream with what differs from run to run replaced, for comparison with a golden text.</summary>
    public static string Stable(string stream) => Uuid().Replace(Run().Replace(Number().Replace(stream, "\"created\":0"), "chatcmpl-RUN"), "UUID");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex("chatcmpl-[0-9a-f]{16}")]
    private static partial Regex Run();

    [GeneratedRegex("\"created\":[0-9]+")]
    private static partial Regex Number();
}
