using Hub.Abstractions;
using Microsoft.Data.Sqlite;

namespace Hub.Core;

/// <summary>Turns SQLite's errors into what happened, where, and what to do.</summary>
internal static class SqliteErrors
{
    private const int Busy = 5, Locked = 6, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    /// <summary>The error for people.</summary>
    /// <param name="error">What SQLite reported.</param>
    /// <param name="path">The database file.</param>
    public static RunLogException Describe(SqliteException error, string path)
    {
        var text = error.SqliteErrorCode switch
        {
            Full => $"The disk of the run log '{path}' is full. What was committed is intact: free some space, then go on with 'hub runs resume'.",
            ReadOnly => $"The run log '{path}' cannot be written: the file or its folder is read-only. Make it writable, or name another file for the run log.",
            CannotOpen => $"The run log '{path}' cannot be opened. Its folder must exist or be creatable, and be readable and writable; or name another file for the run log.",
            NotADatabase => $"'{path}' is not a run log: it is no SQLite database. Name another file for the run log.",
            Corrupt => $"The run log '{path}' is damaged ({error.Message}). Nothing was changed. Copy the file aside and save what is readable with 'sqlite3 FILE .recover', or restore a copy.",
            Busy or Locked => $"The run log '{path}' is locked by another process for longer than the busy timeout. Wait until it is done, then go on with 'hub runs resume'.",
            InputOutput => $"The disk of the run log '{path}' failed ({error.Message}). What was committed is intact: check the disk, then go on with 'hub runs resume'.",
            _ => $"The run log '{path}' cannot be used: {error.Message}",
        };
        return new RunLogException(text, error);
    }
}
