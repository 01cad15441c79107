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
