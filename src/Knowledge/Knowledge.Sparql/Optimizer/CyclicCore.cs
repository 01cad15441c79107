namespace Knowledge.Sparql;

/// <summary>How cyclic parts of patterns are joined.</summary>
internal enum CyclicJoins
{
    /// <summary>As it is estimated to cost least.</summary>
    ByCost,

    /// <summary>Pattern by pattern.</summary>
    Never,

    /// <summary>All patterns of a cycle at once.</summary>
    Always,
}

/// <summary>Finds the triple patterns of a group that form cycles, and weighs joining them at once against joining them one by one.</summary>
/// <remarks>
/// Variables are nodes and patterns between two of them edges. Nodes with one neighbour are taken away until none is left: what remains are the cycles and what lies between them.
/// On cycles any order of binary joins may make far more rows than the result has; elsewhere it need not (Ngo, Porat, Ré and Rudra 2012).
/// </remarks>
internal static class CyclicCore
{
    /// <summary>The cheapest order, with the rows expected after each element.</summary>
    public static List<(JoinElement Element, double Rows)> Order(IReadOnlyList<JoinElement> elements, GroupContext context, CyclicJoins joins)
    {
        var plain = JoinOrder.Of(elements, context.Certain, context.Rows);
        var cores = joins == CyclicJoins.Never ? [] : Of(elements);
        if (cores.Count == 0)
            return plain;
        List<JoinElement> merged = [.. elements.Except(cores.SelectMany(c => c)), .. cores.Select(LeapfrogElement.Of)];
        var atOnce = JoinOrder.Of(merged, context.Certain, context.Rows);
        return joins == CyclicJoins.Always || Cost(atOnce, context) < Cost(plain, context) ? atOnce : plain;
    }

    /// <summary>Patterns of each core, with those that narrow one of its variables.</summary>
    public static List<List<ScanElement>> Of(IReadOnlyList<JoinElement> elements)
    {
        var scans = elements.OfType<ScanElement>().Where(s => s.Shape.Predicate.IsConstant).ToList();
        var edges = scans.Where(s => !s.Shape.Subject.IsConstant && !s.Shape.Object.IsConstant && s.Shape.Subject.Slot != s.Shape.Object.Slot).ToList();
        for (var before = -1; before != edges.Count;)
        {
            before = edges.Count;
            var neighbours = edges.SelectMany(e => new[] { (e.Shape.Subject.Slot, Other: e.Shape.Object.Slot), (e.Shape.Object.Slot, Other: e.Shape.Subject.Slot) })
                .Distinct().CountBy(p => p.Slot).ToDictionary();
            edges.RemoveAll(e => neighbours[e.Shape.Subject.Slot] == 1 || neighbours[e.Shape.Object.Slot] == 1);
        }

        List<List<ScanElement>> cores = [];
        while (edges.Count > 0)
        {
            var slots = edges[0].Certain;
            for (var grown = default(SlotSet); !grown.Equals(slots);)
            {
                grown = slots;
                slots = edges.Where(e => !e.Certain.Intersect(grown).IsEmpty).Aggregate(grown, (all, e) => all.Union(e.Certain));
            }

            cores.Add([.. scans.Where(s => !s.Certain.IsEmpty && s.Certain.IsSubsetOf(slots) && s.Shape.Subject.Slot != s.Shape.Object.Slot)]);
            edges.RemoveAll(e => e.Certain.IsSubsetOf(slots));
        }

        return cores;
    }

    private static double Cost(List<(JoinElement Element, double Rows)> order, GroupContext context)
    {
        var (bound, rows, cost) = (context.Certain, context.Rows, 0.0);
        foreach (var (element, after) in order)
        {
            cost += element.Estimate(bound, rows).Cost;
            bound = bound.Union(element.Certain);
            rows = after;
        }

        return cost;
    }
}
