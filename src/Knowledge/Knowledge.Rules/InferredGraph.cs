namespace Knowledge.Rules;

/// <summary>A source with everything that follows from it by rules, kept exact while facts come and go.</summary>
/// <remarks>
/// <para>It follows the source's change feed: a commit there is a version here, with what follows, before the commit returns. Rules see and fill the default graph; named graphs are as in the source.
/// A change costs what hangs on it. Rules that count or look at facts by builtins, and those above them, are run anew where it reaches them (<see cref="RulesRunAnew"/>); with a rule that takes
/// facts away, all are.</para>
/// <para>Thread safety: as a source. Changes are followed on the committing thread.</para>
/// </remarks>
public sealed class InferredGraph : IInferredGraph
{
    private readonly IQuadSource _source;
    private readonly RuleSet _rules;
    private readonly ForwardOptions _options;
    private readonly Lock _gate = new();
    private readonly DerivedTerms _derived;
    private readonly bool _isFirst;
    private readonly ChangeFeed _feed = new();
    private readonly PastInferences _past;
    private readonly IDisposable _following;
    private Closure? _closure;
    private InferredState? _state;
    private long _missed = long.MinValue;
    private Exception? _failure;

    private InferredGraph(IQuadSource source, RuleSet rules, ForwardOptions options)
    {
        (_source, _rules, _options) = (source, rules, options);
        (_derived, _isFirst) = DerivedTerms.Of(source) is { } below ? (below, false) : (new DerivedTerms(), true);
        _past = new PastInferences(this);
        _following = source.Subscribe(Follow);
        try
        {
            Catch();
        }
        catch
        {
            _following.Dispose();
            throw;
        }
    }

    private InferredGraph(IForkedSource source, InferredGraph origin)
    {
        (_source, _rules, _options, _isFirst) = (source, origin._rules, origin._options, true);
        var given = source.Snapshot();
        lock (origin._gate)
        {
            _derived = origin._derived.Fork(source.OriginVersion);
            if (given.Version == source.OriginVersion && origin is { _failure: null, _closure.IsIncremental: true } && origin._state!.Version == given.Version)
            {
                _closure = origin._closure.Fork(given, _rules, _derived);
                _state = InferredState.Of(_closure, given, _derived, given.Version);
            }
        }

        if (_state is null)
            given.Dispose();
        _past = new PastInferences(this);
        _following = source.Subscribe(Follow);
        try
        {
            CatchUp();
        }
        catch
        {
            _following.Dispose();
            throw;
        }
    }

    /// <summary>Raised when a listener threw; its subscription has ended.</summary>
    public event EventHandler<ListenerFailedEventArgs>? ListenerFailed
    {
        add => _feed.Failed += value;
        remove => _feed.Failed -= value;
    }

    /// <inheritdoc/>
    public long Version => Current().Version;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Prefixes => _source.Prefixes;

    /// <summary>Terms that rules made.</summary>
    internal DerivedTerms Derived => _derived;

    /// <summary>What it lies on.</summary>
    internal IQuadSource Source => _source;

    /// <summary>Nodes that a rule asked to hide.</summary>
    internal IReadOnlySet<uint> Hidden
    {
        get
        {
            Current();
            lock (_gate)
                return _closure!.World.Environment.Hidden.ToHashSet();
        }
    }

    /// <summary>The rules that are followed.</summary>
    public RuleSet Rules => _rules;

    /// <inheritdoc/>
    public long Count => Current().Count;

    /// <inheritdoc/>
    public long InferredCount
    {
        get
        {
            Current();
            lock (_gate)
                return _state!.Count - (_closure!.World.Given.Count - _closure.Visibility.UnseenGiven);
        }
    }

    /// <summary>Whether a change costs what hangs on it, whatever it is: no rule is run anew.</summary>
    public bool IsIncremental => RulesRunAnew == 0;

    /// <summary>How many of the rules are run anew when a change reaches them; 0 where there is no such rule, all where one takes facts away.</summary>
    public int RulesRunAnew
    {
        get
        {
            Current();
            lock (_gate)
                return _closure!.RulesRunAnew;
        }
    }

    /// <summary>Time that following the source's changes took, all together.</summary>
    public TimeSpan FollowingTime { get; private set; }

    /// <summary>Infers what follows in one of Jena's modes.</summary>
    /// <param name="source">A store, a branch, or any other source.</param>
    /// <param name="rules">Rules.</param>
    /// <param name="mode">Forward: all rules, those written backward too, before anybody asks. Backward: all rules, when somebody asks. Hybrid: forward rules before, and backward ones, which
    /// forward rules do not see, when somebody asks.</param>
    /// <param name="options">Builtins and limits of forward rules; null for the defaults.</param>
    /// <param name="backward">Limits of backward rules; null for the defaults.</param>
    /// <exception cref="RuleException">A rule cannot be run, a builtin failed, or a limit was reached.</exception>
    public static IInferredGraph Over(IQuadSource source, RuleSet rules, RuleMode mode, ForwardOptions? options = null, BackwardOptions? backward = null) => mode switch
    {
        RuleMode.Backward => BackwardGraph.Over(source, rules, options, backward),
        RuleMode.Hybrid => BackwardGraph.Hybrid(source, rules, options, backward),
        _ => Over(source, rules, options),
    };

    /// <summary>Infers what follows, and goes on following the source.</summary>
    /// <param name="source">A store, a branch, or any other source.</param>
    /// <param name="rules">Rules; those written backward are run forward.</param>
    /// <param name="options">Builtins and limits; null for the defaults.</param>
    /// <exception cref="RuleException">A rule cannot be run, a builtin failed, or a limit was reached.</exception>
    public static InferredGraph Over(IQuadSource source, RuleSet rules, ForwardOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(rules);
        return new InferredGraph(source, rules, options ?? new ForwardOptions());
    }

    /// <summary>What follows in a what-if of this graph's source. It follows the what-if alone, and tells this graph nothing.</summary>
    /// <remarks>
    /// Cost: planning the rules, and a look at each predicate, however many facts there are, as columns are shared; a change of it costs what hangs on it. All is inferred anew instead where the
    /// source or the what-if was changed since it was forked, or where this graph is not <see cref="IsIncremental"/>.
    /// </remarks>
    /// <param name="whatIf">A branch of the source of this graph, as <c>store.Fork()</c> makes it.</param>
    /// <exception cref="ArgumentException">It was forked from something else.</exception>
    /// <exception cref="RuleException">Everything was inferred anew, and a rule failed or a limit was reached.</exception>
    public InferredGraph Fork(IForkedSource whatIf)
    {
        ArgumentNullException.ThrowIfNull(whatIf);
        if (whatIf.Origin != _source)
            throw new ArgumentException("The what-if was forked from another source than the one that this graph follows. Fork that one, or use InferredGraph.Over.", nameof(whatIf));
        Current();
        return new InferredGraph(whatIf, this);
    }

    /// <inheritdoc/>
    public IQuadSnapshot Snapshot(AsOf asOf = default) => asOf == default ? Now() : _past.At(asOf);

    /// <summary>What followed from what was so, or was believed, at other times.</summary>
    /// <param name="valid">When it was so; null for now.</param>
    /// <param name="known">When it was known; null for now.</param>
    /// <returns>A source that shows these times.</returns>
    public IQuadSource AsOf(DateTimeOffset? valid = null, DateTimeOffset? known = null) => new PastGraph(this, new AsOf(valid, known));

    /// <summary>What followed from what was so at the beginning of a day, in UTC.</summary>
    /// <param name="valid">When it was so.</param>
    /// <param name="known">When it was known; null for now.</param>
    /// <returns>A source that shows these times.</returns>
    public IQuadSource AsOf(DateOnly valid, DateTimeOffset? known = null) => AsOf(new DateTimeOffset(valid, TimeOnly.MinValue, TimeSpan.Zero), known);

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<QuadDelta> listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        lock (_gate)
            return _feed.Add(listener);
    }

    /// <inheritdoc/>
    public ValidityReport Validate()
    {
        Current();
        lock (_gate)
        {
            var closure = ValidityReport.IsAskedIn(_rules) ? Closure.Of(_state!.Given, _rules, _options, _derived, _state.Version, ValidityReport.Question) : _closure!;
            var environment = closure.World.Environment;
            var violations = environment.Match(default, environment.Id(new Iri(ValidityReport.ViolationPredicate)), default);
            return ValidityReport.Of(violations.Select(t => (environment.Term(t.Subject), environment.Term(t.Object))).ToList());
        }
    }

    /// <summary>The facts and what follows when violations are asked for.</summary>
    internal IQuadSnapshot Validating()
    {
        var given = _source.Snapshot();
        var state = InferAnew(given, given.Version, ValidityReport.Question);
        var snapshot = new InferredSnapshot(this, state);
        state.Release();
        return snapshot;
    }

    /// <summary>Whether a fact is given.</summary>
    internal bool IsGiven(TripleIds triple)
    {
        lock (_gate)
            return _closure!.World.Given.Contains(new Fact(triple.Predicate.Value, PackedPair.Of(triple.Subject, triple.Object)));
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException"><see cref="ForwardOptions.KeepDerivations"/> is off, here or in a graph below.</exception>
    public Proof? Explain(Triple triple)
    {
        using var snapshot = Now();
        return snapshot.State.Ids(triple) is { } ids && snapshot.Explain([ids]) is [{ } proof] ? proof with { Prefixes = RulePrefixes.Of(this) } : null;
    }

    /// <summary>Why triples hold in a state of this graph, the newest or another.</summary>
    /// <remarks>Derivations are kept of the newest state alone, and asked under the lock; for another everything is inferred once more. Graphs below are asked outside of the lock, as the source
    /// always is.</remarks>
    internal IReadOnlyList<Proof?> Explain(InferredState state, IReadOnlyList<TripleIds> triples)
    {
        if (!_options.KeepDerivations)
            throw new InvalidOperationException($"Without {nameof(ForwardOptions.KeepDerivations)} there are no proofs, nor in graphs that lie on this one; infer with it.");
        ProofSteps? steps = null;
        lock (_gate)
        {
            if (ReferenceEquals(state, _state) && _failure is null)
                steps = new ProofSearch(_closure!.World).Explain(triples);
        }

        steps ??= new ProofSearch(Closure.Of(state.Given, _rules, _options with { Time = state.Clock, Print = null }, _derived, state.Version).World).Explain(triples);
        return steps.Proofs(triples, state.Given);
    }

    /// <summary>Ends following the source. Snapshots that were taken stay good.</summary>
    public void Dispose() => _following.Dispose();

    /// <summary>The newest state, in use.</summary>
    private InferredSnapshot Now() => new(this, Current());

    /// <summary>The newest state; a failure of the rules is thrown until the source changes so that they can run.</summary>
    private InferredState Current()
    {
        _ = _source.Version; // brings what time changed
        if (_failure is null && Volatile.Read(ref _state) is { } state)
            return state;
        Catch();
        return _state!;
    }

    /// <summary>Infers everything from the source as it is now. The source is asked outside of the lock: it may be telling of a change that waits for the lock.</summary>
    private void Catch()
    {
        while (true)
        {
            var given = _source.Snapshot();
            lock (_gate)
            {
                if (given.Version < _missed)
                    continue;
                if (_state is null || _failure is not null)
                    Infer(given);
                return;
            }
        }
    }

    /// <summary>Infers anew where commits came before they were listened to.</summary>
    private void CatchUp()
    {
        var version = _source.Version;
        lock (_gate)
        {
            if (_state is { } state && state.Version < version)
            {
                (_state, _missed) = (null, Math.Max(_missed, version));
                state.Release();
            }
        }

        Current();
    }

    private void Follow(QuadDelta delta)
    {
        lock (_gate)
        {
            if (_state is null || _failure is not null)
            {
                _missed = delta.Version;
                return;
            }

            if (delta.Version <= _state.Version)
                return;
            var began = _options.Time.GetTimestamp();
            try
            {
                Follow(delta, _state);
                FollowingTime += _options.Time.GetElapsedTime(began);
            }
            catch (Exception failure) // the commit stands; whoever asks next is told, and everything is inferred anew once it can be
            {
                _failure = failure;
            }
        }

        _feed.Tell(this);
    }

    private void Follow(QuadDelta delta, InferredState before)
    {
        var given = _source.Snapshot();
        if (given.Version == delta.Version && _closure!.TryApply(delta, out var added, out var removed))
        {
            Publish(InferredState.Of(_closure, given, _derived, delta.Version), () => before.Delta(_closure.Visibility, added, removed, delta));
            return;
        }

        // Versions in between were never seen by anybody: what is told is the difference.
        Infer(given);
    }

    private void Infer(IQuadSnapshot given)
    {
        var before = _state;
        if (_isFirst)
            _derived.Retire(given); // a graph below does so itself, and what it made is not what its source knows
        _failure = null;
        _closure = Closure.Of(given, _rules, _options, _derived, given.Version);
        var state = InferredState.Of(_closure, given, _derived, given.Version);
        Publish(state, () => before!.DeltaTo(state));
    }

    /// <summary>What follows from a snapshot, beside what this graph follows.</summary>
    internal InferredState InferAnew(IQuadSnapshot given, long version, Triple? also = null) =>
        InferredState.Of(Closure.Of(given, _rules, _options, _derived, version, also), given, _derived, version);

    private void Publish(InferredState state, Func<QuadDelta> delta)
    {
        var before = _state;
        Volatile.Write(ref _state, state);
        if (before is null)
            return;
        if (_feed.HasListeners)
            _feed.Enqueue(delta());
        before.Release();
    }
}
