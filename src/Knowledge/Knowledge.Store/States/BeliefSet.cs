namespace Knowledge.Store;

/// <summary>Beliefs of single quads, given to a step by graph and predicate.</summary>
internal static class BeliefSet
{
    /// <summary>Sets beliefs.</summary>
    /// <param name="beliefs">When each quad is believed to be so.</param>
    /// <param name="edit">The step.</param>
    public static void Apply(IReadOnlyDictionary<QuadIds, ValidTimes> beliefs, StateEdit edit)
    {
        if (beliefs.Count == 0)
            return;
        var sorted = new (uint Graph, uint Predicate, ulong Pair, ValidTimes After)[beliefs.Count];
        var at = 0;
        foreach (var (quad, after) in beliefs)
            sorted[at++] = (quad.Graph.Value, quad.Predicate.Value, PackedPair.Of(quad.Subject, quad.Object), after);
        Array.Sort(sorted, (a, b) => a.Graph != b.Graph ? a.Graph.CompareTo(b.Graph) : a.Predicate != b.Predicate ? a.Predicate.CompareTo(b.Predicate) : a.Pair.CompareTo(b.Pair));
        var group = new List<(ulong Pair, ValidTimes After)>();
        for (var i = 0; i < sorted.Length; i++)
        {
            group.Add((sorted[i].Pair, sorted[i].After));
            if (i + 1 < sorted.Length && (sorted[i + 1].Graph, sorted[i + 1].Predicate) == (sorted[i].Graph, sorted[i].Predicate))
                continue;
            edit.Set(sorted[i].Graph, sorted[i].Predicate, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(group));
            group.Clear();
        }
    }
}
