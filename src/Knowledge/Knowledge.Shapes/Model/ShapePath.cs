using Knowledge.Rdf;

namespace Knowledge.Shapes;

/// <summary>A property path of SHACL (SHACL, 2.3.1). Its text is that of SPARQL.</summary>
public abstract record ShapePath
{
    private protected ShapePath()
    {
    }

    /// <summary>Nodes at the path's end, each once, in the order in which they are met.</summary>
    /// <param name="data">The graph.</param>
    /// <param name="from">Where the path begins, or with <paramref name="backward"/> ends.</param>
    /// <param name="backward">Whether the path is gone from its end.</param>
    internal abstract IEnumerable<Term> Follow(GraphView data, Term from, bool backward = false);

    private protected static IEnumerable<Term> Closure(GraphView data, ShapePath step, IEnumerable<Term> start, bool backward)
    {
        var seen = new HashSet<Term>();
        var open = new Queue<Term>();
        foreach (var node in start)
            if (seen.Add(node))
                open.Enqueue(node);
        while (open.TryDequeue(out var node))
        {
            yield return node;
            foreach (var next in step.Follow(data, node, backward))
                if (seen.Add(next))
                    open.Enqueue(next);
        }
    }
}

/// <summary>One step along a predicate.</summary>
/// <param name="Predicate">Its IRI.</param>
public sealed record PredicatePath(Iri Predicate) : ShapePath
{
    /// <inheritdoc/>
    public override string ToString() => Predicate.ToString();

    internal override IEnumerable<Term> Follow(GraphView data, Term from, bool backward = false) =>
        backward ? data.Subjects(Predicate, from) : from is Literal ? [] : data.Objects(from, Predicate);
}

/// <summary>A path from its end.</summary>
/// <param name="Path">The path.</param>
public sealed record InversePath(ShapePath Path) : ShapePath
{
    /// <inheritdoc/>
    public override string ToString() => $"^({Path})";

    internal override IEnumerable<Term> Follow(GraphView data, Term from, bool backward = false) => Path.Follow(data, from, !backward);
}

/// <summary>Two paths in a row.</summary>
/// <param name="First">The first.</param>
/// <param name="Second">The second.</param>
public sealed record SequencePath(ShapePath First, ShapePath Second) : ShapePath
{
    /// <inheritdoc/>
    public override string ToString() => $"({First}/{Second})";

    internal override IEnumerable<Term> Follow(GraphView data, Term from, bool backward = false)
    {
        var (one, other) = backward ? (Second, First) : (First, Second);
        return one.Follow(data, from, backward).SelectMany(n => other.Follow(data, n, backward)).Distinct();
    }
}

/// <summary>One path or another.</summary>
/// <param name="First">The one.</param>
/// <param name="Second">The other.</param>
public sealed record AlternativePath(ShapePath First, ShapePath Second) : ShapePath
{
    /// <inheritdoc/>
    public override string ToString() => $"({First}|{Second})";

    internal override IEnumerable<Term> Follow(GraphView data, Term from, bool backward = false) => First.Follow(data, from, backward).Union(Second.Follow(data, from, backward));
}

/// <summary>A path several times.</summary>
/// <param name="Path">The path.</param>
/// <param name="Least">How often at least: 0 or 1.</param>
/// <param name="AtMostOnce">Whether at most once.</param>
public sealed record RepeatedPath(ShapePath Path, int Least, bool AtMostOnce) : ShapePath
{
    /// <inheritdoc/>
    public override string ToString() => $"({Path}){(AtMostOnce ? "?" : Least == 0 ? "*" : "+")}";

    internal override IEnumerable<Term> Follow(GraphView data, Term from, bool backward = false) =>
        AtMostOnce ? Path.Follow(data, from, backward).Prepend(from).Distinct() : Closure(data, Path, Least == 0 ? [from] : Path.Follow(data, from, backward), backward);
}
