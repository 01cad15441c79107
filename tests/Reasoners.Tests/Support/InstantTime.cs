using Hub.Abstractions;

namespace Reasoners.Tests.Support;

/// <summary>
/// A clock whose waits of two seconds and more are over at once: the time jumps by what was waited for, and each wait is
/// remembered. Shorter timers and the tools' time limit belong to the host; they never fire.
/// </summary>
internal sealed class InstantTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _waits = [];
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_lock)
                return [.. _waits];
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _now;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.FromSeconds(2) || dueTime == ToolLimits.Default.Timeout)
            return new Idle();
        lock (_lock)
        {
            _now += dueTime;
            _waits.Add(dueTime);
        }

        ThreadPool.QueueUserWorkItem(_ => callback(state));
        return new Idle();
    }

    private sealed class Idle : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            // It never fires, or has fired.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
