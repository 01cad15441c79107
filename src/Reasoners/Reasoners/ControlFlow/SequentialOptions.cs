using System.Text.Json;

namespace Reasoners.ControlFlow;

/// <summary>Options of <see cref="SequentialReasoner"/>; keys and defaults are those of the toolkit's <c>sequential_executor</c>.</summary>
public sealed class SequentialOptions : ExecutorOptions
{
    /// <summary>Creates the defaults.</summary>
    public SequentialOptions()
    {
        Description = "Sequential Executor Workflow";
    }

    /// <summary>Accepted, as workflow files write it: a run's answer is streamed wherever somebody watches.</summary>
    public IReadOnlyDictionary<string, JsonElement> ToolExecutionConfig { get; set; } = new Dictionary<string, JsonElement>();

    /// <summary>Accepted, as workflow files write it: what passes from function to function is text or JSON, checked when it is passed.</summary>
    public bool RaiseTypeIncompatibility { get; set; }
}
