namespace Hub.Abstractions;

/// <summary>A payload is not there any more: it was erased for privacy, or pruned.</summary>
public sealed class PayloadErasedException : HubException
{
    /// <summary>Creates the error.</summary>
    /// <param name="hash">Hash of the payload.</param>
    public PayloadErasedException(string hash)
        : base($"Payload {hash} was erased or never stored. The log's chain is whole, but what the payload said cannot be replayed: fork the run before it, or start again.")
    {
        Hash = hash;
    }

    /// <summary>Hash of the payload.</summary>
    public string Hash { get; }
}
