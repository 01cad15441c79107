namespace Hub.Workflows.Builtins.Evaluation;

/// <summary>Options of <c>trajectory</c>.</summary>
public sealed class TrajectoryOptions : JudgeOptions;
