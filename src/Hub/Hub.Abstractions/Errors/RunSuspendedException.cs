namespace Hub.Abstractions;

/// <summary>The run stops here and can go on later. A cancellation, so that finally blocks run; nothing is appended after it.</summary>
public sealed class RunSuspendedException : OperationCanceledException
{
    /// <summary>Creates the error.</summary>
    /// <param name="pending">What the run waits on.</param>
    public RunSuspendedException(PendingInteraction pending)
        : base($"The run waits at '{pending.EffectId}': {pending.Text}")
    {
        Pending = pending;
    }

    /// <summary>What the run waits on.</summary>
    public PendingInteraction Pending { get; }
}
