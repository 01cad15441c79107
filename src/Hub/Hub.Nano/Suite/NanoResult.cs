using Hub.Nano.Tasks;

namespace Hub.Nano.Suite;

/// <summary>What became of one question.</summary>
/// <param name="Episode">The task.</param>
/// <param name="Answer">What was answered; empty where the run failed.</param>
/// <param name="IsRight">Whether it counts.</param>
/// <param name="ToolCalls">Tool calls that the run made.</param>
/// <param name="Failure">Why the run ended without an answer, or null.</param>
public sealed record NanoResult(NanoEpisode Episode, string Answer, bool IsRight, int ToolCalls, string? Failure);
