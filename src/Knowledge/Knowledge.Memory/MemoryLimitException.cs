namespace Knowledge.Memory;

/// <summary>A limit of a memory was reached; nothing was changed.</summary>
public sealed class MemoryLimitException : Exception
{
    /// <summary>A limit was reached.</summary>
    /// <param name="message">Which, and what to do.</param>
    public MemoryLimitException(string message)
        : base(message)
    {
    }
}
