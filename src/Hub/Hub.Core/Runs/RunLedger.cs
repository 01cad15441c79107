using Hub.Abstractions;

namespace Hub.Core;

/// <summary>Everything that the scopes of one run share: its log, what the log already says, its budget, and who watches.</summary>
/// <remarks>
/// An end is written together with the start that follows it, in one transaction; where none follows within
/// <see cref="IdleFlush"/>, a timer commits it alone.
/// </remarks>
internal sealed class RunLedger : IDisposable
{
    private static readonly TimeSpan IdleFlush = TimeSpan.FromMilliseconds(5);

    private readonly Lock _lock = new();
    private readonly IRunWriter _writer;
    private readonly FailPoint? _failPoint;
    private readonly RunBroadcast _broadcast;
    private ITimer? _idle;
    private bool _closed;
    private bool _uncommitted;
    private bool _idleSet;
    private HubException? _idleFailure;

    /// <param name="writer">The log. Disposed with the ledger.</param>
    /// <param name="broadcast">Who watches.</param>
    /// <param name="meter">The budget.</param>
    /// <param name="time">The clock.</param>
    /// <param name="failPoint">Ends the process in tests.</param>
    public RunLedger(IRunWriter writer, RunBroadcast broadcast, BudgetMeter meter, TimeProvider time, FailPoint? failPoint)
    {
        _writer = writer;
        _broadcast = broadcast;
        _failPoint = failPoint;
        Meter = meter;
        Time = time;
        Payloads = new RunPayloads(writer);
        Replay = ReplayIndex.Of(writer.Past);
        foreach (var entry in writer.Past)
            meter.Count(entry, past: true);
    }

    public ReplayIndex Replay { get; }

    public BudgetMeter Meter { get; }

    public TimeProvider Time { get; }

    public RunPayloads Payloads { get; }

    public RunHeader Header => _writer.Header;

    public bool IsWatched => _broadcast.IsWatched;

    /// <summary>Whether somebody asks the store to cancel the run.</summary>
    public bool CancelRequested => _writer.CancelRequested;

    /// <summary>Refuses where a budget is spent; otherwise makes the start durable, with the ends before it.</summary>
    public void Start(RunEvent start)
    {
        lock (_lock)
        {
            Meter.Check();
            Append(start);
            Commit();
        }
    }

    /// <summary>Appends without waiting for the disk.</summary>
    public void End(RunEvent end)
    {
        lock (_lock)
        {
            Append(end);
            if (_writer.IsInMemory)
            {
                _writer.Commit();
                _uncommitted = false;
                return;
            }

            if (_idleSet)
                return;
            // One timer for all ends of a stretch of time: setting it anew for each would wake its thread each time.
            _idleSet = true;
            _idle ??= Time.CreateTimer(static state => ((RunLedger)state!).FlushIdle(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _idle.Change(IdleFlush, Timeout.InfiniteTimeSpan);
        }
    }

    public void Stream(RunEvent part) => _broadcast.Publish(part);

    /// <summary>Says that a part of the answer went by that nobody watched.</summary>
    public void Miss() => _broadcast.Miss();

    /// <summary>Tells the fail-point that an effect is about to act, or has acted.</summary>
    public void Point(string point) => _failPoint?.Invoke(point);

    /// <summary>Writes the run's end, if there is one, and gives the lease back.</summary>
    public void Close(RunStatus status, RunEvent? end)
    {
        lock (_lock)
        {
            if (_closed)
                return;
            if (end is not null)
                Append(end);
            _failPoint?.Invoke("commit:before");
            _closed = true;
            _writer.Close(status);
            _failPoint?.Invoke("commit:after");
        }
    }

    public void Dispose()
    {
        lock (_lock)
            _closed = true;
        _idle?.Dispose();
        _writer.Dispose();
    }

    private void Append(RunEvent entry)
    {
        if (_closed)
            throw new OperationCanceledException("The run has ended; a late effect is not logged.");
        if (_idleFailure is { } failure)
            throw failure;
        _failPoint?.Invoke("append:before");
        var stored = _writer.Append(entry);
        Meter.Count(stored, past: false);
        _uncommitted = true;
        _broadcast.Publish(stored);
        _failPoint?.Invoke("append:after");
    }

    private void Commit()
    {
        _failPoint?.Invoke("commit:before");
        _writer.Commit();
        _uncommitted = false;
        _failPoint?.Invoke("commit:after");
        if (_writer.CancelRequested)
            throw new RunCancelRequestedException();
    }

    private void FlushIdle()
    {
        lock (_lock)
        {
            _idleSet = false;
            if (_closed || !_uncommitted)
                return;
            try
            {
                _failPoint?.Invoke("commit:before");
                _writer.Commit();
                _uncommitted = false;
                _failPoint?.Invoke("commit:after");
            }
            catch (HubException failure) when (failure is RunLogException or RunLeaseException)
            {
                // The timer has no caller: the next append reports it.
                _idleFailure = failure;
            }
        }
    }
}
