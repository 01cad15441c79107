using System.Security.Cryptography;
using Hub.Abstractions;

namespace Hub.Core;

/// <summary>Keeps run logs in one SQLite file: readable by any number of processes beside one writer a run.</summary>
/// <remarks>
/// Thread safety: all members may be used from any thread at once. Payloads are stored once under their SHA-256, for all
/// runs together; a run's uses of them are counted, so that pruning one run leaves what others need.
/// </remarks>
public sealed class SqliteRunStore : IRunStore
{
    private readonly Lock _lock = new();
    private readonly HashSet<SqliteRunWriter> _writers = [];
    private readonly Lock _polling = new();
    private readonly ITimer _poll;
    private readonly SqliteRecords _records;

    /// <summary>Opens the file, creates it where it does not exist, and upgrades it where it is of an older format.</summary>
    /// <param name="options">Where it is and how it behaves; not to be changed afterwards.</param>
    /// <exception cref="RunLogException">The file cannot be opened, is no run log, or is of a newer format.</exception>
    public SqliteRunStore(SqliteRunStoreOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        Database = new SqliteDatabase(options);
        _records = new SqliteRecords(options);
        _poll = options.Time.CreateTimer(static state => ((SqliteRunStore)state!).Poll(), this, options.CancelPoll, options.CancelPoll);
    }

    internal SqliteRunStoreOptions Options { get; }

    internal SqliteDatabase Database { get; }

    /// <inheritdoc/>
    public IRunWriter Create(RunHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        var stored = EventCodec.EncodeHeader(header);
        var lease = NewLease();
        return Held(lease, () =>
        {
            var run = Database.Write(w =>
            {
                var row = w.InsertRun(header, stored);
                w.Take(row, lease, Options.Time.GetUtcNow());
                return row;
            });
            return new SqliteRunWriter(this, run, lease, header, EventCodec.Root(stored), [], []);
        });
    }

    /// <inheritdoc/>
    public IRunWriter Open(string runId)
    {
        var row = Row(runId);
        var header = _records.Header(row);
        if (header.FormatVersion > RunLogFormat.Current)
        {
            throw new RunLogException(
                $"Run {runId} in '{Options.Path}' has format version {header.FormatVersion}; this hub reads versions {RunLogFormat.Oldest} to {RunLogFormat.Current}. Update the hub to go on with it.");
        }

        var lease = NewLease();
        return Held(lease, () =>
        {
            Take(row.Id, runId, lease);
            try
            {
                var (events, known, count) = Database.Read(r => (r.Events(row.Id, 0), r.Uses(row.Id), r.Run(runId)!.Events));
                return new SqliteRunWriter(this, row.Id, lease, header, EventCodec.Root(row.Header), _records.Whole(row, runId, events, count), known);
            }
            catch
            {
                Database.Write(w =>
                {
                    w.SetStatus(row.Id, lease, row.Status, row.Events);
                    w.Release(row.Id, lease);
                    return true;
                });
                throw;
            }
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<RunRecord> List(int limit = int.MaxValue) => Database.Read(r => r.Runs(limit).ConvertAll(row => _records.Record(row, r)));

    /// <inheritdoc/>
    public IReadOnlyList<RunRecord> ListWithPathParam(string name, int limit = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Database.Read(r => r.RunsWithPathParam(name, limit).ConvertAll(row => _records.Record(row, r)));
    }

    /// <inheritdoc/>
    public RunRecord Find(string idOrPrefix)
    {
        ArgumentNullException.ThrowIfNull(idOrPrefix);
        return Database.Read(r => _records.Record(r.Run(idOrPrefix) ?? r.Run(RunIds.Resolve(idOrPrefix, r.Ids()))!, r));
    }

    /// <inheritdoc/>
    public IReadOnlyList<RunEvent> Read(string runId, long from = 0)
    {
        var row = Row(runId);
        return Database.Read(r => _records.Events(row, runId, from, r));
    }

    /// <inheritdoc/>
    public byte[]? Payload(string hash) => Database.Read(r => SqliteRecords.Payload(r, hash));

    /// <inheritdoc/>
    public int Erase(IReadOnlyCollection<string> hashes)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        var erased = Database.Write(w => hashes.Count(h => SqliteRecords.IsHash(h) && w.Erase(Convert.FromHexString(h))));
        if (hashes.Count > 0) // also where they were erased before, and a reader kept their bytes
            Database.Scrub();
        return erased;
    }

    /// <inheritdoc/>
    public long? Verify(string runId)
    {
        var row = Row(runId);
        return Database.Read(r => _records.FirstBad(row, runId, r));
    }

    /// <inheritdoc/>
    public void Cancel(string runId)
    {
        var row = Row(runId);
        var isWritten = Database.Write(w =>
        {
            var alive = w.Lease(row.Id)?.IsAlive(Options) == true;
            if (alive)
                w.Cancel(row.Id);
            return alive;
        });
        if (isWritten)
            return;
        using var writer = Open(runId);
        RunChain.AppendCancelled(writer);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Prune(DateTimeOffset endedBefore, bool dryRun = false) => Database.Write(w =>
    {
        // Read while the write lock is held: no run can be taken up in between.
        var gone = Database.Read(r => r.Runs(long.MaxValue).FindAll(row =>
            RunStatuses.IsEnd(row.Status) && row.Lease?.IsAlive(Options) != true && _records.Updated(row, r) < endedBefore));
        if (!dryRun)
            w.Remove(gone.Select(row => row.Id));
        return gone.ConvertAll(row => _records.Header(row).RunId);
    });

    /// <inheritdoc/>
    public bool Remove(string runId)
    {
        Row(runId);
        return Database.Write(w =>
        {
            // Read while the write lock is held: it cannot be taken up in between.
            if (Database.Read(r => r.Run(runId)) is not { } row || !RunStatuses.IsEnd(row.Status) || row.Lease?.IsAlive(Options) == true)
                return false;
            w.Remove([row.Id]);
            return true;
        });
    }

    /// <summary>Gives back the leases of writers that are still open, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await _poll.DisposeAsync();
        foreach (var writer in Writers())
            writer.Dispose();
        lock (_polling)
            Database.Dispose();
    }

    /// <summary>A writer is done.</summary>
    internal void Forget(SqliteRunWriter writer)
    {
        LeaseOwner.Release(writer.Lease);
        lock (_lock)
            _writers.Remove(writer);
    }

    private static long NewLease() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) & long.MaxValue;

    private SqliteRunWriter[] Writers()
    {
        lock (_lock)
            return [.. _writers];
    }

    private SqliteRunWriter Held(long lease, Func<SqliteRunWriter> open)
    {
        LeaseOwner.Hold(lease);
        try
        {
            var writer = open();
            lock (_lock)
                _writers.Add(writer);
            return writer;
        }
        catch
        {
            LeaseOwner.Release(lease);
            throw;
        }
    }

    private void Take(long run, string runId, long lease) => Database.Write(w =>
    {
        if (w.Lease(run) is { } held && held.IsAlive(Options))
            throw new RunLeaseException(runId, held.Owner.ToString());
        w.Take(run, lease, Options.Time.GetUtcNow());
        return true;
    });

    private void Poll()
    {
        if (!_polling.TryEnter())
            return;
        try
        {
            foreach (var writer in Writers())
                Quietly(() => writer.Poll(Options.Time.GetUtcNow()));
            Quietly(Database.CheckpointBeside);
        }
        finally
        {
            _polling.Exit();
        }
    }

    /// <summary>Does what the timer does: it has no caller, and if the file stays unusable, the writers' next commits say so.</summary>
    private static void Quietly(Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is RunLogException or ObjectDisposedException)
        {
            // See above.
        }
    }

    private SqliteRunRow Row(string runId)
    {
        ArgumentNullException.ThrowIfNull(runId);
        return Database.Read(r => r.Run(runId) ?? throw new UnknownNameException("run", runId, r.Ids()));
    }
}
