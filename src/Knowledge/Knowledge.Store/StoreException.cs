namespace Knowledge.Store;

/// <summary>Something that a store could not do. The message says what was found, what was needed and what to do.</summary>
public class StoreException : Exception
{
    /// <summary>An error with its message and what lies behind it.</summary>
    /// <param name="message">What was found, what was needed, what to do.</param>
    /// <param name="inner">What lies behind it, or null.</param>
    public StoreException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>A named limit of the store was reached.</summary>
/// <param name="message">The limit, and what was met.</param>
public sealed class StoreLimitException(string message) : StoreException(message);

/// <summary>Another transaction, or another process, is writing.</summary>
/// <param name="message">Who holds what, and for how long it was waited.</param>
/// <param name="inner">What lies behind it, or null.</param>
public sealed class StoreBusyException(string message, Exception? inner = null) : StoreException(message, inner);

/// <summary>A file of a store does not hold what was written to it.</summary>
/// <param name="file">The file's name.</param>
/// <param name="offset">Where, in bytes from the file's beginning.</param>
/// <param name="problem">What was found and what was needed, without a full stop.</param>
/// <param name="inner">What lies behind it, or null.</param>
public sealed class StoreDamagedException(string file, long offset, string problem, Exception? inner = null)
    : StoreException($"The store's file '{file}' is damaged at byte {offset}: {problem}. Restore the folder from a backup.", inner)
{
    /// <summary>The file's name.</summary>
    public string File => file;

    /// <summary>Where, in bytes from the file's beginning.</summary>
    public long Offset => offset;
}

/// <summary>A store was written by a version of this library that knows more than this one.</summary>
/// <param name="found">The format's version that was found.</param>
/// <param name="known">The newest one that is known here.</param>
public sealed class StoreFormatException(int found, int known)
    : StoreException($"The store has format version {found}; this library reads up to {known}. Open it with the newer library.")
{
    /// <summary>The format's version that was found.</summary>
    public int Found => found;
}
