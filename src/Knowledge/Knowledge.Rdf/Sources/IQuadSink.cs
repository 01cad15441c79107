namespace Knowledge.Rdf;

/// <summary>Takes what a reader finds.</summary>
public interface IQuadSink
{
    /// <summary>One quad, as canonical texts (see <see cref="TermText"/>).</summary>
    /// <param name="subject">Subject; valid during the call alone, as are the others.</param>
    /// <param name="predicate">Predicate.</param>
    /// <param name="object">Object.</param>
    /// <param name="graph">Graph; empty for the default graph.</param>
    void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph);

    /// <summary>A prefix declaration.</summary>
    /// <param name="prefix">Without the colon.</param>
    /// <param name="iri">Resolved.</param>
    void Prefix(string prefix, string iri)
    {
    }
}
