using Hub.Workflows;

namespace Hub.Hosting;

/// <summary>What is wrong with a workflow file.</summary>
/// <param name="Mistakes">What keeps it from running.</param>
/// <param name="Warnings">What has no effect.</param>
public sealed record WorkflowReport(IReadOnlyList<WorkflowMistake> Mistakes, IReadOnlyList<WorkflowMistake> Warnings);
