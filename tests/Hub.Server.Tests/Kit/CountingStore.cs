using Hub.Abstractions;

namespace Hub.Server.Tests.Kit;

/// <summary>A store that counts the runs that lists of it have read.</summary>
internal sealed class CountingStore(IRunStore store) : IRunStore
{
    private int _listed;

    /// <summary>How many records were in lists until now.</summary>
    public int Listed => _listed;

    public IRunWriter Create(RunHeader header) => store.Create(header);

    public IRunWriter Open(string runId) => store.Open(runId);

    public IReadOnlyList<RunRecord> List(int limit = int.MaxValue) => Counted(store.List(limit));

    public IReadOnlyList<RunRecord> ListWithPathParam(string name, int limit = int.MaxValue) => Counted(store.ListWithPathParam(name, limit));

    public RunRecord Find(string idOrPrefix) => store.Find(idOrPrefix);

    public IReadOnlyList<RunEvent> Read(string runId, long from = 0) => store.Read(runId, from);

    public byte[]? Payload(string hash) => store.Payload(hash);

    public int Erase(IReadOnlyCollection<string> hashes) => store.Erase(hashes);

    public long? Verify(string runId) => store.Verify(runId);

    public void Cancel(string runId) => store.Cancel(runId);

    public bool Remove(string runId) => store.Remove(runId);

    public IReadOnlyList<string> Prune(DateTimeOffset endedBefore, bool dryRun = false) => store.Prune(endedBefore, dryRun);

    public ValueTask DisposeAsync() => store.DisposeAsync();

    private IReadOnlyList<RunRecord> Counted(IReadOnlyList<RunRecord> records)
    {
        Interlocked.Add(ref _listed, records.Count);
        return records;
    }
}
