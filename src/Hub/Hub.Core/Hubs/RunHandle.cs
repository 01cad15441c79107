using Hub.Abstractions;

namespace Hub.Core;

/// <summary>A run under way in this process.</summary>
internal sealed class RunHandle(string runId, RunBroadcast broadcast, Func<string, byte[]?> payload) : IRunHandle, IDisposable
{
    private readonly CancellationTokenSource _interrupt = new();
    private readonly CancellationTokenSource _cancel = new();

    public string RunId { get; } = runId;

    public Task<RunResult> Completion { get; private set; } = Task.FromException<RunResult>(new InvalidOperationException("The run was not begun."));

    public CancellationToken Interrupted => _interrupt.Token;

    public CancellationToken Cancelled => _cancel.Token;

    public void Begin(Func<Task<RunResult>> run) => Completion = Task.Run(async () =>
    {
        try
        {
            return await run();
        }
        finally
        {
            broadcast.Complete();
        }
    });

    public IAsyncEnumerable<RunEvent> ReadEventsAsync(long from = 0, CancellationToken cancellationToken = default) =>
        broadcast.ReadAsync(from, cancellationToken);

    public byte[]? Payload(string hash) => payload(hash);

    public void Interrupt() => _interrupt.Cancel();

    public void Cancel() => _cancel.Cancel();

    public void Dispose()
    {
        _interrupt.Dispose();
        _cancel.Dispose();
    }
}
