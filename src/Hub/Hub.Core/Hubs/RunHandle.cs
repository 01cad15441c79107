using Hub.Abstractions;

namespace Hub.Core;

/// <summary>A run under way in this process.</summary>
internal sealed class RunHandle(string runId, RunBroadcast broadcast, Func<string, byte[]?> payload) : IRunHandle, IDisposable
{
    private readonly TaskCompletionSource<RunResult> _completion = new();

    public string RunId { get; } = runId;

    public Task<RunResult> Completion => _completion.Task;

    public RunStop Stop { get; } = new();

    /// <summary>Whether somebody asks the store to cancel the run; null before its log is open.</summary>
    public Func<bool>? CancelRequested { get; set; }

    /// <summary>Begins the run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="isHere">Whether it begins on this thread, and the handle comes when it first waits; otherwise it begins in the thread pool and the handle comes at once.</param>
    public void Begin(Func<Task<RunResult>> run, bool isHere) => _ = RunAsync(run, isHere);

    public IAsyncEnumerable<RunEvent> ReadEventsAsync(long from = 0, CancellationToken cancellationToken = default) =>
        broadcast.ReadAsync(from, cancellationToken);

    public byte[]? Payload(string hash) => payload(hash);

    public void Interrupt() => Stop.Interrupt();

    public void Cancel() => Stop.Cancel();

    public void Dispose() => Stop.Dispose();

    private async Task RunAsync(Func<Task<RunResult>> run, bool isHere)
    {
        if (!isHere)
            await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            var result = await run();
            broadcast.Complete();
            _completion.SetResult(result);
        }
        catch (OperationCanceledException stopped)
        {
            broadcast.Complete();
            _completion.SetCanceled(stopped.CancellationToken);
        }
        catch (Exception failure)
        {
            // Whoever waits for the run is told: its log could not be written, or a part of the hub is broken.
            broadcast.Complete();
            _completion.SetException(failure);
        }
    }
}
