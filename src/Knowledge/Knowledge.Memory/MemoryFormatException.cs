namespace Knowledge.Memory;

/// <summary>A text is not what a memory takes; nothing was written.</summary>
public sealed class MemoryFormatException : Exception
{
    /// <summary>A text that cannot be taken.</summary>
    /// <param name="message">What was found, where, and what is needed.</param>
    /// <param name="inner">What lies behind it, or null.</param>
    public MemoryFormatException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
