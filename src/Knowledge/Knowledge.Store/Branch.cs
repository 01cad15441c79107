namespace Knowledge.Store;

/// <summary>A what-if: quads as they were when it was forked, with changes of its own. It lives in memory until it is merged or disposed.</summary>
public sealed class Branch : QuadDataset, IForkedSource
{
    private readonly QuadDataset _parent;
    private readonly StoreState _fork;

    internal Branch(QuadDataset parent, StoreState state)
        : base(state, parent.Dictionary, parent.Time)
    {
        _parent = parent;
        _fork = state;
    }

    /// <inheritdoc/>
    IQuadSource IForkedSource.Origin => _parent;

    /// <inheritdoc/>
    long IForkedSource.OriginVersion => _fork.Version;

    /// <summary>Makes this branch's changes in the data set that it was forked from, in one transaction, and ends the branch.</summary>
    /// <returns>The version of that data set after it.</returns>
    /// <exception cref="MergeConflictException">Both changed what is believed of the same quads, and differently; nothing is merged, and the branch goes on.</exception>
    /// <exception cref="StoreBusyException">A transaction of either was not done in time.</exception>
    public long Merge()
    {
        var version = MergeNow();
        _parent.Tell();
        return version;
    }

    /// <inheritdoc/>
    private protected override void Keep(StateEdit edit, StoreState next)
    {
        // Nothing of a branch is kept before it is merged.
    }

    private long MergeNow()
    {
        var wait = TimeSpan.FromSeconds(30);
        Enter(wait);
        try
        {
            _parent.Enter(wait);
            try
            {
                var target = _parent.Advanced();
                var beliefs = Touched();
                var conflicts = beliefs.Where(b => target.Belief(b.Key) is var there && !there.Equals(b.Value) && !there.Equals(_fork.Belief(b.Key))).Select(b => b.Key).ToList();
                if (conflicts.Count > 0)
                    throw new MergeConflictException(conflicts);
                var own = Published.Prefixes.Where(p => !_fork.Prefixes.Contains(p));
                var version = _parent.Commit(edit => BeliefSet.Apply(beliefs, edit), target.Prefixes.SetItems(own));
                Dispose();
                return version;
            }
            finally
            {
                _parent.Leave();
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>What is believed here of each quad that was changed since the fork.</summary>
    private Dictionary<QuadIds, ValidTimes> Touched()
    {
        Dictionary<QuadIds, ValidTimes> beliefs = [];
        Touched(beliefs, 0, Published.DefaultGraph);
        foreach (var (graph, state) in Published.NamedGraphs)
            if (!ReferenceEquals(state, _fork.Graph(graph)))
                Touched(beliefs, graph, state);
        return beliefs;
    }

    private void Touched(Dictionary<QuadIds, ValidTimes> beliefs, uint graph, GraphState state)
    {
        for (var i = 0; i < state.Predicates.Length; i++)
        {
            var predicate = state.States[i];
            for (var change = predicate.Past; change is not null && change.Version > _fork.Version; change = change.Previous)
            {
                foreach (var pair in change.Born)
                    beliefs[Quad(pair, state.Predicates[i])] = predicate.Belief(pair);
                foreach (var pair in change.Gone)
                    beliefs[Quad(pair, state.Predicates[i])] = predicate.Belief(pair);
                foreach (var timed in change.Timed)
                    beliefs[Quad(timed.Pair, state.Predicates[i])] = predicate.Belief(timed.Pair);
            }
        }

        QuadIds Quad(ulong pair, uint predicate) => new(PackedPair.First(pair), new TermId(predicate), PackedPair.Second(pair), new TermId(graph));
    }
}

/// <summary>A branch and the data set that it was forked from changed the same quads differently.</summary>
/// <param name="quads">The quads.</param>
public sealed class MergeConflictException(IReadOnlyList<QuadIds> quads)
    : StoreException($"{quads.Count} quads were changed both in the branch and in the data set that it was forked from, and differently. Take the changes of one of the two back, then merge again.")
{
    /// <summary>The quads that both changed.</summary>
    public IReadOnlyList<QuadIds> Quads => quads;
}
