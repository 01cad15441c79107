namespace Knowledge.Memory;

/// <summary>Facts around entities, breadth first.</summary>
internal static class Neighbourhood
{
    /// <summary>Facts within some steps of entities.</summary>
    /// <param name="snapshot">Where they are looked for, in the default graph.</param>
    /// <param name="seeds">The entities.</param>
    /// <param name="options">Steps and limits.</param>
    /// <param name="isFollowed">Whether an object may be gone on from; literals may not.</param>
    /// <returns>Facts with the number of steps before them and the place of the fact that led to them, or -1; each once, nearer ones first.</returns>
    public static List<(QuadIds Fact, int Hop, int Via)> Of(IQuadSnapshot snapshot, IReadOnlyList<TermId> seeds, RecallOptions options, Func<TermId, bool> isFollowed)
    {
        var predicates = snapshot.Predicates(default);
        var facts = new List<(QuadIds Fact, int Hop, int Via)>();
        var seen = new HashSet<QuadIds>();
        var visited = new HashSet<TermId>(seeds);
        var frontier = seeds.Select(s => (Entity: s, Via: -1)).ToList();
        for (var hop = 0; hop < options.Hops && frontier.Count > 0; hop++)
        {
            List<(TermId Entity, int Via)> next = [];
            foreach (var from in frontier)
            {
                foreach (var counts in predicates)
                {
                    Visit(from, counts.Predicate, PairOrder.SubjectObject, hop, next);
                    Visit(from, counts.Predicate, PairOrder.ObjectSubject, hop, next);
                }
            }

            frontier = next;
        }

        return facts;

        void Visit((TermId Entity, int Via) from, TermId predicate, PairOrder order, int hop, List<(TermId Entity, int Via)> next)
        {
            var left = options.MaxFan;
            using var cursor = snapshot.Pairs(default, predicate, order, from.Entity);
            for (var block = cursor.Next(); !block.IsEmpty && left > 0; block = cursor.Next())
            {
                foreach (var pair in block)
                {
                    if (left-- == 0)
                        return;
                    var other = PackedPair.Second(pair);
                    var fact = order == PairOrder.SubjectObject ? new QuadIds(from.Entity, predicate, other, default) : new QuadIds(other, predicate, from.Entity, default);
                    if (seen.Add(fact))
                        facts.Add((fact, hop, from.Via));
                    // What is seen already was led to by a shorter way, or by one that was found first.
                    if (visited.Count < options.MaxEntities && isFollowed(other) && visited.Add(other))
                        next.Add((other, facts.Count - 1));
                }
            }
        }
    }
}
