namespace Knowledge.Rdf;

/// <summary>One unchanging view of a source, by ids. Members may be called from several threads at once; cursors belong to one thread each.</summary>
public interface IQuadSnapshot : IDisposable
{
    /// <summary>The source's version that this view shows.</summary>
    long Version { get; }

    /// <summary>Terms of the ids.</summary>
    ITermDictionary Terms { get; }

    /// <summary>Names of the graphs that have at least one quad, ascending, without the default graph.</summary>
    IReadOnlyList<TermId> Graphs { get; }

    /// <summary>Predicates that occur in a graph, ascending by id, with exact counts.</summary>
    /// <param name="graph">A graph, or <see cref="TermId.None"/> for the default graph.</param>
    IReadOnlyList<PredicateCounts> Predicates(TermId graph);

    /// <summary>Exact number of quads that match a pattern in one graph; cheap where the predicate is given or all but the graph is a wildcard.</summary>
    /// <param name="pattern">Ids, with <see cref="TermId.None"/> as the wildcard in subject, predicate and object; its graph is one graph (<see cref="TermId.None"/> is the default graph).</param>
    long Count(QuadIds pattern);

    /// <summary>Whether a quad is there.</summary>
    /// <param name="quad">A quad without wildcards.</param>
    bool Contains(QuadIds quad);

    /// <summary>The (subject, object) pairs of one predicate in one graph, sorted.</summary>
    /// <param name="graph">A graph, or <see cref="TermId.None"/> for the default graph.</param>
    /// <param name="predicate">A predicate; unknown ones have no pairs.</param>
    /// <param name="order">Which of the two stands in the upper half of a pair.</param>
    /// <param name="first">Where given, only pairs whose upper half is this id.</param>
    IPairCursor Pairs(TermId graph, TermId predicate, PairOrder order, TermId first = default);

    /// <summary>The same pairs in one piece, for joins that go back and forth in them.</summary>
    /// <remarks>A source that has them so in memory gives them as they are; others copy.</remarks>
    /// <param name="graph">A graph, or <see cref="TermId.None"/> for the default graph.</param>
    /// <param name="predicate">A predicate; unknown ones have no pairs.</param>
    /// <param name="order">Which of the two stands in the upper half of a pair.</param>
    /// <param name="first">Where given, only pairs whose upper half is this id.</param>
    ReadOnlyMemory<ulong> Column(TermId graph, TermId predicate, PairOrder order, TermId first = default)
    {
        using var cursor = Pairs(graph, predicate, order, first);
        return cursor.ToArray();
    }
}

/// <summary>Order of a pair's halves.</summary>
public enum PairOrder : byte
{
    /// <summary>Subject in the upper half: sorted by subject, then by object.</summary>
    SubjectObject,

    /// <summary>Object in the upper half: sorted by object, then by subject.</summary>
    ObjectSubject,
}

/// <summary>Exact counts of one predicate in one graph.</summary>
/// <param name="Predicate">The predicate.</param>
/// <param name="Triples">Number of triples.</param>
/// <param name="Subjects">Number of distinct subjects.</param>
/// <param name="Objects">Number of distinct objects.</param>
public readonly record struct PredicateCounts(TermId Predicate, long Triples, long Subjects, long Objects);

/// <summary>Sorted, distinct <see cref="PackedPair"/> words, in blocks.</summary>
public interface IPairCursor : IDisposable
{
    /// <summary>The next block, never longer than a few thousand words unless it lies in memory as it is; empty at the end. Valid until the next call.</summary>
    ReadOnlySpan<ulong> Next();

    /// <summary>Goes forward so that the next block begins with the first word that is not below <paramref name="pair"/>; never goes back.</summary>
    /// <param name="pair">A packed pair.</param>
    void Seek(ulong pair);

    /// <summary>All words that are left, copied.</summary>
    ulong[] ToArray()
    {
        var words = new System.Buffers.ArrayBufferWriter<ulong>();
        for (var block = Next(); !block.IsEmpty; block = Next())
            System.Buffers.BuffersExtensions.Write(words, block);
        return words.WrittenSpan.ToArray();
    }
}

/// <summary>Terms of ids, and ids of terms.</summary>
public interface ITermDictionary
{
    /// <summary>The id of a term.</summary>
    /// <param name="text">Canonical text, see <see cref="TermText"/>.</param>
    /// <param name="id">Its id, or <see cref="TermId.None"/>.</param>
    /// <returns>Whether the source has an id for the term; it may have one and no quad with it.</returns>
    bool TryFind(ReadOnlySpan<byte> text, out TermId id);

    /// <summary>Appends a term's canonical text.</summary>
    /// <param name="id">An id of this source.</param>
    /// <param name="output">Where the UTF-8 goes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is not one of this source.</exception>
    void Write(TermId id, System.Buffers.IBufferWriter<byte> output);

    /// <summary>A term's canonical text where it lies in memory, without copying it.</summary>
    /// <param name="id">An id of this source.</param>
    /// <param name="text">The text, valid as long as the snapshot; empty where it has to be written.</param>
    /// <returns>False where the text is not kept as it is: <see cref="Write"/> makes it.</returns>
    bool TryText(TermId id, out ReadOnlySpan<byte> text)
    {
        text = default;
        return false;
    }

    /// <summary>What kind of term an id stands for.</summary>
    /// <param name="id">An id of this source.</param>
    TermKind Kind(TermId id);
}
