using Hub.Abstractions;

namespace Hub.Dashboard.Runs;

/// <summary>One step of a run: an effect, a named part, or a branch.</summary>
/// <param name="Id">Path of the effect or scope.</param>
/// <param name="Depth">How many steps are around it.</param>
/// <param name="Kind">What began it; null for a branch, which has no event of its own.</param>
/// <param name="Name">Name of the model, tool or part.</param>
/// <param name="Start">Its start, or null for a branch.</param>
/// <param name="End">Its end; null while it is under way.</param>
/// <param name="From">When it began, from the run's start.</param>
/// <param name="To">When it ended, or the end of the picture, from the run's start.</param>
public sealed record StepNode(string Id, int Depth, RunEventKind? Kind, string Name, RunEvent? Start, RunEvent? End, TimeSpan From, TimeSpan To)
{
    /// <summary>A word for its kind, which also chooses its colour.</summary>
    public string Word => Kind switch
    {
        RunEventKind.LlmStart => "model",
        RunEventKind.ToolStart => "tool",
        RunEventKind.FunctionStart => "part",
        RunEventKind.TaskStart => "task",
        RunEventKind.TtcStart => "search",
        RunEventKind.CustomStart => "effect",
        _ => "branch",
    };

    /// <summary>Whether it is under way.</summary>
    public bool IsOpen => Kind is not null && End is null;

    /// <summary>Whether it failed.</summary>
    public bool HasFailed => End?.Failure is not null;

    /// <summary>How long it took, or has taken so far.</summary>
    public TimeSpan Duration => To - From;
}
