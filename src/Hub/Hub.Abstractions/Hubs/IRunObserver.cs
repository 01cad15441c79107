namespace Hub.Abstractions;

/// <summary>Is told of what every run of a hub logs, as it is logged: spans, metrics and the like are made from it.</summary>
/// <remarks>
/// Called within the run, in the order of its log, and never for what a resumed run logged before: whatever takes longer than
/// a few microseconds belongs into a queue. Thread safety: runs call at the same time. Implementations do not throw.
/// </remarks>
public interface IRunObserver
{
    /// <summary>An event was appended; it may not be durable yet.</summary>
    /// <param name="header">The run.</param>
    /// <param name="entry">The event, its summary empty.</param>
    void Appended(RunHeader header, RunEvent entry);

    /// <summary>The run is no longer under way in this process.</summary>
    /// <param name="header">The run.</param>
    /// <param name="status">Where it stands.</param>
    void Left(RunHeader header, RunStatus status);
}
