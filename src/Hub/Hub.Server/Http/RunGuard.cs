using Hub.Abstractions;

namespace Hub.Server.Http;

/// <summary>Cancels a run when its client goes away or its time is up, for as long as the guard is not disposed.</summary>
/// <remarks>
/// What a client's going away ends first is the reading of the run's events, and with it this guard: that the run is cancelled
/// must not depend on whose turn comes first, so a guard that is disposed after its client went away cancels the run itself.
/// </remarks>
internal sealed class RunGuard : IAsyncDisposable
{
    private readonly IRunHandle _run;
    private readonly CancellationToken _gone;
    private readonly IDisposable? _watched;
    private readonly CancellationTokenSource _deadline;
    private readonly CancellationTokenRegistration _onDeadline;
    private readonly CancellationTokenRegistration _onGone;

    /// <param name="run">The run.</param>
    /// <param name="time">The longest that the run may take.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="watched">Given back with the guard; null for nothing.</param>
    /// <param name="gone">The client went away.</param>
    public RunGuard(IRunHandle run, TimeSpan time, TimeProvider clock, IDisposable? watched, CancellationToken gone)
    {
        (_run, _gone, _watched) = (run, gone, watched);
        _deadline = new CancellationTokenSource(time, clock);
        _onDeadline = _deadline.Token.Register(run.Cancel);
        _onGone = gone.Register(run.Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _onDeadline.DisposeAsync();
        await _onGone.DisposeAsync();
        if (_gone.IsCancellationRequested)
            _run.Cancel();
        _watched?.Dispose();
        _deadline.Dispose();
    }
}
