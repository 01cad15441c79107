using Knowledge.Rdf;

namespace Knowledge.Shapes;

/// <summary>Property paths from a shapes graph (SHACL, 2.3.1), one method for each production that has a choice.</summary>
internal static class PathReader
{
    /// <summary>How deep paths may stand in each other.</summary>
    public const int MaxDepth = 64;

    public static ShapePath Read(ShapesSource source, Term node) => Read(source, node, 0);

    private static ShapePath Read(ShapesSource source, Term node, int depth)
    {
        if (depth > MaxDepth)
            throw new ShapesException(node, $"Paths stand more than {MaxDepth} deep, or in each other.");
        if (node is Iri predicate)
            return new PredicatePath(predicate);
        if (source.IsList(node))
            return Several(source, node, node, depth, (a, b) => new SequencePath(a, b));
        if (source.Value(node, "inversePath") is { } inverse)
            return new InversePath(Read(source, inverse, depth + 1));
        if (source.Value(node, "alternativePath") is { } alternatives)
            return Several(source, node, alternatives, depth, (a, b) => new AlternativePath(a, b));
        if (source.Value(node, "zeroOrMorePath") is { } any)
            return new RepeatedPath(Read(source, any, depth + 1), 0, AtMostOnce: false);
        if (source.Value(node, "oneOrMorePath") is { } some)
            return new RepeatedPath(Read(source, some, depth + 1), 1, AtMostOnce: false);
        if (source.Value(node, "zeroOrOnePath") is { } one)
            return new RepeatedPath(Read(source, one, depth + 1), 0, AtMostOnce: true);
        throw new ShapesException(node, "This is no path: it must be an IRI, a list, or a blank node with one of SHACL's path properties.");
    }

    private static ShapePath Several(ShapesSource source, Term node, Term list, int depth, Func<ShapePath, ShapePath, ShapePath> combine)
    {
        var parts = source.List(list).Select(p => Read(source, p, depth + 1)).ToList();
        return parts.Count > 1 ? parts.Aggregate(combine) : throw new ShapesException(node, "A sequence or an alternative of paths needs at least two.");
    }
}
