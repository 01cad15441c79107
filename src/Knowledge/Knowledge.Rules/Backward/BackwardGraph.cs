namespace Knowledge.Rules;

/// <summary>A source with what rules prove on it when it is asked: nothing is stored but the answers of goals, and those only until the source changes.</summary>
/// <remarks>So it is exact under adds and deletes, in valid time and in branches of its source. Tables are kept and shared while the source stays as it is, and cleared by every update.
/// Safe for several threads.</remarks>
internal sealed class BackwardGraph : IInferredGraph
{
    private readonly Lock _lock = new();
    private readonly IQuadSource _given;
    private readonly BackwardRules _rules;
    private readonly BackwardSetup _setup;
    private readonly DerivedTerms _derived;
    private readonly bool _isFirst;
    private readonly InferredGraph? _forward;
    private Lease? _latest;

    private BackwardGraph(IQuadSource given, InferredGraph? forward, RuleSet rules, BackwardRules parts, BackwardSetup setup)
    {
        (_given, Rules, _rules, _setup, _forward) = (given, rules, parts, setup, forward);
        (_derived, _isFirst) = DerivedTerms.Of(given) is { } below ? (below, false) : (new DerivedTerms(), true);
        foreach (var rule in parts.Backward.Concat(parts.WithNested))
            setup.Builtins.Check(rule, allowUnknown: true);
        using var snapshot = Snapshot(); // compiles the rules, so that a wrong one is found here
    }

    /// <summary>Terms that rules made.</summary>
    internal DerivedTerms Derived => _derived;

    /// <summary>What it lies on: the source, or the forward rules' graph over it.</summary>
    internal IQuadSource Source => _given;

    /// <inheritdoc/>
    public RuleSet Rules { get; }

    /// <summary>Every rule of a set, run backward over a source.</summary>
    /// <param name="source">The source; rules see and extend its default graph.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="options">Builtins, clock and output; null for the defaults.</param>
    /// <param name="backward">Limits; null for the defaults.</param>
    /// <exception cref="RuleException">A rule cannot be run backward.</exception>
    public static BackwardGraph Over(IQuadSource source, RuleSet rules, ForwardOptions? options = null, BackwardOptions? backward = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(rules);
        return new BackwardGraph(source, null, rules, BackwardRules.All(rules), Setup(options, backward));
    }

    /// <summary>The forward rules of a set run forward over a source, the others backward over that.</summary>
    /// <param name="source">The source; rules see and extend its default graph.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="options">Builtins, clock, output and limits of forward rules; null for the defaults.</param>
    /// <param name="backward">Limits of backward rules; null for the defaults.</param>
    /// <exception cref="RuleException">A rule cannot be run.</exception>
    public static BackwardGraph Hybrid(IQuadSource source, RuleSet rules, ForwardOptions? options = null, BackwardOptions? backward = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(rules);
        var forward = InferredGraph.Over(source, new RuleSet(BackwardRules.Forward(rules), rules.Prefixes), (options ?? new ForwardOptions()) with { ShowAll = true });
        try
        {
            return new BackwardGraph(forward, forward, rules, BackwardRules.Of(rules), Setup(options, backward));
        }
        catch
        {
            forward.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public long Version => _given.Version;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Prefixes => _given.Prefixes;

    /// <summary>The quads now, or at other times, with what is proved on them.</summary>
    internal BackwardSnapshot At(AsOf asOf)
    {
        lock (_lock)
        {
            if (asOf == default && _latest is { } latest && (latest.Evaluation.Version == _given.Version || _setup.Limits.Fault == EngineFault.KeepsTables))
                return new BackwardSnapshot(latest.Evaluation, latest.Taken());
            Retire();
            var own = _given.Snapshot(asOf);
            try
            {
                var lease = new Lease(new BackwardEvaluation(own, _rules, _derived, _setup, _forward?.Hidden), own);
                if (asOf != default)
                    return new BackwardSnapshot(lease.Evaluation, lease);
                _latest?.Dispose();
                _latest = lease;
                return new BackwardSnapshot(lease.Evaluation, lease.Taken());
            }
            catch
            {
                own.Dispose();
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public IQuadSnapshot Snapshot(AsOf asOf = default) => At(asOf);

    /// <inheritdoc/>
    public long Count
    {
        get
        {
            using var snapshot = At(default);
            return snapshot.Evaluation.Find(default).Count;
        }
    }

    /// <inheritdoc/>
    public long InferredCount
    {
        get
        {
            using var snapshot = At(default);
            return snapshot.Evaluation.Find(default).LongCount(t => _forward is null ? !snapshot.Evaluation.IsGiven(t) : !_forward.IsGiven(t));
        }
    }

    /// <inheritdoc/>
    public ValidityReport Validate()
    {
        if (ValidityReport.IsAskedIn(Rules))
        {
            using var given = _forward?.Validating() ?? _given.Snapshot();
            return new BackwardEvaluation(given, _rules, _derived, _setup, _forward?.Hidden, also: _forward is null ? ValidityReport.Question : null).Validate();
        }

        using var snapshot = At(default);
        return snapshot.Evaluation.Validate();
    }

    /// <inheritdoc/>
    public Proof? Explain(Triple triple)
    {
        using var snapshot = At(default);
        return snapshot.Explain([snapshot.Evaluation.Ids(triple)]) is [{ } proof] ? proof with { Prefixes = RulePrefixes.Of(this) } : null;
    }

    /// <summary>Ends following the source, where forward rules do.</summary>
    public void Dispose()
    {
        _forward?.Dispose();
        lock (_lock)
        {
            _latest?.Dispose();
            _latest = null;
        }
    }

    /// <inheritdoc/>
    /// <remarks>Cost: while somebody listens, all that is proved is worked out anew at each commit, as nothing less tells what changed.</remarks>
    public IDisposable Subscribe(Action<QuadDelta> listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        using var snapshot = At(default);
        var before = snapshot.Evaluation.Find(default).ToHashSet();
        return _given.Subscribe(delta =>
        {
            using var changed = At(default);
            var now = changed.Evaluation.Find(default).ToHashSet();
            listener(new QuadDelta(delta.Version, Changed(delta.Added, now, before), Changed(delta.Removed, before, now)));
            before = now;
        });
    }

    /// <summary>Lets terms go that the source has come to know. Tables take the source's ids for them at once; graphs that lie on this one are to do so too.</summary>
    private void Retire()
    {
        if (!_isFirst || _derived.Count == 0)
            return;
        using var now = _given.Snapshot();
        _derived.Retire(now);
    }

    /// <summary>Quads of named graphs as they were given, and of the default graph those that are in one set and not in the other.</summary>
    private static QuadIds[] Changed(ReadOnlyMemory<QuadIds> given, HashSet<TripleIds> one, HashSet<TripleIds> other) =>
        [.. given.ToArray().Where(q => !q.Graph.IsNone), .. one.Except(other).Select(t => new QuadIds(t.Subject, t.Predicate, t.Object, TermId.None))];

    private static BackwardSetup Setup(ForwardOptions? options, BackwardOptions? backward)
    {
        options ??= new ForwardOptions();
        return new BackwardSetup(options.Builtins, (backward ?? new BackwardOptions()) with { ShowGeneralized = options.ShowGeneralized }, options.Time.GetUtcNow, options.Print);
    }

    /// <summary>An evaluation with the snapshot that it reads, until nobody uses it any longer.</summary>
    private sealed class Lease(BackwardEvaluation evaluation, IQuadSnapshot own) : IDisposable
    {
        private int _users = 1;

        public BackwardEvaluation Evaluation => evaluation;

        public Lease Taken()
        {
            Interlocked.Increment(ref _users);
            return this;
        }

        public void Dispose()
        {
            if (Interlocked.Decrement(ref _users) == 0)
                own.Dispose();
        }
    }
}
