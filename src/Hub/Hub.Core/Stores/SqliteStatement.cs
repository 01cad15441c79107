using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hub.Core;

/// <summary>One prepared statement, used again and again. Columns count from 0, parameters from 1.</summary>
/// <remarks>A command object of Microsoft.Data.Sqlite costs several times the statement itself; a step of a run executes some twenty.</remarks>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    /// <exception cref="SqliteException">The statement cannot be prepared.</exception>
    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Executes statements that are needed once, and returns the first column of the first row of the last one, or null.</summary>
    public static string? Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar() is { } value and not DBNull ? Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string value)
    {
        Check(raw.sqlite3_bind_text(_statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(_statement, parameter, 0) : raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    /// <summary>Goes to the next row; false after the last one, and then the statement is ready to be executed again.</summary>
    /// <exception cref="SqliteException">The statement failed; it is ready to be executed again.</exception>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
            return true;
        raw.sqlite3_reset(_statement);
        if (code != raw.SQLITE_DONE)
            SqliteException.ThrowExceptionForRC(raw.sqlite3_extended_errcode(_database), _database);
        return false;
    }

    /// <summary>Executes to the end.</summary>
    public void Run()
    {
        while (Step())
        {
        }
    }

    /// <summary>Takes one value of the first row, or the default where there is none, and makes the statement ready again.</summary>
    public T? First<T>(Func<SqliteStatement, T> value)
    {
        try
        {
            return Step() ? value(this) : default;
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    /// <summary>Takes one value of each row.</summary>
    public List<T> All<T>(Func<SqliteStatement, T> value)
    {
        try
        {
            List<T> rows = [];
            while (Step())
                rows.Add(value(this));
            return rows;
        }
        finally
        {
            raw.sqlite3_reset(_statement);
        }
    }

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>Bytes of the current row, valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            SqliteException.ThrowExceptionForRC(code, _database);
    }
}
