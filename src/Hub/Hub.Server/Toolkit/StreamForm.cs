using Hub.Abstractions;
using Hub.Server.Http;

namespace Hub.Server.Toolkit;

/// <summary>How a stream shows steps and the answer.</summary>
/// <param name="stream">Where to.</param>
internal abstract class StreamForm(EventStream stream)
{
    /// <summary>Where to.</summary>
    public EventStream Stream => stream;

    /// <summary>Whether the answer is shown in parts, as they come; otherwise whole, at its end.</summary>
    public virtual bool HasParts => true;

    /// <summary>Begins to read a run, from its first event on.</summary>
    public virtual void Begin(IRunHandle run)
    {
    }

    /// <summary>The step that an event shows; null where it shows none.</summary>
    public abstract object? Step(RunEvent entry);

    /// <summary>Writes a step.</summary>
    public virtual Task StepAsync(object step) => stream.IntermediateAsync(step);

    /// <summary>Writes a part of the answer.</summary>
    public abstract Task PartAsync(string text);

    /// <summary>What follows after the answer's parts, one write each.</summary>
    /// <param name="result">The run that answered.</param>
    public abstract IEnumerable<Func<Task>> Ends(RunResult result);

    /// <summary>Writes what went wrong.</summary>
    public virtual Task FailAsync(ToolkitError error) => stream.NakedAsync(error);
}
