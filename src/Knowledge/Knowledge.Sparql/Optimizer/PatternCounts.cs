using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Exact counts of one triple pattern, and what follows from them for rows that bind some of its variables.</summary>
/// <param name="Matches">Triples that match the constants.</param>
/// <param name="Subjects">Distinct subjects among the triples of the predicate; of all triples where it is free, at most.</param>
/// <param name="Objects">Distinct objects, likewise.</param>
/// <param name="Predicates">Number of predicates; 1 where it is given.</param>
internal readonly record struct PatternCounts(double Matches, double Subjects, double Objects, double Predicates)
{
    /// <summary>Counts a pattern in a union of graphs.</summary>
    public static PatternCounts Of(GraphView view, uint[] graphs, Place subject, Place predicate, Place @object)
    {
        if (Missing(subject) || Missing(predicate) || Missing(@object) || graphs.Length == 0)
            return new PatternCounts(0, 1, 1, 1);
        var matches = view.Count(graphs, Known(subject), Known(predicate), Known(@object));
        if (predicate.IsConstant)
        {
            var (subjects, objects) = (0L, 0L);
            foreach (var graph in graphs)
            {
                var counts = Find(view.Snapshot.Predicates(new TermId(graph)), new TermId((uint)predicate.Id));
                subjects += counts.Subjects;
                objects += counts.Objects;
            }

            return new PatternCounts(matches, Math.Max(1, subjects), Math.Max(1, objects), 1);
        }

        var all = graphs.SelectMany(g => view.Snapshot.Predicates(new TermId(g))).ToList();
        return new PatternCounts(matches, Math.Max(1, all.Sum(p => p.Subjects) / 2), Math.Max(1, all.Sum(p => p.Objects) / 2), Math.Max(1, all.Count));
    }

    private static bool Missing(Place place) => place.IsConstant && !TermPool.IsOfSource(place.Id);

    private static uint Known(Place place) => place.IsConstant ? (uint)place.Id : 0;

    // Ascending by predicate: binary search.
    private static PredicateCounts Find(IReadOnlyList<PredicateCounts> counts, TermId predicate)
    {
        var (low, high) = (0, counts.Count);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (counts[middle].Predicate < predicate)
                low = middle + 1;
            else
                high = middle;
        }

        return low < counts.Count && counts[low].Predicate == predicate ? counts[low] : default;
    }

    /// <summary>Expected matches for one row.</summary>
    public double RowsFor(bool hasSubject, bool hasPredicate, bool hasObject)
    {
        var rows = Matches;
        if (hasSubject)
            rows /= Subjects;
        if (hasObject)
            rows /= Objects;
        if (hasPredicate)
            rows /= Predicates;
        return rows;
    }
}
