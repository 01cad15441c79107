namespace Knowledge.Store;

/// <summary>The predicates of one graph, ascending by id. Unchanging.</summary>
internal sealed class GraphState
{
    /// <summary>A graph without predicates.</summary>
    public static readonly GraphState Empty = new([], []);

    private readonly uint[] _ids;
    private readonly PredicateState[] _states;
    private PredicateCounts[]? _counts;

    private GraphState(uint[] ids, PredicateState[] states)
    {
        _ids = ids;
        _states = states;
        foreach (var state in states)
            Triples += state.BySubject.Count;
    }

    /// <summary>Number of triples that hold.</summary>
    public long Triples { get; }

    /// <summary>Ids of all predicates that hold now or did once, ascending.</summary>
    public ReadOnlySpan<uint> Predicates => _ids;

    /// <summary>Their states.</summary>
    public ReadOnlySpan<PredicateState> States => _states;

    /// <summary>Exact counts of the predicates that hold.</summary>
    public IReadOnlyList<PredicateCounts> Counts => _counts ??= [.. _ids.Zip(_states).Where(p => p.Second.BySubject.Count > 0)
        .Select(p => new PredicateCounts(new TermId(p.First), p.Second.BySubject.Count, p.Second.BySubject.Distinct, p.Second.ByObject.Distinct))];

    /// <summary>The state of a predicate; that of an unknown one is empty.</summary>
    public PredicateState this[uint predicate]
    {
        get
        {
            var at = _ids.AsSpan().BinarySearch(predicate);
            return at < 0 ? PredicateState.Empty : _states[at];
        }
    }

    /// <summary>This graph with other states for some predicates.</summary>
    /// <param name="changed">Ascending by id; each is there or becomes so.</param>
    public GraphState With(IReadOnlyList<(uint Predicate, PredicateState State)> changed)
    {
        var added = changed.Count(c => _ids.AsSpan().BinarySearch(c.Predicate) < 0);
        var ids = added == 0 ? _ids : new uint[_ids.Length + added];
        var states = new PredicateState[ids.Length];
        if (added == 0)
        {
            _states.CopyTo(states, 0);
            foreach (var (predicate, state) in changed)
                states[ids.AsSpan().BinarySearch(predicate)] = state;
            return new GraphState(ids, states);
        }

        int old = 0, to = 0;
        foreach (var (predicate, state) in changed)
        {
            for (; old < _ids.Length && _ids[old] < predicate; old++, to++)
                (ids[to], states[to]) = (_ids[old], _states[old]);
            if (old < _ids.Length && _ids[old] == predicate)
                old++;
            (ids[to], states[to++]) = (predicate, state);
        }

        for (; old < _ids.Length; old++, to++)
            (ids[to], states[to]) = (_ids[old], _states[old]);
        return new GraphState(ids, states);
    }

    /// <summary>The same, but what was believed before a time is forgotten; predicates of which nothing is left are too.</summary>
    public GraphState Forgetting(long before)
    {
        List<(uint Predicate, PredicateState State)> kept = [];
        for (var i = 0; i < _ids.Length; i++)
        {
            var state = _states[i] with { Past = Change.Since(_states[i].Past, before) };
            if (state.BySubject.Count > 0 || state.Timed is not null || state.Past is not null)
                kept.Add((_ids[i], state));
        }

        return Empty.With(kept);
    }

    /// <summary>The same with every column in one piece.</summary>
    public GraphState Flattened() => new(_ids, Array.ConvertAll(_states, s => s with { BySubject = s.BySubject.Flattened(), ByObject = s.ByObject.Flattened() }));
}
