namespace Hub.Abstractions;

/// <summary>An expected failure with a message for people: what was found, what was needed, what to do.</summary>
public class HubException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was found, what was needed, what to do.</param>
    /// <param name="innerException">The cause, or null.</param>
    public HubException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
