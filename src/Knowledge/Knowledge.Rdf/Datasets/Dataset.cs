namespace Knowledge.Rdf;

/// <summary>A set of quads in memory, as terms: for results, shapes, tests and documents of a size that a person reads.</summary>
/// <remarks>A hundred bytes and more for a quad; a store is the place for many. Not safe for several threads while one of them adds.</remarks>
public sealed class Dataset : IQuadSink
{
    private readonly HashSet<Quad> _quads = [];

    /// <summary>No quads.</summary>
    public Dataset()
    {
    }

    /// <summary>These quads.</summary>
    /// <param name="quads">Quads; those that occur twice count once.</param>
    public Dataset(IEnumerable<Quad> quads) => _quads.UnionWith(quads);

    /// <summary>The quads, in no particular order.</summary>
    public IReadOnlySet<Quad> Quads => _quads;

    /// <summary>Prefixes that the readers met.</summary>
    public PrefixMap Prefixes { get; } = new();

    /// <summary>Names of the graphs that have a quad, the default graph left out.</summary>
    public IEnumerable<Term> Graphs => _quads.Select(q => q.Graph).OfType<Term>().Distinct();

    /// <summary>Reads a document.</summary>
    /// <param name="text">The document.</param>
    /// <param name="format">Its format.</param>
    /// <param name="options">Base and limits; null for the defaults.</param>
    /// <exception cref="RdfSyntaxException">The document is not what the format allows.</exception>
    public static Dataset Parse(string text, RdfFormat format, RdfReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(format);
        var dataset = new Dataset();
        format.Read(System.Text.Encoding.UTF8.GetBytes(text), dataset, options);
        return dataset;
    }

    /// <summary>Reads a file, whose format its name tells; it may be compressed with gzip.</summary>
    /// <param name="path">The file; relative IRIs are resolved against its own IRI where the options give no base.</param>
    /// <param name="options">Base and limits; null for the defaults.</param>
    /// <exception cref="RdfSyntaxException">The file is not what its format allows.</exception>
    /// <exception cref="NotSupportedException">The file's name belongs to no known format.</exception>
    public static Dataset Load(string path, RdfReaderOptions? options = null)
    {
        var dataset = new Dataset();
        RdfFormat.ReadFile(path, dataset, options);
        return dataset;
    }

    /// <summary>Adds a quad.</summary>
    /// <returns>Whether it was not there.</returns>
    public bool Add(Quad quad) => _quads.Add(quad);

    /// <summary>Adds a triple to the default graph.</summary>
    /// <returns>Whether it was not there.</returns>
    public bool Add(Triple triple) => _quads.Add(new Quad(triple.Subject, triple.Predicate, triple.Object));

    /// <summary>Takes a quad out.</summary>
    /// <returns>Whether it was there.</returns>
    public bool Remove(Quad quad) => _quads.Remove(quad);

    /// <summary>Whether a quad is there.</summary>
    public bool Contains(Quad quad) => _quads.Contains(quad);

    /// <summary>Quads of the default graph that match a pattern.</summary>
    /// <param name="subject">A term, or null for any.</param>
    /// <param name="predicate">A term, or null for any.</param>
    /// <param name="object">A term, or null for any.</param>
    /// <remarks>Cost: a look at every quad.</remarks>
    public IEnumerable<Quad> Match(Term? subject = null, Term? predicate = null, Term? @object = null) => _quads.Where(q => q.Graph is null
        && (subject is null || q.Subject == subject) && (predicate is null || q.Predicate == predicate) && (@object is null || q.Object == @object));

    /// <inheritdoc/>
    public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
        _quads.Add(new Quad(TermText.Parse(subject), TermText.Parse(predicate), TermText.Parse(@object), graph.IsEmpty ? null : TermText.Parse(graph)));

    /// <inheritdoc/>
    public void Prefix(string prefix, string iri) => Prefixes.Add(prefix, iri);
}
