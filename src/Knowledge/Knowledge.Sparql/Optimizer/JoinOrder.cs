using System.Numerics;

namespace Knowledge.Sparql;

/// <summary>The order in which elements of a group are joined.</summary>
/// <remarks>
/// Dynamic programming over sets of elements, left-deep (Selinger et al. 1979), up to <see cref="MaxExact"/> elements; beyond, the cheapest next one.
/// Cost is rows read and rows made. A Cartesian product is taken only where its cost is the least all the same.
/// </remarks>
internal static class JoinOrder
{
    /// <summary>Most elements for which all orders are weighed.</summary>
    public const int MaxExact = 9;

    /// <summary>The order, with the rows expected after each element.</summary>
    /// <param name="elements">The elements.</param>
    /// <param name="bound">Slots that rows have before the first.</param>
    /// <param name="rows">Number of these rows.</param>
    public static List<(JoinElement Element, double Rows)> Of(IReadOnlyList<JoinElement> elements, SlotSet bound, double rows) =>
        elements.Count switch
        {
            0 => [],
            1 => [(elements[0], elements[0].Estimate(bound, rows).Rows)],
            <= MaxExact => Exact(elements, bound, rows),
            _ => Greedy(elements, bound, rows),
        };

    private static List<(JoinElement, double)> Exact(IReadOnlyList<JoinElement> elements, SlotSet bound, double rows)
    {
        var count = 1 << elements.Count;
        var best = new (double Cost, double Rows, int Last)[count];
        var slots = new SlotSet[count];
        Array.Fill(best, (double.PositiveInfinity, 0, -1));
        best[0] = (0, rows, -1);
        slots[0] = bound;
        for (var set = 0; set < count; set++)
        {
            if (set > 0)
                slots[set] = slots[set & (set - 1)].Union(elements[BitOperations.TrailingZeroCount(set)].Certain);
            for (var next = 0; next < elements.Count; next++)
            {
                if ((set >> next & 1) != 0)
                    continue;
                var (after, cost) = elements[next].Estimate(slots[set], best[set].Rows);
                ref var entry = ref best[set | (1 << next)];
                if (best[set].Cost + cost < entry.Cost)
                    entry = (best[set].Cost + cost, after, next);
            }
        }

        var order = new List<(JoinElement, double)>();
        for (var set = count - 1; set != 0; set &= ~(1 << best[set].Last))
        {
            // Costs that overflow leave no last element: any will do.
            if (best[set].Last < 0)
                best[set].Last = BitOperations.TrailingZeroCount(set);
            order.Add((elements[best[set].Last], best[set].Rows));
        }

        order.Reverse();
        return order;
    }

    private static List<(JoinElement, double)> Greedy(IReadOnlyList<JoinElement> elements, SlotSet bound, double rows)
    {
        var left = elements.ToList();
        var order = new List<(JoinElement, double)>();
        while (left.Count > 0)
        {
            var estimates = left.ConvertAll(e => e.Estimate(bound, rows));
            var next = 0;
            for (var i = 1; i < left.Count; i++)
                if (estimates[i].Cost < estimates[next].Cost)
                    next = i;
            rows = estimates[next].Rows;
            bound = bound.Union(left[next].Certain);
            order.Add((left[next], rows));
            left.RemoveAt(next);
        }

        return order;
    }
}
