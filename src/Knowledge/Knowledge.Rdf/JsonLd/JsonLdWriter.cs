using System.Buffers;
using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Writes JSON-LD 1.1. The quads are kept until the end, as a node is written in one place; with prefixes the document is compacted with them.</summary>
internal sealed class JsonLdWriter(IBufferWriter<byte> output, RdfWriterOptions options) : RdfWriter(output)
{
    private readonly List<Quad> _quads = [];
    private readonly Dictionary<string, string> _prefixes = new(options.Prefixes?.Namespaces ?? System.Collections.Immutable.ImmutableDictionary<string, string>.Empty, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
    {
        if (TermText.KindOf(@object) == TermKind.TripleTerm)
            throw new NotSupportedException("JSON-LD 1.1 has no triple terms, and a quad has one. Write TriG or N-Quads.");
        _quads.Add(new Quad(TermText.Parse(subject), TermText.Parse(predicate), TermText.Parse(@object), graph.IsEmpty ? null : TermText.Parse(graph)));
    }

    /// <inheritdoc/>
    public override void Prefix(string prefix, string iri) => _prefixes[prefix] = iri;

    private protected override void Finish()
    {
        var expanded = JsonLdApi.FromRdf(_quads);
        var context = Context();
        JsonReading.Write(context.Count == 0 ? expanded : JsonLdApi.Compact(expanded, context), Output, indented: true);
    }

    /// <summary>Prefixes as a context; those that JSON-LD cannot have as terms, the empty one among them, are left out.</summary>
    private JsonObject Context()
    {
        var context = new JsonObject();
        foreach (var (prefix, iri) in _prefixes)
            if (prefix.Length > 0 && !prefix.Contains('/', StringComparison.Ordinal) && !Keywords.HasForm(prefix) && IriReference.IsAbsolute(iri))
                context[prefix] = new JsonObject { [Keywords.Id] = iri, [Keywords.Prefix] = true };
        return context;
    }
}
