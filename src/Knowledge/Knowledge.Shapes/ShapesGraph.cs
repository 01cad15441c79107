using Knowledge.Rdf;

namespace Knowledge.Shapes;

/// <summary>Shapes of SHACL, read once and used to validate any number of times, by several threads at once.</summary>
/// <remarks>Source: Shapes Constraint Language (SHACL), W3C Recommendation of 20 July 2017: the core language and SPARQL-based constraints.</remarks>
public sealed class ShapesGraph
{
    private ShapesGraph(ShapesReader reader) => Targets = reader.Targets();

    /// <summary>Shapes that have targets, with these.</summary>
    internal IReadOnlyList<(Shape Shape, IReadOnlyList<Target> Targets)> Targets { get; }

    /// <summary>Reads shapes.</summary>
    /// <param name="quads">Triples of the shapes graph; names of graphs are not looked at, and imports not followed.</param>
    /// <exception cref="ShapesException">A shape is not what SHACL allows.</exception>
    public static ShapesGraph Parse(IEnumerable<Quad> quads)
    {
        ArgumentNullException.ThrowIfNull(quads);
        return new ShapesGraph(new ShapesReader(new ShapesSource(quads)));
    }

    /// <summary>Reads shapes from a graph of a source.</summary>
    /// <param name="snapshot">The quads.</param>
    /// <param name="graph">Name of the shapes graph, or null for the default graph.</param>
    /// <exception cref="ShapesException">A shape is not what SHACL allows.</exception>
    /// <exception cref="ArgumentException">The source has no such graph.</exception>
    public static ShapesGraph Read(IQuadSnapshot snapshot, Iri? graph = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return Parse(GraphView.Of(snapshot, graph).Triples());
    }

    /// <summary>Validates data.</summary>
    /// <param name="snapshot">The quads.</param>
    /// <param name="options">Which graph, and limits; null for the defaults.</param>
    /// <exception cref="ShapesException">A SPARQL constraint failed.</exception>
    /// <exception cref="ValidationLimitException">A limit of the options was reached.</exception>
    /// <exception cref="ArgumentException">The source has not the graph that the options name.</exception>
    public ValidationReport Validate(IQuadSnapshot snapshot, ValidationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return new Validation(snapshot, this, options ?? new ValidationOptions()).Run();
    }

    /// <summary>Validates the data that a source has now.</summary>
    /// <param name="source">The quads.</param>
    /// <param name="options">Which graph, and limits; null for the defaults.</param>
    /// <exception cref="ShapesException">A SPARQL constraint failed.</exception>
    /// <exception cref="ValidationLimitException">A limit of the options was reached.</exception>
    public ValidationReport Validate(IQuadSource source, ValidationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var snapshot = source.Snapshot();
        return Validate(snapshot, options);
    }
}
