namespace Knowledge.Rdf;

/// <summary>A source that can be changed.</summary>
public interface IQuadStore : IQuadSource
{
    /// <summary>Begins the one writing transaction; waits for another to end.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    IQuadTransaction BeginWrite(CancellationToken cancellationToken = default);
}

/// <summary>Changes that become visible together, or not at all. Disposing without <see cref="Commit"/> drops them. Belongs to one thread.</summary>
public interface IQuadTransaction : IDisposable
{
    /// <summary>The quads as this transaction sees them: the last commit and what was added and removed here so far. Later changes do not show in it.</summary>
    IQuadSnapshot Snapshot();

    /// <summary>Adds a quad; nothing happens where it is there already.</summary>
    /// <param name="subject">Canonical text (see <see cref="TermText"/>) of an IRI or blank node.</param>
    /// <param name="predicate">Canonical text of an IRI.</param>
    /// <param name="object">Canonical text of any term.</param>
    /// <param name="graph">Canonical text of an IRI or blank node; empty for the default graph.</param>
    void Add(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph);

    /// <summary>Removes a quad; nothing happens where it is not there. Blank nodes mean the node that has this label in the source.</summary>
    /// <param name="subject">Canonical text of the subject.</param>
    /// <param name="predicate">Canonical text of the predicate.</param>
    /// <param name="object">Canonical text of the object.</param>
    /// <param name="graph">Canonical text of the graph; empty for the default graph.</param>
    void Remove(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph);

    /// <summary>Makes the changes visible and durable.</summary>
    /// <returns>The version that they make.</returns>
    long Commit();
}
