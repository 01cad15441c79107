namespace Hub.Abstractions;

/// <summary>Another process or thread is writing this run.</summary>
public sealed class RunLeaseException : HubException
{
    /// <summary>Creates the error.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="owner">Who holds the lease.</param>
    public RunLeaseException(string runId, string owner)
        : base($"Run {runId} is being written by {owner}. Wait until it ends, or cancel it with 'hub runs cancel {runId}'.")
    {
        RunId = runId;
        Owner = owner;
    }

    /// <summary>The run that somebody else writes.</summary>
    public string RunId { get; }

    /// <summary>Who holds the lease.</summary>
    public string Owner { get; }
}
