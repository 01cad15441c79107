namespace Knowledge.Rules;

/// <summary>A source with what rules prove on it when it is asked: nothing is stored but the answers of goals, and those only until the source changes.</summary>
/// <remarks>So it is exact under adds and deletes, in valid time and in branches of its source. Tables are kept and shared while the source stays as it is, and cleared by every update.
/// Safe for several threads.</remarks>
public sealed class BackwardGraph : IQuadSource
{
    private readonly Lock _lock = new();
    private readonly IQuadSource _given;
    private readonly BackwardRules _rules;
    private readonly BackwardSetup _setup;
    private readonly DerivedTerms _derived = new();
    private Lease? _latest;

    /// <summary>Rules over a source.</summary>
    /// <param name="given">Given quads, unfiltered; rules see and extend the default graph.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="setup">Builtins, limits and the like.</param>
    /// <exception cref="RuleException">A rule cannot be run backward.</exception>
    internal BackwardGraph(IQuadSource given, BackwardRules rules, BackwardSetup setup)
    {
        (_given, _rules, _setup) = (given, rules, setup);
        foreach (var rule in rules.Backward.Concat(rules.WithNested))
            setup.Builtins.Check(rule, allowUnknown: true);
        using var snapshot = Snapshot(); // compiles the rules, so that a wrong one is found here
    }

    /// <summary>Every rule of a set, run backward over a source.</summary>
    /// <param name="source">The source; rules see and extend its default graph.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="RuleException">A rule cannot be run backward.</exception>
    public static BackwardGraph Over(IQuadSource source, RuleSet rules, BackwardOptions? options = null) =>
        new(source, BackwardRules.All(rules), new BackwardSetup(BuiltinRegistry.Default, options ?? new BackwardOptions(), () => TimeProvider.System.GetUtcNow(), null));

    /// <inheritdoc/>
    public long Version => _given.Version;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Prefixes => _given.Prefixes;

    /// <summary>The quads now, or at other times, with what is proved on them.</summary>
    internal BackwardSnapshot At(AsOf asOf)
    {
        lock (_lock)
        {
            if (asOf == default && _latest is { } latest && latest.Evaluation.Version == _given.Version)
                return new BackwardSnapshot(latest.Evaluation, latest.Taken());
            var own = _given.Snapshot(asOf);
            try
            {
                var lease = new Lease(new BackwardEvaluation(own, _rules, _derived, _setup), own);
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

    /// <summary>What the rules find to be wrong with the data.</summary>
    public ValidityReport Validate()
    {
        using var snapshot = At(default);
        return snapshot.Evaluation.Validate();
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

    /// <summary>Quads of named graphs as they were given, and of the default graph those that are in one set and not in the other.</summary>
    private static QuadIds[] Changed(ReadOnlyMemory<QuadIds> given, HashSet<TripleIds> one, HashSet<TripleIds> other) =>
        [.. given.ToArray().Where(q => !q.Graph.IsNone), .. one.Except(other).Select(t => new QuadIds(t.Subject, t.Predicate, t.Object, TermId.None))];

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
