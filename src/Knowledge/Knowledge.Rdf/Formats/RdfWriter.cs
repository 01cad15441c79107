using System.Buffers;

namespace Knowledge.Rdf;

/// <summary>Writes a document quad by quad. Dispose it to write the document's end.</summary>
/// <remarks>What belongs together is written together where it comes together: quads of one graph, then of one subject, then of one predicate.</remarks>
public abstract class RdfWriter : IQuadSink, IDisposable
{
    private bool _isFinished;

    private protected RdfWriter(IBufferWriter<byte> output) => Output = output;

    /// <summary>Where the document goes.</summary>
    private protected IBufferWriter<byte> Output { get; }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The format cannot say this: it has no named graphs, or no way to write this term.</exception>
    public abstract void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph);

    /// <inheritdoc/>
    public virtual void Prefix(string prefix, string iri)
    {
    }

    /// <summary>Writes a quad.</summary>
    /// <exception cref="NotSupportedException">The format cannot say this: it has no named graphs, or no way to write this term.</exception>
    public void Write(Quad quad)
    {
        var terms = new TermStack();
        TermText.Write(quad.Subject, terms);
        var subject = terms.Since(0);
        TermText.Write(quad.Predicate, terms);
        var predicate = terms.Since(subject.Length);
        TermText.Write(quad.Object, terms);
        var @object = terms.Since(predicate.Start + predicate.Length);
        var mark = terms.Length;
        if (quad.Graph is not null)
            TermText.Write(quad.Graph, terms);
        Quad(terms[subject], terms[predicate], terms[@object], terms[terms.Since(mark)]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isFinished)
            return;
        _isFinished = true;
        Finish();
        if (Output is StreamOutput stream)
            stream.Flush();
        GC.SuppressFinalize(this);
    }

    /// <summary>Writes what is still to be written.</summary>
    private protected abstract void Finish();

    /// <summary>An error where a format without graphs is given one.</summary>
    private protected static NotSupportedException NoGraphs(string format) =>
        new($"{format} has no named graphs, and a quad is in one. Write TriG or N-Quads, or one graph alone.");
}

/// <summary>What a writer takes from its caller.</summary>
public sealed record RdfWriterOptions
{
    /// <summary>Nothing but defaults.</summary>
    public static RdfWriterOptions Default { get; } = new();

    /// <summary>Prefixes that a document begins with and that shorten its IRIs.</summary>
    /// <value>The default is none; what <see cref="IQuadSink.Prefix"/> tells comes to it.</value>
    public PrefixMap? Prefixes { get; init; }

    /// <summary>
    /// How many quads a writer of Turtle or TriG may keep in memory to write lists in parentheses and blank nodes in brackets. A document with more is written as it comes, with a label for each node.
    /// </summary>
    /// <value>The default is 100,000; 0 writes as it comes from the first quad on.</value>
    public int MaxPrettyQuads { get; init; } = 100_000;
}

/// <summary>A buffer that empties itself into a stream.</summary>
internal sealed class StreamOutput(Stream stream) : IBufferWriter<byte>
{
    private const int Block = 1 << 16;
    private byte[] _bytes = new byte[Block];
    private int _length;

    /// <inheritdoc/>
    public void Advance(int count) => _length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var needed = Math.Max(sizeHint, 1);
        if (_bytes.Length - _length < needed)
        {
            Empty();
            if (_bytes.Length < needed)
                _bytes = new byte[needed];
        }

        return _bytes.AsMemory(_length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    /// <summary>Gives everything to the stream and flushes it.</summary>
    public void Flush()
    {
        Empty();
        stream.Flush();
    }

    private void Empty()
    {
        stream.Write(_bytes, 0, _length);
        _length = 0;
    }
}
