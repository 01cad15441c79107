namespace Hub.Core;

/// <summary>Stops a run under way, and remembers why: a run that is interrupted can be gone on with, one that is cancelled cannot.</summary>
/// <remarks>Thread safety: all members.</remarks>
internal sealed class RunStop : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private volatile bool _isInterrupted;
    private volatile bool _isCancelled;

    /// <summary>Signalled when the run is to stop, for whatever reason.</summary>
    public CancellationToken Token => _stop.Token;

    public bool IsInterrupted => _isInterrupted;

    public bool IsCancelled => _isCancelled;

    public void Interrupt()
    {
        _isInterrupted = true;
        _stop.Cancel();
    }

    public void Cancel()
    {
        _isCancelled = true;
        _stop.Cancel();
    }

    /// <summary>Tells whatever is left of a run that has ended.</summary>
    public Task EndAsync() => _stop.CancelAsync();

    public void Dispose() => _stop.Dispose();
}
