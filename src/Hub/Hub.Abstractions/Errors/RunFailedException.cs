namespace Hub.Abstractions;

/// <summary>A run ended without an answer.</summary>
public sealed class RunFailedException : HubException
{
    /// <summary>Creates the error.</summary>
    /// <param name="result">How the run ended.</param>
    public RunFailedException(RunResult result)
        : base(Describe(result))
    {
        Result = result;
    }

    /// <summary>How the run ended.</summary>
    public RunResult Result { get; }

    private static string Describe(RunResult result) => result.Status switch
    {
        RunStatus.Suspended => $"Run {result.RunId} waits: {result.Pending?.Text} Resume it with 'hub runs resume {result.RunId}'.",
        RunStatus.Interrupted => $"Run {result.RunId} was interrupted. Resume it with 'hub runs resume {result.RunId}'.",
        RunStatus.Cancelled => $"Run {result.RunId} was cancelled.",
        _ => $"Run {result.RunId} ended as {result.Status}: {result.Failure?.Message ?? "no reason was given"}",
    };
}
