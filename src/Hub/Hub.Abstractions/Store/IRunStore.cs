namespace Hub.Abstractions;

/// <summary>Keeps run logs. Readers work beside a writer at all times; a run has one writer.</summary>
/// <remarks>Thread safety: all members may be used from any thread at once.</remarks>
public interface IRunStore : IAsyncDisposable
{
    /// <summary>Creates a run and takes its lease.</summary>
    /// <param name="header">What is fixed from now on.</param>
    /// <exception cref="RunLogException">The store cannot be written.</exception>
    IRunWriter Create(RunHeader header);

    /// <summary>Takes the lease of an existing run, to go on with it.</summary>
    /// <param name="runId">The run.</param>
    /// <exception cref="UnknownNameException">There is no such run.</exception>
    /// <exception cref="RunLeaseException">Somebody else holds the lease and is alive.</exception>
    /// <exception cref="RunLogException">The log is damaged, or of a format that this version does not read.</exception>
    IRunWriter Open(string runId);

    /// <summary>All runs, newest first.</summary>
    /// <param name="limit">The most to return.</param>
    IReadOnlyList<RunRecord> List(int limit = int.MaxValue);

    /// <summary>Runs whose request has a path parameter (<see cref="RequestAttributes.PathParams"/>), newest first: so a server finds its jobs again.</summary>
    /// <remarks>Cost: that of the runs found. A store of files reads nothing of the others.</remarks>
    /// <param name="name">The parameter, whatever its value.</param>
    /// <param name="limit">The most to return.</param>
    IReadOnlyList<RunRecord> ListWithPathParam(string name, int limit = int.MaxValue);

    /// <summary>One run by its id or by the beginning of it.</summary>
    /// <param name="idOrPrefix">Whole id, or enough of its beginning to be the only one.</param>
    /// <exception cref="UnknownNameException">No run, or more than one, begins so.</exception>
    RunRecord Find(string idOrPrefix);

    /// <summary>Stored events from a sequence number on, summaries filled in.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="from">Sequence of the first event wanted.</param>
    /// <exception cref="RunLogException">The log is damaged.</exception>
    IReadOnlyList<RunEvent> Read(string runId, long from = 0);

    /// <summary>Bytes of a payload, or null where it was erased.</summary>
    /// <param name="hash">Its hash.</param>
    byte[]? Payload(string hash);

    /// <summary>Erases payloads everywhere: afterwards no file of the store holds a byte of them. Chains stay whole.</summary>
    /// <remarks>Cost: a store of files is written anew once, however many payloads are named.</remarks>
    /// <param name="hashes">Their hashes; unknown ones are passed over.</param>
    /// <returns>How many were there.</returns>
    /// <exception cref="RunLogException">They are erased, but bytes of them are still in a file, as somebody else reads it. Do the same again later.</exception>
    int Erase(IReadOnlyCollection<string> hashes);

    /// <summary>Walks the chain of a run.</summary>
    /// <param name="runId">The run.</param>
    /// <returns>Sequence of the first event that does not fit, or null where all do.</returns>
    long? Verify(string runId);

    /// <summary>Asks whoever writes a run to end it as cancelled; ends it here where nobody does.</summary>
    /// <param name="runId">The run.</param>
    void Cancel(string runId);

    /// <summary>Removes one run that has ended, and the payloads that only it used.</summary>
    /// <param name="runId">The run.</param>
    /// <returns>False where it has not ended.</returns>
    /// <exception cref="UnknownNameException">There is no such run.</exception>
    bool Remove(string runId);

    /// <summary>Removes ended runs and the payloads that only they used.</summary>
    /// <param name="endedBefore">Only runs that ended before this time.</param>
    /// <param name="dryRun">True to count only.</param>
    /// <returns>Ids of the runs removed.</returns>
    IReadOnlyList<string> Prune(DateTimeOffset endedBefore, bool dryRun = false);
}
