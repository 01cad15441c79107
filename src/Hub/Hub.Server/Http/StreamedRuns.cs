using System.Collections.Concurrent;
using Hub.Abstractions;

namespace Hub.Server.Http;

/// <summary>Runs that clients watch in a stream: the last watcher who goes away cancels the run, at once or after the time in which it may come back.</summary>
/// <remarks>Thread safety: all members.</remarks>
internal sealed class StreamedRuns(TimeSpan grace, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Watched> _runs = new(StringComparer.Ordinal);

    /// <summary>Whether a client may come back.</summary>
    public bool MayReturn => grace > TimeSpan.Zero;

    /// <summary>Begins to watch a run.</summary>
    /// <returns>Disposed when the stream ends, whatever the reason.</returns>
    public IDisposable Join(IRunHandle run)
    {
        while (true)
        {
            var watched = _runs.GetOrAdd(run.RunId, static (_, made) => made, new Watched(run));
            if (!ReferenceEquals(watched.Run, run) && watched.Run.Completion.IsCompleted)
                _runs.TryRemove(KeyValuePair.Create(run.RunId, watched)); // an earlier sitting of the same run
            else if (watched.Join())
                return new Watch(this, watched);
        }
    }

    /// <summary>A run that is under way and watched, or was a moment ago; null for none.</summary>
    public IRunHandle? Find(string runId) => _runs.GetValueOrDefault(runId)?.Run;

    private void Leave(Watched watched)
    {
        if (!watched.Leave())
            return;
        if (watched.Run.Completion.IsCompleted || !MayReturn)
        {
            Remove(watched);
            return;
        }

        watched.Wait(time.CreateTimer(_ => Remove(watched), null, grace, Timeout.InfiniteTimeSpan));
        _ = watched.Run.Completion.ContinueWith(_ => Remove(watched), TaskScheduler.Default);
    }

    private void Remove(Watched watched)
    {
        if (!watched.Close())
            return; // somebody came back
        _runs.TryRemove(KeyValuePair.Create(watched.Run.RunId, watched));
        watched.Run.Cancel(); // nothing happens to a run that has ended
    }

    private sealed class Watch(StreamedRuns runs, Watched watched) : IDisposable
    {
        private Watched? _watched = watched;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _watched, null) is { } left)
                runs.Leave(left);
        }
    }

    private sealed class Watched(IRunHandle run)
    {
        private readonly Lock _lock = new();
        private int _watchers;
        private bool _isClosed;
        private ITimer? _timer;

        public IRunHandle Run => run;

        public bool Join()
        {
            lock (_lock)
            {
                if (_isClosed)
                    return false;
                _watchers++;
                _timer?.Dispose();
                _timer = null;
                return true;
            }
        }

        /// <summary>True for the last one.</summary>
        public bool Leave()
        {
            lock (_lock)
                return --_watchers == 0;
        }

        public void Wait(ITimer timer)
        {
            lock (_lock)
            {
                if (_watchers > 0 || _isClosed)
                    timer.Dispose();
                else
                    _timer = timer;
            }
        }

        public bool Close()
        {
            lock (_lock)
            {
                if (_watchers > 0 || _isClosed)
                    return false;
                _isClosed = true;
                _timer?.Dispose();
                return true;
            }
        }
    }
}
