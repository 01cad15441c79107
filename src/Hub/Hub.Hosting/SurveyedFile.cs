using Hub.Abstractions;
using Hub.Workflows.Building;

namespace Hub.Hosting;

/// <summary>One file of a survey.</summary>
/// <param name="File">Its path within the folder, with slashes.</param>
/// <param name="Report">What is wrong with it.</param>
public sealed record SurveyedFile(string File, WorkflowReport Report)
{
    /// <summary>Whether it is a workflow file.</summary>
    public bool Loads => Report.Loads;

    /// <summary>Whether everything that it needs is here.</summary>
    public bool Builds => Report is { Loads: true, Mistakes.Count: 0 };

    /// <summary>Types without which it cannot be built.</summary>
    public IEnumerable<MissingType> Needed => Report.Missing.Where(m => m.IsNeeded && m.Kind != ComponentKind.Evaluator);
}
