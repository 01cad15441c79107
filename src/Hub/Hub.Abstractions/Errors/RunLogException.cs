namespace Hub.Abstractions;

/// <summary>A run's log cannot be read or written: damaged, of a newer format, missing, or its disk is full.</summary>
public sealed class RunLogException : HubException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was found, what was needed, what to do.</param>
    /// <param name="innerException">The cause, or null.</param>
    public RunLogException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
