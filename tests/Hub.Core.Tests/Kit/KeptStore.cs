using Hub.Abstractions;

namespace Hub.Core.Tests;

/// <summary>A store that outlives the hubs that use it.</summary>
internal sealed class KeptStore(IRunStore store) : IRunStore
{
    public IRunWriter Create(RunHeader header) => store.Create(header);

    public IRunWriter Open(string runId) => store.Open(runId);

    public IReadOnlyList<RunRecord> List(int limit = int.MaxValue) => store.List(limit);

    public IReadOnlyList<RunRecord> ListWithPathParam(string name, int limit = int.MaxValue) => store.ListWithPathParam(name, limit);

    public RunRecord Find(string idOrPrefix) => store.Find(idOrPrefix);

    public IReadOnlyList<RunEvent> Read(string runId, long from = 0) => store.Read(runId, from);

    public byte[]? Payload(string hash) => store.Payload(hash);

    public int Erase(IReadOnlyCollection<string> hashes) => store.Erase(hashes);

    public long? Verify(string runId) => store.Verify(runId);

    public void Cancel(string runId) => store.Cancel(runId);

    public bool Remove(string runId) => store.Remove(runId);

    public IReadOnlyList<string> Prune(DateTimeOffset endedBefore, bool dryRun = false) => store.Prune(endedBefore, dryRun);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
