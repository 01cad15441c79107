namespace Hub.Abstractions;

/// <summary>A run under way, or ended.</summary>
public interface IRunHandle
{
    /// <summary>The run's id.</summary>
    string RunId { get; }

    /// <summary>Ends when the run does; a failed run is a result with a failure, not an exception.</summary>
    /// <exception cref="RunLogException">The log could not be written.</exception>
    Task<RunResult> Completion { get; }

    /// <summary>The run's events, past and then as they happen, streamed parts included; ends when the run does.</summary>
    /// <param name="from">Sequence of the first stored event wanted.</param>
    /// <param name="cancellationToken">Stops reading, not the run.</param>
    IAsyncEnumerable<RunEvent> ReadEventsAsync(long from = 0, CancellationToken cancellationToken = default);

    /// <summary>Bytes of a payload that an event refers to, those not yet durable included; null where it was erased.</summary>
    /// <param name="hash">Hash of the payload.</param>
    byte[]? Payload(string hash);

    /// <summary>Stops the run where it is. It can be resumed.</summary>
    void Interrupt();

    /// <summary>Ends the run for good as <see cref="RunStatus.Cancelled"/>.</summary>
    void Cancel();
}
