using Hub.Abstractions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hub.Core;

/// <summary>The prepared statements that write, and what they mean. Used inside a transaction, by one thread at a time.</summary>
internal sealed class SqliteWrites : IDisposable
{
    private const int Shift = SqliteSchema.RunShift;

    private readonly SqliteConnection _connection;
    private readonly List<SqliteStatement> _statements = [];
    private readonly SqliteStatement _insertRun, _insertState, _insertPathParam, _take, _status, _check, _release, _renew, _owner;
    private readonly SqliteStatement _insertEvent, _insertPayload, _payloadId, _insertUse, _cancel, _erase;

    public SqliteWrites(SqliteConnection connection)
    {
        _connection = connection;
        Begin = Prepare("BEGIN IMMEDIATE");
        Commit = Prepare("COMMIT");
        RollBack = Prepare("ROLLBACK");
        _insertRun = Prepare("INSERT INTO run (run_id, started, header) VALUES (?1, ?2, ?3)");
        _insertState = Prepare("INSERT INTO run_state (run, status, events) VALUES (?1, 'interrupted', 0)");
        _insertPathParam = Prepare("INSERT INTO run_path_param (name, run) VALUES (?1, ?2)");
        _take = Prepare(
            "UPDATE run_state SET lease = ?2, lease_machine = ?3, lease_pid = ?4, lease_process = ?5, lease_renewed = ?6, cancel = 0, " +
            "status = CASE status WHEN 'suspended' THEN 'interrupted' ELSE status END WHERE run = ?1");
        _owner = Prepare("SELECT lease, lease_machine, lease_pid, lease_process, lease_renewed FROM run_state WHERE run = ?1 AND lease IS NOT NULL");
        _check = Prepare("SELECT cancel FROM run_state WHERE run = ?1 AND lease = ?2");
        _status = Prepare("UPDATE run_state SET status = ?3, events = max(events, ?4) WHERE run = ?1 AND lease = ?2");
        _release = Prepare("UPDATE run_state SET lease = NULL, cancel = 0 WHERE run = ?1 AND lease = ?2");
        _renew = Prepare("UPDATE run_state SET lease_renewed = ?3 WHERE run = ?1 AND lease = ?2");
        _insertEvent = Prepare("INSERT INTO event (id, content, chain) VALUES (?1, ?2, ?3)");
        _insertPayload = Prepare(
            "INSERT INTO payload (id, hash, content) VALUES (?1, ?2, ?3) ON CONFLICT (hash) DO UPDATE SET content = excluded.content " +
            "WHERE payload.content IS NULL RETURNING id");
        _payloadId = Prepare("SELECT id FROM payload WHERE hash = ?1");
        _insertUse = Prepare("INSERT OR IGNORE INTO run_payload (run, payload) VALUES (?1, ?2)");
        _cancel = Prepare("UPDATE run_state SET cancel = 1 WHERE run = ?1");
        _erase = Prepare("UPDATE payload SET content = NULL WHERE hash = ?1 AND content IS NOT NULL");
    }

    public SqliteStatement Begin { get; }

    public SqliteStatement Commit { get; }

    public SqliteStatement RollBack { get; }

    /// <summary>Adds a run and returns its row.</summary>
    public long InsertRun(RunHeader header, byte[] stored)
    {
        _insertRun.Bind(1, header.RunId).Bind(2, header.Started.UtcTicks).Bind(3, stored).Run();
        var run = raw.sqlite3_last_insert_rowid(_connection.Handle);
        _insertState.Bind(1, run).Run();
        foreach (var name in header.Request?.PathParams?.Keys ?? [])
            _insertPathParam.Bind(1, name).Bind(2, run).Run();
        return run;
    }

    /// <summary>Who holds a run's lease, or null.</summary>
    public SqliteLease? Lease(long run) => _owner.Bind(1, run).First(static row => SqliteLease.Read(row, 0));

    /// <summary>Takes a lease, from whomever.</summary>
    public void Take(long run, long lease, DateTimeOffset now) => _take.Bind(1, run).Bind(2, lease)
        .Bind(3, LeaseOwner.Current.Machine).Bind(4, LeaseOwner.Current.Pid).Bind(5, LeaseOwner.Current.Process).Bind(6, now.UtcTicks).Run();

    /// <summary>Null where the lease is another's, otherwise whether somebody asked to cancel the run.</summary>
    public bool? Check(long run, long lease) => _check.Bind(1, run).Bind(2, lease).First(static row => (bool?)(row.Int64(0) != 0));

    /// <summary>Records where a run stands when nobody writes it, and how many events it has then.</summary>
    public void SetStatus(long run, long lease, RunStatus status, long events) =>
        _status.Bind(1, run).Bind(2, lease).Bind(3, RunStatuses.Text(status)).Bind(4, events).Run();

    public void Release(long run, long lease) => _release.Bind(1, run).Bind(2, lease).Run();

    public void Renew(long run, long lease, DateTimeOffset now) => _renew.Bind(1, run).Bind(2, lease).Bind(3, now.UtcTicks).Run();

    public void InsertEvent(long run, long sequence, byte[] content, ReadOnlySpan<byte> chain) =>
        _insertEvent.Bind(1, (run << Shift) + sequence).Bind(2, content).Bind(3, chain).Run();

    /// <summary>Stores a payload under an id of the run's; where it is stored already, makes the run one of its users.</summary>
    public void InsertPayload(long run, long id, string hash, byte[] content)
    {
        Span<byte> key = stackalloc byte[32];
        Convert.FromHexString(hash, key, out _, out _);
        _insertPayload.Bind(1, id).Bind(2, key).Bind(3, content);
        long stored = 0;
        while (_insertPayload.Step())
            stored = _insertPayload.Int64(0);
        if (stored == 0)
            stored = _payloadId.Bind(1, key).First(static row => row.Int64(0));
        if (stored != id)
            _insertUse.Bind(1, run).Bind(2, stored).Run();
    }

    public void Cancel(long run) => _cancel.Bind(1, run).Run();

    /// <summary>Empties a payload; its row stays, so that what refers to it still does.</summary>
    public bool Erase(byte[] hash)
    {
        _erase.Bind(1, hash).Run();
        return raw.sqlite3_changes(_connection.Handle) > 0;
    }

    /// <summary>Removes runs, and payloads that nobody else uses.</summary>
    public void Remove(IEnumerable<long> runs)
    {
        SqliteStatement.Execute(_connection, "CREATE TEMP TABLE IF NOT EXISTS gone (run INTEGER PRIMARY KEY); DELETE FROM gone");
        using (var insert = new SqliteStatement(_connection, "INSERT INTO gone VALUES (?1)"))
        {
            foreach (var run in runs)
                insert.Bind(1, run).Run();
        }

        SqliteStatement.Execute(_connection, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"""
            DELETE FROM payload WHERE id IN (
                SELECT payload.id FROM gone JOIN payload ON payload.id BETWEEN gone.run << {Shift} AND ((gone.run + 1) << {Shift}) - 1
                UNION SELECT payload FROM run_payload WHERE run IN (SELECT run FROM gone)
                EXCEPT SELECT payload FROM run_payload WHERE run NOT IN (SELECT run FROM gone))
                AND id >> {Shift} NOT IN (SELECT id FROM run WHERE id NOT IN (SELECT run FROM gone));
            DELETE FROM run_payload WHERE run IN (SELECT run FROM gone);
            DELETE FROM event WHERE id IN (SELECT event.id FROM gone JOIN event ON event.id BETWEEN gone.run << {Shift} AND ((gone.run + 1) << {Shift}) - 1);
            DELETE FROM run_path_param WHERE run IN (SELECT run FROM gone);
            DELETE FROM run_state WHERE run IN (SELECT run FROM gone);
            DELETE FROM run WHERE id IN (SELECT run FROM gone);
            """));
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
            statement.Dispose();
    }

    private SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(_connection, sql);
        _statements.Add(statement);
        return statement;
    }
}
