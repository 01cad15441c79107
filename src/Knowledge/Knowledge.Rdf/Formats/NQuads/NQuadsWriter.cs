using System.Buffers;

namespace Knowledge.Rdf;

/// <summary>Writes canonical N-Triples or N-Quads, in the order in which the quads come.</summary>
/// <remarks>Source: RDF 1.2 N-Quads, section "Canonical N-Quads".</remarks>
internal sealed class NQuadsWriter(IBufferWriter<byte> output, bool hasGraphs) : RdfWriter(output)
{
    /// <inheritdoc/>
    public override void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
    {
        if (!graph.IsEmpty && !hasGraphs)
            throw NoGraphs("N-Triples");
        var line = Output.GetSpan(subject.Length + predicate.Length + @object.Length + graph.Length + 6);
        var length = Append(subject, line, 0);
        length = Append(predicate, line, length);
        length = Append(@object, line, length);
        if (!graph.IsEmpty)
            length = Append(graph, line, length);
        line[length++] = (byte)'.';
        line[length++] = (byte)'\n';
        Output.Advance(length);
    }

    private protected override void Finish()
    {
    }

    private static int Append(ReadOnlySpan<byte> term, Span<byte> line, int length)
    {
        term.CopyTo(line[length..]);
        line[length + term.Length] = (byte)' ';
        return length + term.Length + 1;
    }
}
