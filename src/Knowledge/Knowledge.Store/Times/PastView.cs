using System.Collections.Immutable;

namespace Knowledge.Store;

/// <summary>States as they were believed at another time, or about another time.</summary>
internal static class PastView
{
    /// <summary>A state seen at other times.</summary>
    /// <param name="state">The newest state.</param>
    /// <param name="valid">About which time, in UTC ticks.</param>
    /// <param name="known">As it was believed when, in UTC ticks; <see cref="ValidTimes.Forever"/> for now.</param>
    /// <remarks>Cost: what was changed after <paramref name="known"/>, and the quads that have valid times.</remarks>
    public static StoreState Of(StoreState state, long valid, long known)
    {
        var named = state.NamedGraphs.ToBuilder();
        foreach (var (graph, view) in state.NamedGraphs)
            named[graph] = Of(view, valid, known);
        return state with { DefaultGraph = Of(state.DefaultGraph, valid, known), NamedGraphs = named.ToImmutable() };
    }

    private static GraphState Of(GraphState graph, long valid, long known)
    {
        List<(uint Predicate, PredicateState State)> changed = [];
        for (var i = 0; i < graph.Predicates.Length; i++)
        {
            var view = Of(graph.States[i], valid, known);
            if (!ReferenceEquals(view, graph.States[i]))
                changed.Add((graph.Predicates[i], view));
        }

        return changed.Count == 0 ? graph : graph.With(changed);
    }

    private static PredicateState Of(PredicateState state, long valid, long known)
    {
        Dictionary<ulong, ValidTimes> beliefs = [];
        for (var change = state.Past; change is not null && change.Time > known; change = change.Previous)
        {
            foreach (var pair in change.Born)
                beliefs[pair] = ValidTimes.Never;
            foreach (var pair in change.Gone)
                beliefs[pair] = ValidTimes.Always;
            foreach (var timed in change.Timed)
                beliefs[timed.Pair] = timed.Before;
        }

        foreach (var (pair, times) in state.Timed ?? ImmutableSortedDictionary<ulong, ValidTimes>.Empty)
            beliefs.TryAdd(pair, times);
        List<ulong> added = [], removed = [];
        foreach (var (pair, times) in beliefs)
        {
            var holds = state.BySubject.Contains(pair);
            if (holds != times.Contains(valid))
                (holds ? removed : added).Add(pair);
        }

        added.Sort();
        removed.Sort();
        return state.WithPairs([.. added], [.. removed]);
    }
}
