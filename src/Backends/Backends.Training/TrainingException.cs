namespace Backends.Training;

/// <summary>A training cannot go on: the loss left the numbers, or a checkpoint does not fit.</summary>
public sealed class TrainingException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What was found, what was needed, what to do.</param>
    /// <param name="inner">The cause, where there is one.</param>
    public TrainingException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
