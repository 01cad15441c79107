using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace ToolTape;

/// <summary>A function that says what its track has for an input.</summary>
internal sealed class TapeFunction : AIFunction
{
    private readonly Tape.Track _track;

    public TapeFunction(string name, Tape.Track track)
    {
        (Name, _track) = (name, track);
        JsonSchema = JsonSerializer.SerializeToElement(new
        {
            type = "object",
            properties = new Dictionary<string, object> { [track.Parameter] = new { type = "string" } },
            required = new[] { track.Parameter },
        });
    }

    public override string Name { get; }

    public override string Description => _track.Description;

    public override JsonElement JsonSchema { get; }

    // A tape says the same again.
    public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } = new Dictionary<string, object?> { [HubTool.RedoKey] = Redo.Freely };

    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var input = string.Join('\n', arguments.Values.Select(RunTools.ResultText));
        return ValueTask.FromResult<object?>(_track.Says.FirstOrDefault(l => input.Contains(l.When, StringComparison.OrdinalIgnoreCase))?.Say
            ?? throw new HubException($"The tape of '{Name}' has no line for '{input}'. Add one to {Tape.FileName}."));
    }
}
