using Hub.Abstractions;

namespace Hub.Workflows;

/// <summary>A workflow file has mistakes: all of them are listed.</summary>
public sealed class WorkflowException : HubException
{
    /// <summary>Creates the error.</summary>
    /// <param name="mistakes">At least one.</param>
    public WorkflowException(IReadOnlyList<WorkflowMistake> mistakes)
        : base(string.Join(Environment.NewLine, mistakes))
    {
        Mistakes = mistakes;
    }

    /// <summary>The mistakes, in the order of the file.</summary>
    public IReadOnlyList<WorkflowMistake> Mistakes { get; }
}
