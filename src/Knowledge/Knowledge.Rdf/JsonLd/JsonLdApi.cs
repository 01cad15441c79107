using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>The JSON-LD 1.1 API: expand, compact, flatten, to RDF and from RDF. Inputs stay as they are; results belong to the caller.</summary>
/// <remarks>Source: JSON-LD 1.1 Processing Algorithms and API (https://www.w3.org/TR/json-ld11-api/), section 9. Every method throws <see cref="JsonLdException"/> with the specification's code.</remarks>
public static class JsonLdApi
{
    /// <summary>Gets a document through the options' loader.</summary>
    /// <param name="url">Its absolute IRI; a fragment chooses one script of a page of HTML.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="extractAllScripts">Whether all scripts of a page are wanted where the options leave it open.</param>
    public static RemoteDocument Load(string url, JsonLdOptions? options = null, bool extractAllScripts = false)
    {
        options ??= new JsonLdOptions();
        return options.DocumentLoader.Load(url, new DocumentRequest(options.Limits, options.ExtractAllScripts ?? extractAllScripts));
    }

    /// <summary>The document in expanded form.</summary>
    /// <param name="input">A document.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    public static JsonArray Expand(JsonNode? input, JsonLdOptions? options = null) => Expand(new RemoteDocument(input, null), options);

    /// <summary>The document in expanded form.</summary>
    /// <param name="input">A document and its place.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    public static JsonArray Expand(RemoteDocument input, JsonLdOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        options ??= new JsonLdOptions();
        return Expand(input, options, new ContextProcessing(options));
    }

    private static JsonArray Expand(RemoteDocument input, JsonLdOptions options, ContextProcessing contexts)
    {
        var place = input.DocumentUrl ?? options.Base;
        var @base = options.Base ?? place;
        if (input.Base is { } own)
            place = @base = @base is null ? own : IriReference.Resolve(@base, own);
        var active = new ActiveContext(place) { BaseIri = @base };
        if (options.ExpandContext is { } given)
            active = contexts.Process(active, given is JsonObject map && map.TryGetPropertyValue(Keywords.Context, out var context) ? context : given, place);
        if (input.ContextUrl is { } contextUrl)
            active = contexts.Process(active, JsonValue.Create(contextUrl), contextUrl);
        var expanded = new Expansion(contexts, options).Expand(active, null, input.Document, place);
        if (expanded is JsonObject { Count: 1 } only && only.ContainsKey(Keywords.Graph))
            expanded = only.Take(Keywords.Graph);
        return expanded.OrEmpty().InArray();
    }

    /// <summary>The document with a context applied.</summary>
    /// <param name="input">A document and its place.</param>
    /// <param name="context">A context, or a map with <c>@context</c>; it is in the result.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    public static JsonObject Compact(RemoteDocument input, JsonNode? context, JsonLdOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        options ??= new JsonLdOptions();
        var contexts = new ContextProcessing(options);
        return Compact(Expand(input, options with { Ordered = false }, contexts), input.DocumentUrl, context, contexts, options);
    }

    /// <summary>The document with a context applied.</summary>
    /// <param name="input">A document.</param>
    /// <param name="context">A context, or a map with <c>@context</c>; it is in the result.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    public static JsonObject Compact(JsonNode? input, JsonNode? context, JsonLdOptions? options = null) => Compact(new RemoteDocument(input, null), context, options);

    private static JsonObject Compact(JsonArray expanded, string? documentUrl, JsonNode? context, ContextProcessing contexts, JsonLdOptions options, bool asGraph = false)
    {
        if (context is JsonObject map && map.TryGetPropertyValue(Keywords.Context, out var inner))
            context = inner;
        var place = documentUrl ?? options.Base;
        var active = contexts.Process(new ActiveContext(place) { BaseIri = options.Base ?? (options.CompactToRelative ? documentUrl : null) }, context, place);
        var compaction = new Compaction(contexts, options);
        var result = compaction.Compact(active, null, expanded) switch
        {
            JsonObject one when !asGraph => one,
            JsonArray { Count: 0 } => [],
            var many => new JsonObject { [compaction.Alias(active, Keywords.Graph)] = many.InArray() },
        };
        if (context is null or JsonObject { Count: 0 } or JsonArray { Count: 0 })
            return result;
        result.Insert(0, Keywords.Context, context.DeepClone());
        return result;
    }

    /// <summary>The document as one list of nodes, each once, blank nodes labelled.</summary>
    /// <param name="input">A document and its place.</param>
    /// <param name="context">A context to compact the result with, or null to leave it expanded.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <returns>An array, or with a context a map.</returns>
    public static JsonNode Flatten(RemoteDocument input, JsonNode? context = null, JsonLdOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        options ??= new JsonLdOptions();
        var contexts = new ContextProcessing(options);
        var flat = Flattening.Flatten(Expand(input, options with { Ordered = false }, contexts), options.Limits);
        return context is null ? flat : Compact(flat, input.DocumentUrl, context, contexts, options, asGraph: true);
    }

    /// <summary>The document as one list of nodes, each once, blank nodes labelled.</summary>
    /// <param name="input">A document.</param>
    /// <param name="context">A context to compact the result with, or null to leave it expanded.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <returns>An array, or with a context a map.</returns>
    public static JsonNode Flatten(JsonNode? input, JsonNode? context = null, JsonLdOptions? options = null) => Flatten(new RemoteDocument(input, null), context, options);

    /// <summary>The document's quads. Blank nodes are named anew, <c>b0</c>, <c>b1</c> and so on.</summary>
    /// <param name="input">A document and its place.</param>
    /// <param name="sink">Takes the quads, each once within its graph.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    public static void ToRdf(RemoteDocument input, IQuadSink sink, JsonLdOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(sink);
        ToRdf(input, sink, options ?? new JsonLdOptions(), new BlankNodeIdentifiers());
    }

    internal static void ToRdf(RemoteDocument input, IQuadSink sink, JsonLdOptions options, BlankNodeIdentifiers identifiers)
    {
        var nodes = new NodeMapGeneration(identifiers, options.Limits);
        nodes.Generate(Expand(input, options with { Ordered = false }, new ContextProcessing(options)));
        new DeserializeJsonLdToRdf(identifiers, sink, options).Deserialize(nodes.Graphs);
    }

    /// <summary>Quads as a document in expanded form.</summary>
    /// <param name="quads">The quads; triple terms are beyond JSON-LD 1.1.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <exception cref="NotSupportedException">There is a triple term.</exception>
    public static JsonArray FromRdf(IEnumerable<Quad> quads, JsonLdOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(quads);
        return new SerializeRdfAsJsonLd(options ?? new JsonLdOptions()).Serialize(quads);
    }
}
