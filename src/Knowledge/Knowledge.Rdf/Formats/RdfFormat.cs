using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Text;

namespace Knowledge.Rdf;

/// <summary>A format of RDF documents: how it is called, and its reader and writer.</summary>
public abstract class RdfFormat
{
    /// <summary>N-Triples: a line for each triple.</summary>
    public static RdfFormat NTriples { get; } = new LineFormat("N-Triples", ["application/n-triples", "text/plain"], ["nt"], hasGraphs: false);

    /// <summary>N-Quads: a line for each quad.</summary>
    public static RdfFormat NQuads { get; } = new LineFormat("N-Quads", ["application/n-quads", "text/x-nquads"], ["nq"], hasGraphs: true);

    /// <summary>Turtle: triples as people write them.</summary>
    public static RdfFormat Turtle { get; } = new TurtleFormat("Turtle", ["text/turtle", "application/x-turtle"], ["ttl"], hasGraphs: false);

    /// <summary>TriG: Turtle with graphs.</summary>
    public static RdfFormat TriG { get; } = new TurtleFormat("TriG", ["application/trig", "application/x-trig"], ["trig"], hasGraphs: true);

    /// <summary>RDF/XML: triples as elements.</summary>
    public static RdfFormat RdfXml { get; } = new RdfXmlFormat();

    /// <summary>JSON-LD 1.1: JSON whose context says what its names mean.</summary>
    public static RdfFormat JsonLd { get; } = new JsonLd.JsonLdFormat();

    /// <summary>Every format, the preferred ones first.</summary>
    public static IReadOnlyList<RdfFormat> All { get; } = [Turtle, TriG, NTriples, NQuads, RdfXml, JsonLd];

    /// <summary>What the standard calls it.</summary>
    public abstract string Name { get; }

    /// <summary>Media types without parameters, the registered one first.</summary>
    public abstract IReadOnlyList<string> MediaTypes { get; }

    /// <summary>Extensions of file names without the dot, the usual one first.</summary>
    public abstract IReadOnlyList<string> Extensions { get; }

    /// <summary>Whether a document can have named graphs.</summary>
    public abstract bool HasGraphs { get; }

    /// <summary>Reads a document that lies in memory.</summary>
    /// <param name="text">The document in UTF-8.</param>
    /// <param name="sink">Where its quads go.</param>
    /// <param name="options">Base and limits; null for the defaults.</param>
    /// <exception cref="RdfSyntaxException">The document is not what the format allows; what stands before the error has gone to the sink.</exception>
    public abstract void Read(ReadOnlySpan<byte> text, IQuadSink sink, RdfReaderOptions? options = null);

    /// <summary>Reads a document from a stream, piece by piece, to its end; the stream is left open.</summary>
    /// <param name="stream">The document in UTF-8.</param>
    /// <param name="sink">Where its quads go.</param>
    /// <param name="options">Base and limits; null for the defaults.</param>
    /// <exception cref="RdfSyntaxException">The document is not what the format allows; what stands before the error has gone to the sink.</exception>
    public abstract void Read(Stream stream, IQuadSink sink, RdfReaderOptions? options = null);

    /// <summary>A writer of this format.</summary>
    /// <param name="output">Where the document goes.</param>
    /// <param name="options">Prefixes and limits; null for the defaults.</param>
    /// <returns>Dispose it to end the document.</returns>
    public abstract RdfWriter CreateWriter(IBufferWriter<byte> output, RdfWriterOptions? options = null);

    /// <summary>A writer of this format.</summary>
    /// <param name="stream">Where the document goes; it is left open.</param>
    /// <param name="options">Prefixes and limits; null for the defaults.</param>
    /// <returns>Dispose it to end the document.</returns>
    public RdfWriter CreateWriter(Stream stream, RdfWriterOptions? options = null) => CreateWriter(new StreamOutput(stream), options);

    /// <summary>A document as text.</summary>
    /// <param name="quads">What it says.</param>
    /// <param name="options">Prefixes and limits; null for the defaults.</param>
    /// <exception cref="NotSupportedException">The format cannot say this.</exception>
    public string Write(IEnumerable<Quad> quads, RdfWriterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(quads);
        var output = new ArrayBufferWriter<byte>();
        using (var writer = CreateWriter(output, options))
        {
            foreach (var quad in quads)
                writer.Write(quad);
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>The format of a name, upper or lower case, with or without its dash; an extension is a name too.</summary>
    public static bool TryByName(string name, [NotNullWhen(true)] out RdfFormat? format)
    {
        ArgumentNullException.ThrowIfNull(name);
        var plain = Plain(name);
        format = All.FirstOrDefault(f => Plain(f.Name).Equals(plain, StringComparison.OrdinalIgnoreCase) || f.Extensions.Contains(name, StringComparer.OrdinalIgnoreCase));
        return format is not null;

        static string Plain(string name) => name.Replace("-", "", StringComparison.Ordinal).Replace("/", "", StringComparison.Ordinal);
    }

    /// <summary>The format of a media type; its parameters are not looked at.</summary>
    public static bool TryByMediaType(string mediaType, [NotNullWhen(true)] out RdfFormat? format)
    {
        ArgumentNullException.ThrowIfNull(mediaType);
        var type = mediaType.Split(';')[0].Trim();
        format = All.FirstOrDefault(f => f.MediaTypes.Contains(type, StringComparer.OrdinalIgnoreCase));
        return format is not null;
    }

    /// <summary>The format of a file, by its extension; <c>.gz</c> behind it is not looked at.</summary>
    public static bool TryByFileName(string path, [NotNullWhen(true)] out RdfFormat? format)
    {
        ArgumentNullException.ThrowIfNull(path);
        var extension = Path.GetExtension(IsGzip(path) ? path[..^3] : path).TrimStart('.');
        format = All.FirstOrDefault(f => f.Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase));
        return format is not null;
    }

    /// <summary>Reads a file, whose format its name tells; one that ends in <c>.gz</c> is decompressed on the way.</summary>
    /// <param name="path">The file; relative IRIs are resolved against its own IRI where the options give no base.</param>
    /// <param name="sink">Where its quads go.</param>
    /// <param name="options">Base and limits; null for the defaults.</param>
    /// <exception cref="RdfSyntaxException">The file is not what its format allows.</exception>
    /// <exception cref="NotSupportedException">The file's name belongs to no known format.</exception>
    public static void ReadFile(string path, IQuadSink sink, RdfReaderOptions? options = null)
    {
        if (!TryByFileName(path, out var format))
            throw new NotSupportedException($"The extension of '{path}' belongs to no known format. Known are: {string.Join(", ", All.SelectMany(f => f.Extensions).Select(e => "." + e))}, each also with .gz.");
        options ??= RdfReaderOptions.Default;
        if (options.BaseIri is null)
            options = options with { BaseIri = new Uri(Path.GetFullPath(path)).AbsoluteUri };
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);
        using var plain = IsGzip(path) ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : (Stream)file;
        format.Read(plain, sink, options);
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static bool IsGzip(string path) => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
}

/// <summary>N-Triples and N-Quads.</summary>
internal sealed class LineFormat(string name, string[] mediaTypes, string[] extensions, bool hasGraphs) : RdfFormat
{
    /// <inheritdoc/>
    public override string Name { get; } = name;

    /// <inheritdoc/>
    public override IReadOnlyList<string> MediaTypes { get; } = mediaTypes;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = extensions;

    /// <inheritdoc/>
    public override bool HasGraphs { get; } = hasGraphs;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> text, IQuadSink sink, RdfReaderOptions? options = null) => NQuadsReader.Read(text, sink, HasGraphs, options ?? RdfReaderOptions.Default);

    /// <inheritdoc/>
    public override void Read(Stream stream, IQuadSink sink, RdfReaderOptions? options = null) => NQuadsReader.Read(stream, sink, HasGraphs, options ?? RdfReaderOptions.Default);

    /// <inheritdoc/>
    public override RdfWriter CreateWriter(IBufferWriter<byte> output, RdfWriterOptions? options = null) => new NQuadsWriter(output, HasGraphs);
}

/// <summary>Turtle and TriG.</summary>
internal sealed class TurtleFormat(string name, string[] mediaTypes, string[] extensions, bool hasGraphs) : RdfFormat
{
    /// <inheritdoc/>
    public override string Name { get; } = name;

    /// <inheritdoc/>
    public override IReadOnlyList<string> MediaTypes { get; } = mediaTypes;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Extensions { get; } = extensions;

    /// <inheritdoc/>
    public override bool HasGraphs { get; } = hasGraphs;

    /// <inheritdoc/>
    public override void Read(ReadOnlySpan<byte> text, IQuadSink sink, RdfReaderOptions? options = null) => TurtleReader.Read(text, sink, HasGraphs, options ?? RdfReaderOptions.Default);

    /// <inheritdoc/>
    public override void Read(Stream stream, IQuadSink sink, RdfReaderOptions? options = null) => TurtleReader.Read(stream, sink, HasGraphs, options ?? RdfReaderOptions.Default);

    /// <inheritdoc/>
    public override RdfWriter CreateWriter(IBufferWriter<byte> output, RdfWriterOptions? options = null) => new TurtleWriter(output, HasGraphs, options ?? RdfWriterOptions.Default);
}
