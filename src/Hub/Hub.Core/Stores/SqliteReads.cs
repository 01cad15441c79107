using Hub.Abstractions;
using Microsoft.Data.Sqlite;

namespace Hub.Core;

/// <summary>A connection that reads, with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteReads : IDisposable
{
    private const string Columns =
        "SELECT run.id, run.header, run_state.status, run_state.events, run_state.lease, run_state.lease_machine, run_state.lease_pid, " +
        "run_state.lease_process, run_state.lease_renewed, run_state.cancel ";

    private const string Newest = "ORDER BY run.started DESC, run.id DESC ";
    private const string RunColumns = Columns + "FROM run JOIN run_state ON run_state.run = run.id ";

    private readonly SqliteConnection _connection;
    private readonly List<SqliteStatement> _statements = [];
    private readonly SqliteStatement _list, _with, _find, _ids, _events, _payload, _uses, _last;

    public SqliteReads(SqliteConnection connection)
    {
        _connection = connection;
        SqliteStatement.Execute(connection, "PRAGMA query_only = ON");
        Begin = Prepare("BEGIN");
        Commit = Prepare("COMMIT");
        _list = Prepare(RunColumns + Newest + "LIMIT ?1");

        // CROSS keeps the order of the joins: from the parameter to its runs, and never over all runs to save the sorting.
        _with = Prepare(Columns +
            "FROM run_path_param CROSS JOIN run ON run.id = run_path_param.run JOIN run_state ON run_state.run = run.id WHERE run_path_param.name = ?1 " + Newest + "LIMIT ?2");
        _find = Prepare(RunColumns + "WHERE run.run_id = ?1");
        _ids = Prepare("SELECT run_id FROM run");
        _events = Prepare("SELECT id - (?1 << ?4), content, chain FROM event WHERE id BETWEEN (?1 << ?4) + ?2 AND ((?1 + 1) << ?4) - 1 ORDER BY id LIMIT ?3");
        _payload = Prepare("SELECT content FROM payload WHERE hash = ?1");
        _last = Prepare("SELECT id - (?1 << ?4), content, chain FROM event WHERE id BETWEEN ?1 << ?4 AND ((?1 + 1) << ?4) - 1 ORDER BY id DESC LIMIT 1");
        _uses = Prepare(
            "SELECT id, hash FROM payload WHERE id BETWEEN ?1 << ?4 AND ((?1 + 1) << ?4) - 1 " +
            "UNION ALL SELECT 0, payload.hash FROM run_payload JOIN payload ON payload.id = run_payload.payload WHERE run_payload.run = ?1");
    }

    public SqliteStatement Begin { get; }

    public SqliteStatement Commit { get; }

    /// <summary>Runs, newest first.</summary>
    public List<SqliteRunRow> Runs(long limit) => _list.Bind(1, limit).All(SqliteRunRow.Read);

    /// <summary>Runs whose request has a path parameter, newest first.</summary>
    public List<SqliteRunRow> RunsWithPathParam(string name, long limit) => _with.Bind(1, name).Bind(2, limit).All(SqliteRunRow.Read);

    /// <summary>One run by its whole id, or null.</summary>
    public SqliteRunRow? Run(string runId) => _find.Bind(1, runId).First(SqliteRunRow.Read);

    /// <summary>Ids of all runs.</summary>
    public List<string> Ids() => _ids.All(static row => row.Text(0));

    /// <summary>Stored events from a sequence on.</summary>
    public List<(long Sequence, byte[] Content, string Chain)> Events(long run, long from, long limit = long.MaxValue) =>
        _events.Bind(1, run).Bind(2, Math.Max(0, from)).Bind(3, limit).Bind(4, SqliteSchema.RunShift).All(static row => (row.Int64(0), row.Bytes(1).ToArray(), Convert.ToHexStringLower(row.Bytes(2))));

    /// <summary>Content of a payload, or null.</summary>
    public byte[]? Payload(ReadOnlySpan<byte> hash) => _payload.Bind(1, hash).First(static row => row.IsNull(0) ? null : row.Bytes(0).ToArray());

    /// <summary>Payloads that a run uses, with their ids where it stored them first and 0 where another run did.</summary>
    public List<(long Id, string Hash)> Uses(long run) => _uses.Bind(1, run).Bind(4, SqliteSchema.RunShift)
        .All(static row => (row.Int64(0), Convert.ToHexStringLower(row.Bytes(1))));

    /// <summary>The last stored event of a run; sequence -1 where there is none.</summary>
    public (long Sequence, byte[] Content, string Chain) Last(long run)
    {
        var last = _last.Bind(1, run).Bind(4, SqliteSchema.RunShift).All(static row => (row.Int64(0), row.Bytes(1).ToArray(), Convert.ToHexStringLower(row.Bytes(2))));
        return last.Count == 0 ? (-1, [], "") : last[0];
    }

    public void Dispose()
    {
        foreach (var statement in _statements)
            statement.Dispose();
        _connection.Dispose();
    }

    private SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(_connection, sql);
        _statements.Add(statement);
        return statement;
    }
}
