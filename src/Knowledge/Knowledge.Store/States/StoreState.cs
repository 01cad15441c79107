using System.Collections.Immutable;

namespace Knowledge.Store;

/// <summary>All that a data set is at one version. Unchanging: a snapshot is a reference to it, and so is a what-if branch before its first change.</summary>
/// <param name="Version">Number of the version.</param>
/// <param name="Time">When its transaction committed, in UTC ticks.</param>
/// <param name="Moment">The valid time, in UTC ticks, that the columns show.</param>
/// <param name="DefaultGraph">The default graph.</param>
/// <param name="NamedGraphs">The others, by the id of their name.</param>
/// <param name="Bounds">Bounds of valid times after <paramref name="Moment"/>: when one comes, its quad begins or ends to hold.</param>
internal sealed record StoreState(
    long Version, long Time, long Moment, GraphState DefaultGraph, ImmutableSortedDictionary<uint, GraphState> NamedGraphs, ImmutableSortedSet<Bound> Bounds)
{
    /// <summary>Nothing.</summary>
    public static readonly StoreState Empty = new(0, 0, ValidTimes.Ever, GraphState.Empty, ImmutableSortedDictionary<uint, GraphState>.Empty, ImmutableSortedSet<Bound>.Empty);

    private GraphNames? _graphs;

    /// <summary>Prefixes and their IRIs.</summary>
    public ImmutableSortedDictionary<string, string> Prefixes { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The earliest time, in UTC ticks, of which it is known what was believed then.</summary>
    public long Horizon { get; init; } = ValidTimes.Ever;

    /// <summary>Names of the graphs that have quads.</summary>
    public IReadOnlyList<TermId> Graphs
    {
        get
        {
            var names = _graphs;
            if (names is null || !ReferenceEquals(names.Of, NamedGraphs)) // a copy of this record brings the names of the old graphs along
                _graphs = names = new GraphNames(NamedGraphs, [.. NamedGraphs.Where(g => g.Value.Triples > 0).Select(g => new TermId(g.Key))]);
            return names.Names;
        }
    }

    /// <summary>Number of quads that hold.</summary>
    public long Quads => DefaultGraph.Triples + NamedGraphs.Values.Sum(g => g.Triples);

    /// <summary>A graph; an unknown one is empty.</summary>
    public GraphState Graph(uint graph) => graph == 0 ? DefaultGraph : NamedGraphs.GetValueOrDefault(graph, GraphState.Empty);

    /// <summary>When a quad is believed to be so.</summary>
    public ValidTimes Belief(QuadIds quad) => Graph(quad.Graph.Value)[quad.Predicate.Value].Belief(PackedPair.Of(quad.Subject, quad.Object));

    /// <summary>The same, but what was believed before a time is forgotten.</summary>
    public StoreState Forgetting(long before) => before <= Horizon ? this : this with
    {
        Horizon = before,
        DefaultGraph = DefaultGraph.Forgetting(before),
        NamedGraphs = NamedGraphs.Select(g => KeyValuePair.Create(g.Key, g.Value.Forgetting(before))).Where(g => !g.Value.Predicates.IsEmpty).ToImmutableSortedDictionary(),
    };

    /// <summary>The same with every column in one piece.</summary>
    public StoreState Flattened() => this with
    {
        DefaultGraph = DefaultGraph.Flattened(),
        NamedGraphs = NamedGraphs.SetItems(NamedGraphs.Select(g => KeyValuePair.Create(g.Key, g.Value.Flattened()))),
    };

    /// <summary>What was believed of a quad, by the time it was known.</summary>
    public IReadOnlyList<BelievedInterval> History(QuadIds quad) =>
        BelievedInterval.Of(Graph(quad.Graph.Value)[quad.Predicate.Value], PackedPair.Of(quad.Subject, quad.Object), Horizon);

    private sealed record GraphNames(ImmutableSortedDictionary<uint, GraphState> Of, TermId[] Names);
}

/// <summary>A time at which a quad begins or ends to hold.</summary>
/// <param name="Ticks">The time, in UTC ticks.</param>
/// <param name="Graph">Graph of the quad.</param>
/// <param name="Predicate">Its predicate.</param>
/// <param name="Pair">Its subject and object.</param>
internal readonly record struct Bound(long Ticks, uint Graph, uint Predicate, ulong Pair) : IComparable<Bound>
{
    /// <inheritdoc/>
    public int CompareTo(Bound other) => (Ticks, Graph, Predicate, Pair).CompareTo((other.Ticks, other.Graph, other.Predicate, other.Pair));
}
