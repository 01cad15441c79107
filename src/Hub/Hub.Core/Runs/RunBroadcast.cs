using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Hub.Abstractions;

namespace Hub.Core;

/// <summary>Hands a run's events to whoever watches: first what is past, then what happens, each stored event once.</summary>
/// <remarks>A watcher that is <see cref="MaxPendingParts"/> behind gets no more streamed parts: what it got is the beginning of the whole, and the end says all. Stored events are never dropped.</remarks>
internal sealed class RunBroadcast(Func<RunEvent, RunEvent> summarise, IReadOnlyList<RunEvent> past, Action<RunEvent>? observe = null)
{
    private const int MaxPendingParts = 4096;

    private readonly Lock _lock = new();
    private readonly List<RunEvent> _stored = [.. past];
    private readonly List<Watcher> _watchers = [];
    private bool _completed;

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
        if (observe is not null && entry.Sequence >= 0)
            observe(entry);
        lock (_lock)
        {
            if (entry.Sequence >= 0)
                _stored.Add(entry);
            if (_watchers.Count == 0)
                return;
            var told = entry.Sequence >= 0 ? summarise(entry) : entry;
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
        var watcher = new Watcher();
        var channel = watcher.Events;
        RunEvent[] stored;
        lock (_lock)
        {
            stored = [.. _stored.Where(e => e.Sequence >= from)];
            if (_completed)
                channel.Writer.TryComplete();
            else
                _watchers.Add(watcher);
        }

        try
        {
            foreach (var entry in stored)
                yield return summarise(entry);
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
