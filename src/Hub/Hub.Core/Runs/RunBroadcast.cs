using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Hub.Abstractions;

namespace Hub.Core;

/// <summary>Hands a run's events to whoever watches: first what is past, then what happens, each stored event once.</summary>
/// <remarks>Streamed parts are dropped for a watcher that is <see cref="MaxPendingParts"/> behind; stored events never are.</remarks>
internal sealed class RunBroadcast
{
    private const int MaxPendingParts = 4096;

    private readonly Lock _lock = new();
    private readonly Func<RunEvent, RunEvent> _summarise;
    private readonly List<RunEvent> _stored;
    private readonly int _pastCount;
    private readonly List<Channel<RunEvent>> _watchers = [];
    private Channel<RunEvent>? _expected;
    private bool _completed;

    /// <param name="summarise">Fills in an event's summary.</param>
    /// <param name="past">Events of earlier sittings.</param>
    /// <param name="isExpected">Whether somebody is about to watch: what happens until then is kept for it.</param>
    public RunBroadcast(Func<RunEvent, RunEvent> summarise, IReadOnlyList<RunEvent> past, bool isExpected = false)
    {
        (_summarise, _stored, _pastCount) = (summarise, [.. past], past.Count);
        if (isExpected)
            _watchers.Add(_expected = Unbounded());
    }

    public bool IsWatched
    {
        get
        {
            lock (_lock)
                return _watchers.Count > 0;
        }
    }

    public void Publish(RunEvent entry)
    {
        lock (_lock)
        {
            if (entry.Sequence >= 0)
                _stored.Add(entry);
            if (_watchers.Count == 0)
                return;
            var told = entry.Sequence >= 0 ? _summarise(entry) : entry;
            foreach (var watcher in _watchers)
            {
                if (told.Sequence >= 0 || watcher.Reader.Count < MaxPendingParts)
                    watcher.Writer.TryWrite(told);
            }
        }
    }

    public void Complete()
    {
        lock (_lock)
        {
            _completed = true;
            foreach (var watcher in _watchers)
                watcher.Writer.TryComplete();
        }
    }

    public async IAsyncEnumerable<RunEvent> ReadAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Channel<RunEvent> channel;
        RunEvent[] stored;
        lock (_lock)
        {
            stored = [.. _stored.Take(_expected is null ? _stored.Count : _pastCount).Where(e => e.Sequence >= from)];
            channel = _expected ?? Unbounded();
            if (_expected is not null)
                _expected = null; // it is among the watchers, and completed if all is over
            else if (_completed)
                channel.Writer.TryComplete();
            else
                _watchers.Add(channel);
        }

        try
        {
            foreach (var entry in stored)
                yield return _summarise(entry);
            await foreach (var entry in channel.Reader.ReadAllAsync(cancellationToken))
            {
                if (entry.Sequence < 0 || entry.Sequence >= from)
                    yield return entry;
            }
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(channel);
        }
    }

    private static Channel<RunEvent> Unbounded() => Channel.CreateUnbounded<RunEvent>(); // A single-reader channel cannot be counted.
}
