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
    private readonly IReadOnlyList<RunEvent> _past;
    private readonly Action<RunEvent>? _observe;
    private readonly List<RunEvent> _stored;
    private readonly List<Watcher> _watchers = [];
    private Watcher? _awaited;
    private bool _hasParts;
    private bool _completed;

    /// <param name="summarise">Fills an event's summary in.</param>
    /// <param name="past">Events of earlier sittings.</param>
    /// <param name="observe">Told of each stored event; null for nobody.</param>
    /// <param name="isAwaited">Whether somebody is about to watch: the first who does gets everything, the parts from before included.</param>
    public RunBroadcast(Func<RunEvent, RunEvent> summarise, IReadOnlyList<RunEvent> past, Action<RunEvent>? observe = null, bool isAwaited = false)
    {
        (_summarise, _past, _observe, _stored) = (summarise, past, observe, [.. past]);
        if (isAwaited)
            _watchers.Add(_awaited = new Watcher());
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
            else
                _hasParts = true;
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

    /// <summary>Says that a part went by that nobody watched: who watches from now on gets no parts, as they would not be the beginning.</summary>
    public void Miss()
    {
        if (Volatile.Read(ref _hasParts))
            return;
        lock (_lock)
            _hasParts = true;
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
            stored = [.. (_awaited is null ? _stored : _past).Where(e => e.Sequence >= from)];
            watcher = _awaited ?? new Watcher { HasLost = _hasParts };
            if (_awaited is null && !_completed)
                _watchers.Add(watcher);
            if (_completed)
                watcher.Events.Writer.TryComplete();
            _awaited = null;
        }

        var channel = watcher.Events;
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
                _watchers.Remove(watcher);
        }
    }

    private sealed class Watcher
    {
        public Channel<RunEvent> Events { get; } = Channel.CreateUnbounded<RunEvent>(); // A single-reader channel cannot be counted.

        public bool HasLost { get; set; }
    }
}
