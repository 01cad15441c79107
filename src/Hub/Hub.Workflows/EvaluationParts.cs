using Hub.Abstractions;

namespace Hub.Workflows;

/// <summary>What an evaluation file brings: its settings, its evaluators and the models that judge. Its workflow, where it has one, is not used.</summary>
/// <param name="document">The file.</param>
/// <param name="components">Its components; disposed with this.</param>
/// <param name="release">What else ends with this: plugins that the components come from. Null for nothing.</param>
public sealed class EvaluationParts(WorkflowDocument document, WorkflowComponents components, IDisposable? release = null) : IDisposable
{
    /// <summary>The file.</summary>
    public WorkflowDocument Document => document;

    /// <summary>Its evaluators and models.</summary>
    public IHubComponents Components => components;

    /// <summary>Disposes the components, then what they come from.</summary>
    public void Dispose()
    {
        components.Dispose();
        release?.Dispose();
    }
}
