using Hub.Workflows;
using Hub.Workflows.Building;

namespace Hub.Hosting;

/// <summary>What is wrong with a workflow file.</summary>
/// <param name="Mistakes">What keeps it from running.</param>
/// <param name="Warnings">What has no effect.</param>
/// <param name="Missing">Component types that it names and this hub does not have.</param>
/// <param name="Loads">Whether it is a workflow file: YAML, sections and keys are as they should be, whatever its components are.</param>
public sealed record WorkflowReport(IReadOnlyList<WorkflowMistake> Mistakes, IReadOnlyList<WorkflowMistake> Warnings, IReadOnlyList<MissingType> Missing, bool Loads);
