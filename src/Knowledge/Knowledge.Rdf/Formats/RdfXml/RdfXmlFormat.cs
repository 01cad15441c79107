using System.Buffers;

namespace Knowledge.Rdf;

/// <summary>RDF/XML.</summary>
internal sealed class RdfXmlFormat : RdfFormat
{
    /// <inheritdoc/>
    public override string Name => "RDF/XML";

    /// <inheritdoc/>
    public override IReadOnlyList<string> MediaTypes { get; } = ["application/rdf+xml", "application/xml", "text/xml"];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = ["rdf", "owl", "xml"];

    /// <inheritdoc/>
    public override bool HasGraphs => false;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> text, IQuadSink sink, RdfReaderOptions? options = null)
    {
        using var stream = new MemoryStream(text.ToArray(), writable: false);
        Read(stream, sink, options);
    }

    /// <inheritdoc/>
    public override void Read(Stream stream, IQuadSink sink, RdfReaderOptions? options = null) => RdfXmlReader.Read(stream, sink, options ?? RdfReaderOptions.Default);

    /// <inheritdoc/>
    public override RdfWriter CreateWriter(IBufferWriter<byte> output, RdfWriterOptions? options = null) => new RdfXmlWriter(output, options ?? RdfWriterOptions.Default);
}
