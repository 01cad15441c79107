using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Templates with terms in the place of variables.</summary>
internal static class TemplateTriples
{
    /// <summary>The triples of CONSTRUCT, each once.</summary>
    public static IEnumerable<Triple> Construct(QueryRun run, IReadOnlyList<TriplePattern> template)
    {
        var seen = new HashSet<Triple>();
        foreach (var batch in run.Batches())
        {
            for (var row = 0; row < batch.Count; row++)
            {
                var solution = new TemplateSolution(run, batch, row);
                foreach (var pattern in template)
                {
                    if (solution.Triple(pattern) is not { } triple || !seen.Add(triple))
                        continue;
                    run.Execution.Session.Allocate(64);
                    yield return triple;
                }
            }
        }
    }
}

/// <summary>One solution as templates see it; its blank nodes are new ones.</summary>
internal sealed class TemplateSolution(QueryRun run, Batch batch, int row)
{
    private readonly Dictionary<string, BlankNode> _blanks = [];

    /// <summary>The triple of a pattern; null where a variable is unbound or a term cannot stand where it would.</summary>
    public Triple? Triple(TriplePattern pattern) =>
        Term(pattern.Subject) is (Iri or BlankNode) and var s && Term(pattern.Predicate!) is Iri p && Term(pattern.Object) is { } o ? new Triple(s, p, o) : null;

    /// <summary>The term of a pattern's position; null where it has none.</summary>
    public Term? Term(PatternTerm term)
    {
        switch (term)
        {
            case Constant constant:
                return constant.Value;
            case Variable { IsVisible: true } variable:
                return run.Execution.Id(batch, run.Sets[variable.Name], row) is var id and not 0 ? run.Execution.Pool.Decode(id) : null;
            case Variable blank:
                if (!_blanks.TryGetValue(blank.Name, out var node))
                    _blanks.Add(blank.Name, node = run.Execution.Session.NewBlankNode());
                return node;
            case TripleTermPattern triple:
                return Term(triple.Subject) is (Iri or BlankNode) and var s && Term(triple.Predicate) is Iri p && Term(triple.Object) is { } o ? new TripleTerm(s, p, o) : null;
            default:
                return null;
        }
    }
}

/// <summary>DESCRIBE: the concise bounded description, which is the triples about a resource and about the blank nodes that they lead to.</summary>
internal static class Description
{
    /// <summary>The triples about resources.</summary>
    /// <param name="run">The query.</param>
    /// <param name="described">Resources and variables; null for all variables.</param>
    /// <param name="visible">All variables.</param>
    public static IEnumerable<Triple> Of(QueryRun run, IReadOnlyList<PatternTerm>? described, IEnumerable<string> visible)
    {
        var waiting = new Queue<ulong>();
        var known = new HashSet<ulong>();
        var (pool, view) = (run.Execution.Pool, run.Execution.View);
        var terms = described ?? [.. visible.Select(v => new Variable(v))];
        foreach (var constant in terms.OfType<Constant>())
            if (pool.Encode(constant.Value) is var id && known.Add(id))
                waiting.Enqueue(id);
        foreach (var batch in run.Batches())
            foreach (var variable in terms.OfType<Variable>())
                for (var row = 0; row < batch.Count; row++)
                    if (batch[run.Sets[variable.Name], row] is var id and not 0 && known.Add(id))
                        waiting.Enqueue(id);
        var seen = new HashSet<Triple>();
        while (waiting.TryDequeue(out var subject))
        {
            run.Execution.Session.Check();
            run.Execution.Session.Allocate(64);
            if (!TermPool.IsOfSource(subject))
                continue;
            foreach (var (predicate, value) in About(view, (uint)subject))
            {
                if (pool.Kind(value) == TermKind.BlankNode && known.Add(value))
                    waiting.Enqueue(value);
                var triple = new Triple(pool.Decode(subject), pool.Decode(predicate), pool.Decode(value));
                if (seen.Add(triple))
                    yield return triple;
            }
        }
    }

    private static List<(ulong Predicate, ulong Object)> About(GraphView view, uint subject)
    {
        var found = new List<(ulong, ulong)>();
        if (view.DefaultGraphs.Length == 0)
            return found;
        foreach (var counts in view.Predicates(view.DefaultGraphs))
        {
            using var cursor = view.Pairs(view.DefaultGraphs, counts.Predicate.Value, PairOrder.SubjectObject, subject);
            for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
                foreach (var pair in block)
                    found.Add((counts.Predicate.Value, (uint)pair));
        }

        return found;
    }
}
