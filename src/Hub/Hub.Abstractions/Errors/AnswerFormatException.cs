namespace Hub.Abstractions;

/// <summary>A reasoner was asked for an answer of a certain shape and did not give one, not even after it was told what was wrong.</summary>
public sealed class AnswerFormatException : HubException
{
    /// <summary>Creates the error.</summary>
    /// <param name="attempts">How often it was asked.</param>
    /// <param name="faults">What is wrong with the last answer.</param>
    /// <param name="answer">The last answer, cut.</param>
    public AnswerFormatException(int attempts, IReadOnlyList<string> faults, string answer)
        : base($"After {attempts} attempts the answer does not fit its schema: {string.Join(" ", faults)} The last answer was: {answer}")
    {
        Faults = faults;
    }

    /// <summary>What is wrong with the last answer.</summary>
    public IReadOnlyList<string> Faults { get; }
}
