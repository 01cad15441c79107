using System.Collections.Immutable;

namespace Knowledge.Store;

/// <summary>Quads that can be asked and changed: a <see cref="QuadStore"/>, or a <see cref="Branch"/> of one.</summary>
/// <remarks>
/// <para>Any number of threads read; one transaction at a time changes. A snapshot is a reference to an unchanging state: taking one costs
/// nothing, and reading goes on while others change, load or compact.</para>
/// <para>Quads may have valid times. A snapshot of now shows those that hold at its moment, from columns in which nothing else is: who asks about now pays nothing for history.</para>
/// </remarks>
public abstract partial class QuadDataset : IQuadSource, IDisposable
{
    private static readonly TimeSpan s_writerWait = TimeSpan.FromSeconds(30);

    private readonly Lock _publishing = new();
    private readonly SemaphoreSlim _writer = new(1, 1);
    private readonly ChangeFeed _feed = new();
    private volatile StoreState _state;
    private volatile Past? _past;
    private bool _isDisposed;

    private protected QuadDataset(StoreState state, TermDictionary dictionary, TimeProvider time)
    {
        _state = state;
        Dictionary = dictionary;
        Time = time;
    }

    /// <summary>Raised when a listener threw; its subscription has ended.</summary>
    public event EventHandler<ListenerFailedEventArgs>? ListenerFailed
    {
        add => _feed.Failed += value;
        remove => _feed.Failed -= value;
    }

    /// <inheritdoc/>
    public long Version => Current().Version;

    /// <summary>Prefixes that transactions set and loaded files declared, with their IRIs.</summary>
    public IReadOnlyDictionary<string, string> Prefixes => _state.Prefixes;

    /// <summary>Number of quads that hold now.</summary>
    public long Count => Current().Quads;

    /// <summary>Terms of the ids.</summary>
    internal TermDictionary Dictionary { get; }

    /// <summary>The clock.</summary>
    internal TimeProvider Time { get; }

    /// <summary>What was published last.</summary>
    private protected StoreState Published => _state;

    /// <inheritdoc/>
    public IQuadSnapshot Snapshot(AsOf asOf = default)
    {
        var state = Current();
        if (asOf.Valid is null && asOf.Known is null)
            return new StoreSnapshot(state, Dictionary);
        if (asOf.Known?.UtcTicks < state.Horizon)
            throw new NotSupportedException($"What was known at {asOf.Known:O} was forgotten; the earliest time that can be asked about is {new DateTimeOffset(state.Horizon, TimeSpan.Zero):O}.");
        var valid = asOf.Valid?.UtcTicks ?? Math.Max(state.Moment, Time.GetUtcNow().UtcTicks);
        var known = asOf.Known?.UtcTicks ?? ValidTimes.Forever;
        var past = _past;
        if (past is null || !ReferenceEquals(past.Of, state) || past.Valid != valid || past.Known != known)
            _past = past = new Past(state, valid, known, PastView.Of(state, valid, known));
        return new StoreSnapshot(past.View, Dictionary);
    }

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<QuadDelta> listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        lock (_publishing)
            return _feed.Add(listener);
    }

    /// <summary>Begins to change; others who begin meanwhile wait.</summary>
    /// <param name="wait">How long to wait for the one before; 30 seconds where nothing is said.</param>
    /// <exception cref="StoreBusyException">The transaction before was not done in time.</exception>
    /// <exception cref="ObjectDisposedException">This was closed.</exception>
    public Transaction Begin(TimeSpan? wait = null)
    {
        Current(); // what time brought is told before, as listeners may not write while this does
        Enter(wait ?? s_writerWait);
        return new Transaction(this, Advanced());
    }

    /// <summary>A what-if branch of the quads as they are now. It costs what is changed in it; this data set does not see its changes unless they are merged.</summary>
    public Branch Fork() => new(this, Current());

    /// <summary>What was believed of a quad, by the time it was known; empty where it was never stated.</summary>
    /// <param name="quad">A quad of terms.</param>
    public IReadOnlyList<BelievedInterval> History(Quad quad)
    {
        var state = Current();
        return TryIds(quad, out var ids) ? state.History(ids) : [];
    }

    /// <summary>What was believed of a triple of the default graph.</summary>
    /// <param name="triple">A triple of terms.</param>
    public IReadOnlyList<BelievedInterval> History(Triple triple) => History(new Quad(triple.Subject, triple.Predicate, triple.Object));

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees what is held. Snapshots that were taken stay good.</summary>
    /// <param name="disposing">Always true.</param>
    protected virtual void Dispose(bool disposing)
    {
        _isDisposed = true;
    }

    /// <summary>Keeps a step before others see it; throws where that is not possible, and the step is dropped.</summary>
    private protected abstract void Keep(StateEdit edit, StoreState next);

    /// <summary>Called after a step was published, while nobody else may change.</summary>
    private protected virtual void Kept()
    {
    }

    /// <summary>Waits for the right to change.</summary>
    internal void Enter(TimeSpan wait)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (!_writer.Wait(wait))
            throw new StoreBusyException($"Another transaction was not done within {wait}. Commit or dispose it, or give Begin more time.");
        if (!_isDisposed)
            return;
        _writer.Release();
        ObjectDisposedException.ThrowIf(true, this);
    }

    /// <summary>Gives the right to change back.</summary>
    internal void Leave() => _writer.Release();

    /// <summary>Publishes a step, gives the right to change back, and then tells listeners, who may want to change something themselves.</summary>
    internal long CommitAndLeave(Action<StateEdit> apply, ImmutableSortedDictionary<string, string> prefixes)
    {
        long version;
        try
        {
            version = Commit(apply, prefixes);
        }
        finally
        {
            Leave();
        }

        Tell();
        return version;
    }

    /// <summary>Tells listeners of what was published; to be called where the right to change was given back.</summary>
    internal void Tell() => _feed.Tell(this);

    /// <summary>Publishes a step; to be called by the one who has the right to change, and followed by <see cref="Tell"/>.</summary>
    /// <param name="apply">Makes the changes.</param>
    /// <param name="prefixes">Prefixes after the step.</param>
    /// <returns>The version after it; the one before where nothing changed.</returns>
    internal long Commit(Action<StateEdit> apply, ImmutableSortedDictionary<string, string> prefixes)
    {
        StoreState next;
        lock (_publishing)
        {
            var now = Time.GetUtcNow().UtcTicks;
            var edit = new StateEdit(_state, Math.Max(now, _state.Time + 1), now, _feed.HasListeners);
            apply(edit);
            if (!ReferenceEquals(prefixes, _state.Prefixes) && !prefixes.SequenceEqual(_state.Prefixes))
                edit.Prefixes = prefixes;
            next = edit.Build();
            if (edit.HasChanges || edit.Prefixes is not null)
                Keep(edit, next);
            Publish(edit, next);
        }

        Kept();
        return next.Version;
    }

    /// <summary>Puts a state of the same quads in the place of one, if that is the newest still.</summary>
    private protected void Replace(StoreState state, StoreState same)
    {
        lock (_publishing)
            if (ReferenceEquals(_state, state))
                _state = same;
    }

    /// <summary>The newest state, in which the quads hold whose time has come.</summary>
    internal StoreState Current()
    {
        var state = _state;
        if (state.Bounds.IsEmpty || state.Bounds.Min.Ticks > Time.GetUtcNow().UtcTicks)
            return state;
        state = Advanced();
        Tell();
        return state;
    }

    internal StoreState Advanced()
    {
        lock (_publishing)
        {
            var now = Time.GetUtcNow().UtcTicks;
            if (_state.Bounds.IsEmpty || _state.Bounds.Min.Ticks > now)
                return _state;
            var edit = new StateEdit(_state, _state.Time, now, _feed.HasListeners);
            Publish(edit, edit.Build());
            return _state;
        }
    }

    private void Publish(StateEdit edit, StoreState next)
    {
        if (_feed.HasListeners && next.Version != _state.Version)
            _feed.Enqueue(edit.Delta());
        _state = next;
    }

    /// <summary>Ids of a quad whose terms are all known.</summary>
    internal bool TryIds(Quad quad, out QuadIds ids)
    {
        ids = default;
        TermId graph = default;
        if (!TryId(quad.Subject, out var subject) || !TryId(quad.Predicate, out var predicate) || !TryId(quad.Object, out var @object) ||
            (quad.Graph is not null && !TryId(quad.Graph, out graph)))
            return false;
        ids = new QuadIds(subject, predicate, @object, graph);
        return true;
    }

    /// <summary>The view of another time that was asked for last: who asks about it asks again.</summary>
    private sealed record Past(StoreState Of, long Valid, long Known, StoreState View);

    private bool TryId(Term term, out TermId id)
    {
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        TermText.Write(term, text);
        return Dictionary.TryFind(text.WrittenSpan, out id);
    }
}
