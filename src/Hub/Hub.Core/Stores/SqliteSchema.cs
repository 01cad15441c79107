using System.Globalization;
using Hub.Abstractions;
using Microsoft.Data.Sqlite;

namespace Hub.Core;

/// <summary>The tables of a run database, one step for each version.</summary>
internal static class SqliteSchema
{
    /// <summary>'HubR' in the file's header, so that another program's database is not taken for ours.</summary>
    public const int ApplicationId = 0x48756252;

    // A commit is two per step, and its cost is the pages that it changes. So what a commit adds is in order of time (events and
    // payloads of a run lie side by side), what changes in place (run_state) is left alone until the run stops, and only the hashes'
    // index is touched at random. Ids of events and payloads are the run's row, shifted, plus a number in that run: an event's
    // sequence, a payload's count. run_payload has the runs that use a payload beside the one that stored it first.
    private const string Version1 = """
        CREATE TABLE run (id INTEGER PRIMARY KEY AUTOINCREMENT, run_id TEXT NOT NULL UNIQUE, started INTEGER NOT NULL, header BLOB NOT NULL);
        CREATE INDEX run_started ON run (started);
        CREATE TABLE run_state (run INTEGER PRIMARY KEY, status TEXT NOT NULL, events INTEGER NOT NULL);
        CREATE TABLE event (id INTEGER PRIMARY KEY, content BLOB NOT NULL, chain BLOB NOT NULL);
        CREATE TABLE payload (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, content BLOB);
        CREATE TABLE run_payload (run INTEGER NOT NULL, payload INTEGER NOT NULL, PRIMARY KEY (run, payload)) WITHOUT ROWID;
        """;

    private const string Version2 = """
        ALTER TABLE run_state ADD COLUMN cancel INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE run_state ADD COLUMN lease INTEGER;
        ALTER TABLE run_state ADD COLUMN lease_machine TEXT;
        ALTER TABLE run_state ADD COLUMN lease_pid INTEGER;
        ALTER TABLE run_state ADD COLUMN lease_process TEXT;
        ALTER TABLE run_state ADD COLUMN lease_renewed INTEGER;
        """;

    // Names of the path parameters of runs' requests: a server knows its jobs by them, and few runs have one.
    private const string Version3 = """
        CREATE TABLE run_path_param (name TEXT NOT NULL, run INTEGER NOT NULL, PRIMARY KEY (name, run)) WITHOUT ROWID;
        INSERT INTO run_path_param SELECT param.key, text.id
            FROM (SELECT id, CAST(header AS TEXT) AS header FROM run) AS text,
            json_each(CASE WHEN json_valid(text.header) THEN text.header ELSE '{}' END, '$.request.path_params') AS param;
        """;

    /// <summary>Bits of an event's or payload's id that count within its run; those above are the run.</summary>
    public const int RunShift = 31;

    private static readonly string[] s_steps = [Version1, Version2, Version3];

    /// <summary>Brings a database to a version: creates an empty one, upgrades an old one, refuses a newer or a foreign one.</summary>
    /// <exception cref="RunLogException">The file is newer, or another program's.</exception>
    public static void Upgrade(SqliteConnection connection, string path, int to = RunLogFormat.Current)
    {
        if (VersionInOneSnapshot(connection, path) == to)
            return;
        SqliteStatement.Execute(connection, "BEGIN IMMEDIATE");
        try
        {
            // Looked up again: another process may have done the work in the meantime.
            for (var version = Version(connection, path); version < to; version++)
                SqliteStatement.Execute(connection, s_steps[version]);
            SqliteStatement.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {to}; COMMIT"));
        }
        catch
        {
            SqliteStatement.Execute(connection, "ROLLBACK");
            throw;
        }
    }

    // Version, owner and tables are three reads. Outside of one transaction another process may create the schema between them, and then
    // an unmarked file that has tables looks like another program's.
    private static int VersionInOneSnapshot(SqliteConnection connection, string path)
    {
        SqliteStatement.Execute(connection, "BEGIN");
        try
        {
            return Version(connection, path);
        }
        finally
        {
            SqliteStatement.Execute(connection, "COMMIT");
        }
    }

    private static int Version(SqliteConnection connection, string path)
    {
        var version = int.Parse(SqliteStatement.Execute(connection, "PRAGMA user_version")!, CultureInfo.InvariantCulture);
        var application = int.Parse(SqliteStatement.Execute(connection, "PRAGMA application_id")!, CultureInfo.InvariantCulture);
        var isEmpty = SqliteStatement.Execute(connection, "SELECT count(*) FROM sqlite_master") == "0";
        if (application != ApplicationId && !isEmpty)
            throw new RunLogException($"'{path}' is a database of another program; a run log was expected. Name another file for the run log.");
        if (version > RunLogFormat.Current)
        {
            throw new RunLogException(
                $"The run log '{path}' has format version {version}; this hub ({RunLogFormat.HubVersion}) reads versions {RunLogFormat.Oldest} to {RunLogFormat.Current}. " +
                "Update the hub, or name another file for the run log.");
        }

        return version;
    }
}
