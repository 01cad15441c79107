using System.Collections.Concurrent;
using System.Globalization;
using Hub.Abstractions;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hub.Core;

/// <summary>One database file: a connection that writes, under a lock, and connections that read beside it.</summary>
/// <remarks>WAL (write-ahead log) lets readers see the last commit while a writer works; see sqlite.org/wal.html.</remarks>
internal sealed class SqliteDatabase : IDisposable
{
    // A commit of a step changes some seven pages, a few hundred bytes in each: small pages halve what goes to the disk.
    private const int PageSize = 2048;
    private const int CacheKiB = 4 * 1024;

    // The write-ahead log moves to the database beside the writers (see CheckpointBeside). Only where they outrun that does a commit wait for it.
    private const int MaxLogPages = 32_000;

    private readonly Lock _lock = new();
    private readonly SqliteRunStoreOptions _options;
    private readonly SqliteConnection _connection;
    private readonly SqliteWrites _writes;
    private readonly ConcurrentBag<SqliteReads> _readers = [];
    private SqliteConnection? _checkpoints;
    private int _commits;
    private bool _disposed;

    /// <summary>Opens or creates the file, and upgrades it.</summary>
    /// <exception cref="RunLogException">It cannot be opened, is no run log, or is of a newer format.</exception>
    public SqliteDatabase(SqliteRunStoreOptions options)
    {
        _options = options;
        try
        {
            RefuseTruncated(options.Path);
            if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(options.Path)) is { } folder)
                Directory.CreateDirectory(folder);
            _connection = Connect();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunLogException($"The folder of the run log '{options.Path}' cannot be created: {e.Message} Name another file for the run log.", e);
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Describe(e, options.Path);
        }

        try
        {
            SqliteStatement.Execute(_connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA page_size = {PageSize}; PRAGMA journal_mode = WAL"));
            SqliteStatement.Execute(_connection, string.Create(CultureInfo.InvariantCulture,
                $"PRAGMA synchronous = {(options.Durability == RunDurability.Power ? "FULL" : "NORMAL")}; PRAGMA wal_autocheckpoint = {MaxLogPages}; PRAGMA cache_size = {-CacheKiB}; PRAGMA secure_delete = ON"));
            SqliteSchema.Upgrade(_connection, options.Path);
            _writes = new SqliteWrites(_connection);
        }
        catch (SqliteException e)
        {
            _connection.Dispose();
            throw SqliteErrors.Describe(e, options.Path);
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The connection that writes, for tests that make its disk full.</summary>
    internal SqliteConnection Connection => _connection;

    /// <summary>Does something in one transaction: all of it or nothing.</summary>
    /// <exception cref="RunLogException">The file cannot be written.</exception>
    public T Write<T>(Func<SqliteWrites, T> work)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            try
            {
                _writes.Begin.Run();
                var result = work(_writes);
                _writes.Commit.Run();
                _commits++;
                return result;
            }
            catch (SqliteException e)
            {
                RollBack();
                throw SqliteErrors.Describe(e, _options.Path);
            }
            catch
            {
                RollBack();
                throw;
            }
        }
    }

    /// <summary>Reads, all of it from the same commit, whatever a writer does meanwhile.</summary>
    /// <exception cref="RunLogException">The file cannot be read.</exception>
    public T Read<T>(Func<SqliteReads, T> work)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        SqliteReads? reads = null;
        try
        {
            if (!_readers.TryTake(out reads))
                reads = new SqliteReads(Connect());
            reads.Begin.Run();
            try
            {
                return work(reads);
            }
            finally
            {
                reads.Commit.Run();
            }
        }
        catch (SqliteException e)
        {
            reads?.Dispose();
            reads = null;
            throw SqliteErrors.Describe(e, _options.Path);
        }
        finally
        {
            if (reads is not null)
                GiveBack(reads);
        }
    }

    /// <summary>Moves what is committed from the write-ahead log into the database, beside whoever reads and writes.</summary>
    /// <remarks>One thread at a time. A commit then never waits for the disk, unless it is to survive a loss of power.</remarks>
    public void CheckpointBeside()
    {
        if (Interlocked.Exchange(ref _commits, 0) == 0)
            return;
        try
        {
            _checkpoints ??= Connect();
            SqliteStatement.Execute(_checkpoints, "PRAGMA wal_checkpoint(PASSIVE)");
        }
        catch (SqliteException e)
        {
            throw SqliteErrors.Describe(e, _options.Path);
        }
    }

    /// <summary>Writes the database anew and empties the write-ahead log, so that erased content is in neither.</summary>
    /// <remarks>
    /// <c>secure_delete</c> overwrites the cell that goes, and not the copies that stay in the gaps of pages from which the cell was moved when they were split; the log has older pages.
    /// </remarks>
    /// <exception cref="RunLogException">A reader of another connection keeps older pages.</exception>
    public void Scrub()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            try
            {
                SqliteStatement.Execute(_connection, "VACUUM");
                if (SqliteStatement.Execute(_connection, "PRAGMA wal_checkpoint(TRUNCATE)") == "0")
                    return;
            }
            catch (SqliteException e)
            {
                throw SqliteErrors.Describe(e, _options.Path);
            }
        }

        throw new RunLogException(
            $"What was erased can be read by nobody, but bytes of it are still in '{_options.Path}-wal', as another reader of the run log was not done within {_options.BusyTimeout.TotalSeconds:0.#} s. " +
            "Do the same again when it is done.");
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
            while (_readers.TryTake(out var reads))
                reads.Dispose();
            _checkpoints?.Dispose();
            _writes.Dispose();
            _connection.Dispose();
        }
    }

    /// <summary>A database consists of whole pages, at least of 512 bytes, unless its write-ahead log still has the rest.</summary>
    private static void RefuseTruncated(string path)
    {
        const int SmallestPage = 512;
        var log = new FileInfo(path + "-wal");
        if (new FileInfo(path) is { Exists: true, Length: var length } && length % SmallestPage != 0 && length > SmallestPage && log is not { Exists: true, Length: > 0 })
        {
            throw new RunLogException(
                $"The run log '{path}' is damaged: its {length:N0} bytes are no whole number of pages, so its end is missing. Nothing was changed. " +
                "Copy the file aside and save what is readable with 'sqlite3 FILE .recover', or restore a copy.");
        }
    }

    private void GiveBack(SqliteReads reads)
    {
        _readers.Add(reads);
        if (_disposed && _readers.TryTake(out var late))
            late.Dispose();
    }

    private void RollBack()
    {
        // A full disk has rolled back by itself.
        if (raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            _writes.RollBack.Run();
    }

    private SqliteConnection Connect()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _options.Path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, (int)_options.BusyTimeout.TotalMilliseconds);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
