using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>Something that a run of a hub can begin with.</summary>
/// <param name="Name">What <see cref="IHub.Start"/> takes; a model's is <c>model/NAME</c>.</param>
/// <param name="Kind">Reasoner, tool or model.</param>
/// <param name="Description">What it is good for; of a model, the provider's name for it. Empty where nobody said.</param>
/// <param name="InputSchema">JSON schema of its arguments.</param>
public sealed record HubFunction(string Name, HubFunctionKind Kind, string Description, JsonElement InputSchema)
{
    /// <summary>What the name of a model begins with.</summary>
    public const string ModelPrefix = "model/";

    /// <summary>JSON schema of its result; null where nobody said, and where the answer is words.</summary>
    public JsonElement? OutputSchema { get; init; }

    /// <summary>What a repeated call may do: <see cref="Redo.Freely"/> where it changes nothing.</summary>
    public Redo Redo { get; init; } = Redo.Never;

    /// <summary>A tool, or a reasoner in the form of one, as a listing has it.</summary>
    /// <param name="tool">The tool.</param>
    public static HubFunction Of(AIFunction tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        return new HubFunction(tool.Name, tool.GetService<ReasonerFunction>() is null ? HubFunctionKind.Tool : HubFunctionKind.Reasoner, tool.Description, tool.JsonSchema)
        {
            OutputSchema = tool.ReturnJsonSchema,
            Redo = HubTool.RedoOf(tool),
        };
    }
}
