namespace Knowledge.Rdf;

/// <summary>Tells listeners of each change, in order and once.</summary>
internal sealed class ChangeFeed
{
    private readonly Lock _telling = new();
    private readonly Lock _listing = new();
    private readonly Queue<(QuadDelta Delta, Subscription[] To)> _queue = new();
    private Subscription[] _listeners = [];
    private bool _isTelling;

    /// <summary>What a listener threw; its subscription has ended.</summary>
    public event EventHandler<ListenerFailedEventArgs>? Failed;

    /// <summary>Whether anybody listens.</summary>
    public bool HasListeners => _listeners.Length > 0;

    /// <summary>Adds a listener; to be called where no change can be published meanwhile.</summary>
    public IDisposable Add(Action<QuadDelta> listener)
    {
        var subscription = new Subscription(this, listener);
        lock (_listing)
            _listeners = [.. _listeners, subscription];
        return subscription;
    }

    /// <summary>Puts a change behind the others; to be called in the order of versions.</summary>
    public void Enqueue(QuadDelta delta)
    {
        lock (_listing)
            _queue.Enqueue((delta, _listeners));
    }

    /// <summary>Tells what is queued. A listener that changes the data set itself is told of that after it returned.</summary>
    /// <param name="sender">Whose feed this is.</param>
    public void Tell(object sender)
    {
        lock (_telling)
        {
            if (_isTelling)
                return;
            _isTelling = true;
            try
            {
                while (TryTake(out var next))
                    foreach (var subscription in next.To)
                        Tell(sender, subscription, next.Delta);
            }
            finally
            {
                _isTelling = false;
            }
        }
    }

    private void Tell(object sender, Subscription subscription, QuadDelta delta)
    {
        if (!subscription.IsOpen)
            return;
        try
        {
            subscription.Listener(delta);
        }
        catch (Exception failure) // a listener's fault must not undo or stop a commit that others have seen
        {
            subscription.Dispose();
            Failed?.Invoke(sender, new ListenerFailedEventArgs(delta.Version, failure));
        }
    }

    private bool TryTake(out (QuadDelta Delta, Subscription[] To) next)
    {
        lock (_listing)
            return _queue.TryDequeue(out next);
    }

    private sealed class Subscription(ChangeFeed feed, Action<QuadDelta> listener) : IDisposable
    {
        public Action<QuadDelta> Listener => listener;

        public bool IsOpen { get; private set; } = true;

        public void Dispose()
        {
            IsOpen = false;
            lock (feed._listing)
                feed._listeners = [.. feed._listeners.Where(l => l != this)];
        }
    }
}

/// <summary>What a listener of changes threw.</summary>
/// <param name="version">The version that it was told of.</param>
/// <param name="failure">What it threw.</param>
public sealed class ListenerFailedEventArgs(long version, Exception failure) : EventArgs
{
    /// <summary>The version that the listener was told of.</summary>
    public long Version => version;

    /// <summary>What it threw.</summary>
    public Exception Failure => failure;
}
