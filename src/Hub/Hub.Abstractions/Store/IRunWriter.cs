namespace Hub.Abstractions;

/// <summary>The one writer of one run. Disposing it without <see cref="Close"/> drops what was not committed and gives the lease back.</summary>
/// <remarks>Thread safety: all members may be used from any thread; appends are ordered by the order of the calls.</remarks>
public interface IRunWriter : IPayloads, IDisposable
{
    /// <summary>What was fixed when the run began.</summary>
    RunHeader Header { get; }

    /// <summary>Events stored before this writer opened the run.</summary>
    IReadOnlyList<RunEvent> Past { get; }

    /// <summary>True once somebody asked to cancel the run; looked up at each commit, and about once a second in between.</summary>
    bool CancelRequested { get; }

    /// <summary>Whether a commit costs nothing, because nothing reaches a disk: ends are then committed as they come, not with what follows them.</summary>
    bool IsInMemory => false;

    /// <summary>Appends an event and returns it with its sequence and chain hash. Not durable before <see cref="Commit"/>.</summary>
    /// <param name="entry">The event.</param>
    RunEvent Append(RunEvent entry);

    /// <summary>Makes everything appended so far durable, in one transaction.</summary>
    /// <exception cref="RunLogException">The disk is full or the file cannot be written; what was committed before stays intact.</exception>
    /// <exception cref="RunLeaseException">The lease was lost to another writer.</exception>
    void Commit();

    /// <summary>Commits what is left, records where the run stands, and gives the lease back. Appending after it is an error.</summary>
    /// <param name="status">Where the run stands now.</param>
    void Close(RunStatus status);
}
