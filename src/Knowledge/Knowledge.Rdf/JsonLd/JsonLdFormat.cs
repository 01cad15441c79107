using System.Buffers;

namespace Knowledge.Rdf.JsonLd;

/// <summary>JSON-LD 1.1 as a format among others. A document is held in memory as a whole, as a context may stand behind what it explains.</summary>
internal sealed class JsonLdFormat : RdfFormat
{
    private const int StreamBuffer = 1 << 16;

    /// <inheritdoc/>
    public override string Name => "JSON-LD";

    /// <inheritdoc/>
    public override IReadOnlyList<string> MediaTypes { get; } = [MediaType.JsonLd];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = ["jsonld"];

    /// <inheritdoc/>
    public override bool HasGraphs => true;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> text, IQuadSink sink, RdfReaderOptions? options = null)
    {
        options ??= RdfReaderOptions.Default;
        var jsonLd = new JsonLdOptions { Base = options.BaseIri, DocumentLoader = options.DocumentLoader, Limits = Limits(options) };
        try
        {
            JsonLdApi.ToRdf(new RemoteDocument(JsonReading.Read(text, jsonLd.Limits), options.BaseIri), sink, jsonLd, new BlankNodeIdentifiers(options.BlankNodeScope));
        }
        catch (JsonLdException wrong)
        {
            throw new RdfSyntaxException(wrong.Message, 0, 0, wrong);
        }
    }

    /// <inheritdoc/>
    public override void Read(Stream stream, IQuadSink sink, RdfReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var limit = Limits(options ?? RdfReaderOptions.Default).MaxDocumentBytes;
        var text = new ArrayBufferWriter<byte>(StreamBuffer);
        for (int read; (read = stream.Read(text.GetSpan(StreamBuffer))) > 0;)
        {
            text.Advance(read);
            if (text.WrittenCount > limit)
                throw new RdfSyntaxException($"the document has more than {limit} bytes (JsonLdLimits.MaxDocumentBytes); as N-Quads or Turtle it could be of any length.", 0, 0);
        }

        Read(text.WrittenSpan, sink, options);
    }

    /// <inheritdoc/>
    public override RdfWriter CreateWriter(IBufferWriter<byte> output, RdfWriterOptions? options = null) => new JsonLdWriter(output, options ?? RdfWriterOptions.Default);

    private static JsonLdLimits Limits(RdfReaderOptions options) => new() { MaxDepth = options.MaxDepth };
}
