using System.Buffers;
using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Writes quads as a document of JSON-LD 1.1.</summary>
public static class JsonLdWriter
{
    /// <summary>Writes a document.</summary>
    /// <param name="quads">The quads.</param>
    /// <param name="output">Where the UTF-8 goes.</param>
    /// <param name="context">A context that the document is compacted with, or null for the expanded form.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="indented">Whether it is written for people, over several lines.</param>
    /// <exception cref="NotSupportedException">There is a triple term, which JSON-LD 1.1 cannot say.</exception>
    public static void Write(IEnumerable<Quad> quads, IBufferWriter<byte> output, JsonNode? context = null, JsonLdOptions? options = null, bool indented = false)
    {
        ArgumentNullException.ThrowIfNull(output);
        var expanded = JsonLdApi.FromRdf(quads, options);
        JsonReading.Write(context is null ? expanded : JsonLdApi.Compact(expanded, context, options), output, indented);
    }

    /// <summary>A context that gives prefixes their names, for <see cref="Write"/>.</summary>
    /// <param name="prefixes">Prefixes without their colons, and the IRIs that they stand for. Those that JSON-LD cannot have as terms, the empty one among them, are left out.</param>
    public static JsonObject ContextOf(IEnumerable<KeyValuePair<string, string>> prefixes)
    {
        ArgumentNullException.ThrowIfNull(prefixes);
        var context = new JsonObject();
        foreach (var (prefix, iri) in prefixes)
            if (prefix.Length > 0 && !Keywords.HasForm(prefix) && IriReference.IsAbsolute(iri))
                context[prefix] = new JsonObject { [Keywords.Id] = iri, [Keywords.Prefix] = true };
        return context;
    }
}
