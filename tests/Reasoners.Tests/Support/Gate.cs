using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Reasoners.Tests.Support;

/// <summary>A tool whose calls wait until a number of them are under way; sequential callers never get through.</summary>
/// <param name="needed">Calls that must be under way before any returns.</param>
/// <param name="patienceMilliseconds">How long a call waits before it fails.</param>
internal sealed class Gate(int needed, int patienceMilliseconds = 10_000)
{
    private readonly TimeSpan _patience = TimeSpan.FromMilliseconds(patienceMilliseconds);

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _under;

    public int Calls { get; private set; }

    public int MostAtOnce { get; private set; }

    public AIFunction Tool => HubTool.Create(PassAsync, "gate", Redo.Freely, "Opens when enough wait.");

    private async Task<string> PassAsync()
    {
        lock (_lock)
        {
            Calls++;
            MostAtOnce = Math.Max(MostAtOnce, ++_under);
            if (_under >= needed)
                _open.TrySetResult();
        }

        try
        {
            await _open.Task.WaitAsync(_patience);
            return "open";
        }
        finally
        {
            lock (_lock)
                _under--;
        }
    }
}
