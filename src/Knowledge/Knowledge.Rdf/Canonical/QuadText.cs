namespace Knowledge.Rdf.Canonical;

/// <summary>A quad as canonical texts of its terms; the graph is empty for the default graph.</summary>
internal sealed record QuadText(string Subject, string Predicate, string Object, string Graph)
{
    /// <summary>Labels of blank nodes with their positions; predicates are never blank.</summary>
    public IEnumerable<(string Label, char Position)> Positions
    {
        get
        {
            if (IsBlank(Subject))
                yield return (Subject[2..], 's');
            if (IsBlank(Object))
                yield return (Object[2..], 'o');
            if (IsBlank(Graph))
                yield return (Graph[2..], 'g');
        }
    }

    public IEnumerable<string> BlankNodes => Positions.Select(p => p.Label);

    public static QuadText Of(Quad quad)
    {
        if (quad.Subject is TripleTerm || quad.Object is TripleTerm)
            throw new NotSupportedException($"{quad} has a triple term; RDFC-1.0 is defined for RDF 1.1.");
        return new QuadText(quad.Subject.ToString(), quad.Predicate.ToString(), quad.Object.ToString(), quad.Graph?.ToString() ?? "");
    }

    /// <summary>The quad as a line of canonical N-Quads.</summary>
    /// <param name="relabel">From a label of the input to the text of the blank node, with <c>_:</c>.</param>
    public string Line(Func<string, string> relabel)
    {
        var graph = Graph.Length == 0 ? "" : Text(Graph, relabel) + " ";
        return $"{Text(Subject, relabel)} {Predicate} {Text(Object, relabel)} {graph}.\n";
    }

    private static string Text(string term, Func<string, string> relabel) => IsBlank(term) ? relabel(term[2..]) : term;

    private static bool IsBlank(string term) => term.StartsWith("_:", StringComparison.Ordinal);
}
