namespace Hub.Abstractions;

/// <summary>Thrown by a tool to end the chain that it stands in: its message is the chain's answer, and not a failure.</summary>
public sealed class ChainExitException : HubException
{
    /// <summary>Ends the chain.</summary>
    /// <param name="answer">What the chain answers.</param>
    public ChainExitException(string answer)
        : base(answer)
    {
    }
}
