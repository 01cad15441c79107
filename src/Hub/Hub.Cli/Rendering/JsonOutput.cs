using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Abstractions;
using Hub.Core;

namespace Hub.Cli.Rendering;

/// <summary>One JSON object a line: events as stored with their text, then the result.</summary>
internal sealed class JsonOutput : Output
{
    public static JsonSerializerOptions Options { get; } = new(HubJson.Options)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public override void Event(RunEvent entry, Func<string, byte[]?> payload)
    {
        var node = JsonSerializer.SerializeToNode(entry, Options)!.AsObject();
        node["text"] = entry.Sequence < 0 ? entry.Chunk : EventText.Full(entry, payload);
        Console.Out.WriteLine(node.ToJsonString(Options));
    }

    public override void Result(RunResult result) => Console.Out.WriteLine(JsonSerializer.Serialize(
        new
        {
            result.RunId,
            result.Status,
            Answer = result.Status == RunStatus.Completed ? result.Text : null,
            result.Failure,
            result.Pending,
            result.Steps,
            result.Usage,
        },
        Options));
}
