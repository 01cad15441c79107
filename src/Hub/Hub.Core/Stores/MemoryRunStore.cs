using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core;

/// <summary>Keeps run logs in memory, for tests, servers without history and runs that need none.</summary>
/// <remarks>The hashes of a log's chain are made when they are first asked for: nothing but this process can change what memory holds.</remarks>
public sealed class MemoryRunStore : IRunStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, MemoryRun> _runs = new(StringComparer.Ordinal);
    private readonly MemoryPayloads _payloads = new();

    /// <inheritdoc/>
    public IRunWriter Create(RunHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        lock (_lock)
        {
            var run = new MemoryRun(header);
            _runs.Add(header.RunId, run);
            return run.Lease(_payloads);
        }
    }

    /// <inheritdoc/>
    public IRunWriter Open(string runId) => Run(runId).Lease(_payloads);

    /// <inheritdoc/>
    public IReadOnlyList<RunRecord> List(int limit = int.MaxValue) => Newest(_ => true, limit);

    /// <inheritdoc/>
    public IReadOnlyList<RunRecord> ListWithPathParam(string name, int limit = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Newest(r => r.Header.Request?.PathParams?.ContainsKey(name) == true, limit);
    }

    /// <inheritdoc/>
    public RunRecord Find(string idOrPrefix)
    {
        lock (_lock)
            return Record(_runs[RunIds.Resolve(idOrPrefix, _runs.Keys)]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RunEvent> Read(string runId, long from = 0) =>
        [.. Run(runId).Committed().Where(e => e.Sequence >= from).Select(e => EventText.Summarise(e, Payload))];

    /// <inheritdoc/>
    public byte[]? Payload(string hash) => _payloads.Get(hash);

    /// <inheritdoc/>
    public int Erase(IReadOnlyCollection<string> hashes)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        return hashes.Count(_payloads.Remove);
    }

    /// <inheritdoc/>
    public long? Verify(string runId)
    {
        var run = Run(runId);
        var events = run.Committed();
        return RunChain.FirstBreak(EventCodec.EncodeHeader(run.Header), events.Select(e => (EventCodec.Encode(e), e.ChainHash)))
            ?? RunChain.FirstBadPayload(events, Payload);
    }

    /// <inheritdoc/>
    public void Cancel(string runId)
    {
        var run = Run(runId);
        if (run.RequestCancel())
            return;
        using var writer = run.Lease(_payloads);
        RunChain.AppendCancelled(writer);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Prune(DateTimeOffset endedBefore, bool dryRun = false)
    {
        lock (_lock)
        {
            string[] gone = [.. _runs.Values
                .Where(r => RunStatuses.IsEnd(r.Status) && Record(r).Updated < endedBefore)
                .Select(r => r.Header.RunId)];
            if (!dryRun)
                Remove(gone);
            return gone;
        }
    }

    /// <inheritdoc/>
    public bool Remove(string runId)
    {
        var run = Run(runId);
        lock (_lock)
        {
            if (!RunStatuses.IsEnd(run.Status))
                return false;
            Remove([runId]);
            return true;
        }
    }

    /// <summary>Nothing to close.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Remove(IEnumerable<string> runs)
    {
        foreach (var id in runs)
            _runs.Remove(id);
        _payloads.Keep(() => _runs.Values.SelectMany(r => r.Used()));
    }

    private RunRecord[] Newest(Func<MemoryRun, bool> wanted, int limit)
    {
        lock (_lock)
            return [.. _runs.Values.Where(wanted).OrderByDescending(r => r.Header.Started).Take(limit).Select(Record)];
    }

    private MemoryRun Run(string runId)
    {
        lock (_lock)
            return _runs.TryGetValue(runId, out var run) ? run : throw new UnknownNameException("run", runId, _runs.Keys);
    }

    private RunRecord Record(MemoryRun run)
    {
        var events = run.Committed();
        return new RunRecord
        {
            Header = run.Header,
            Status = run.Status,
            Events = events.Count,
            Updated = events.Count == 0 ? run.Header.Started : events[^1].Time,
            Question = events.Count == 0 ? "" : EventText.Summarise(events[0], Payload).Summary,
        };
    }
}
