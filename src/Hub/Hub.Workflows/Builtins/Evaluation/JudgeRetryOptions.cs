using System.ComponentModel.DataAnnotations;

namespace Hub.Workflows.Builtins.Evaluation;

/// <summary>How often a judge is asked where it fails.</summary>
public sealed class JudgeRetryOptions
{
    /// <summary>Calls in all, 1 to 10.</summary>
    /// <value>The default is 3.</value>
    [Range(1, 10)]
    public int? StopAfterAttempt { get; set; }

    /// <summary>Seconds before the second call; each further wait is twice as long, 60 seconds at most.</summary>
    /// <value>The default is 1.</value>
    [Range(0, 60)]
    public double? InitialBackoffDelaySeconds { get; set; }

    /// <summary>Accepted, and without effect: waits here are not drawn by lot.</summary>
    public bool? HasExponentialJitter { get; set; }
}
