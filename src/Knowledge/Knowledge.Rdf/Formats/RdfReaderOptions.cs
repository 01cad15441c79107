namespace Knowledge.Rdf;

/// <summary>What a reader takes from its caller.</summary>
public sealed record RdfReaderOptions
{
    /// <summary>Nothing but defaults.</summary>
    public static RdfReaderOptions Default { get; } = new();

    /// <summary>Base of relative IRIs, absolute itself; the document may set another. Null: relative IRIs are errors.</summary>
    /// <value>The default is null.</value>
    public string? BaseIri { get; init; }

    /// <summary>
    /// Scope of the document's blank nodes: ASCII letters and digits. <c>_:a</c> becomes <c>_:scope-a</c>, so labels of documents that were read with different scopes never meet.
    /// Empty: labels stay as the document writes them.
    /// </summary>
    /// <value>The default is empty.</value>
    public string BlankNodeScope { get; init; } = "";

    /// <summary>Gets the remote contexts that documents of JSON-LD refer to.</summary>
    /// <value>The default refuses all of them with an error that says so.</value>
    public JsonLd.IDocumentLoader DocumentLoader { get; init; } = new JsonLd.RefusingDocumentLoader();

    /// <summary>Longest token in bytes. In the line formats, where statements end with their line, it is the longest line.</summary>
    /// <value>The default is 16 MiB.</value>
    public int MaxTokenBytes { get; init; } = 1 << 24;

    /// <summary>How deep collections, property lists, reified triples and triple terms may stand inside each other; triple terms never deeper than <see cref="TermText.MaxDepth"/>.</summary>
    /// <value>The default is 256.</value>
    public int MaxDepth { get; init; } = 256;
}
