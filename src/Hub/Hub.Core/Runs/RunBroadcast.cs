using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Hub.Abstractions;

namespace Hub.Core;

/// <summary>Hands a run's events to whoever watches: first what is past, then what happens, each stored event once.</summary>
/// <remarks>A watcher that is <see cref="MaxPendingParts"/> behind gets no more streamed parts: what it got is the beginning of the whole, and the end says all. Stored events are never dropped.</remarks>
internal sealed class RunBroadcast
{
    private const int MaxPendingParts = 4096;

    private readonly Lock _lock = new();
    private readonly Func<RunEvent, RunEvent> _summarise;
    private readonly Action<RunEvent>? _observe;
    private readonly List<RunEvent> _stored;
    private readonly int _pastCount;
    private readonly List<Watcher> _watchers = [];
    private Watcher? _expected;
    private bool _completed;

    /// <param name="summarise">Fills in an event's summary.</param>
    /// <param name="past">Events of earlier sittings.</param>
    /// <param name="isExpected">Whether somebody is about to watch: what happens until then is kept for it.</param>
    /// <param name="observe">Told of each stored event, or null.</param>
    public RunBroadcast(Func<RunEvent, RunEvent> summarise, IReadOnlyList<RunEvent> past, bool isExpected = false, Action<RunEvent>? observe = null)
    {
        (_summarise, _observe, _stored, _pastCount) = (summarise, observe, [.. past], past.Count);
        if (isExpected)
            _watchers.Add(_expected = new Watcher());
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
        if (_observe is not null && entry.Sequence >= 0)
            _observe(entry);
        lock (_lock)
        {
            if (entry.Sequence >= 0)
                _stored.Add(entry);
            if (_watchers.Count == 0)
                return;
            var told = entry.Sequence >= 0 ? _summarise(entry) : entry;
            foreach (var watcher in _watchers)
            {
                if (told.Sequence < 0)
                    watcher.HasLost |= watcher.Events.Reader.Count >= MaxPendingParts;
                if (told.Sequence >= 0 || !watcher.HasLost)
                    watcher.Events.Writer.TryWrite(told);
            }
        }
    }

    public void Complete()
    {
        lock (_lock)
        {
            _completed = true;
            foreach (var watcher in _watchers)
                watcher.Events.Writer.TryComplete();
        }
    }

    public async IAsyncEnumerable<RunEvent> ReadAsync(long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Watcher watcher;
        RunEvent[] stored;
        lock (_lock)
        {
            stored = [.. _stored.Take(_expected is null ? _stored.Count : _pastCount).Where(e => e.Sequence >= from)];
            watcher = _expected ?? new Watcher();
            if (_expected is not null)
                _expected = null; // it is among the watchers, and completed if all is over
            else if (_completed)
                watcher.Events.Writer.TryComplete();
            else
                _watchers.Add(watcher);
        }

        try
        {
            foreach (var entry in stored)
                yield return _summarise(entry);
            await foreach (var entry in watcher.Events.Reader.ReadAllAsync(cancellationToken))
            {
                if (entry.Sequence < 0 || entry.Sequence >= from)
                    yield return entry;
            }
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(watcher);
        }
    }

    private sealed class Watcher
    {
        public Channel<RunEvent> Events { get; } = Channel.CreateUnbounded<RunEvent>(); // A single-reader channel cannot be counted.

        public bool HasLost { get; set; }
    }
}
