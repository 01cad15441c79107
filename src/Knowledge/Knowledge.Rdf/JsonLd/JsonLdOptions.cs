using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Options of the JSON-LD API (JSON-LD 1.1 API, 9.3). One instance may serve many calls and threads.</summary>
public sealed record JsonLdOptions
{
    /// <summary>Base IRI of the document; it overrides the place that the document came from.</summary>
    /// <value>Null, the default: the document's own place, or none.</value>
    public string? Base { get; init; }

    /// <summary>Whether compaction writes an array of one value as that value.</summary>
    /// <value>The default is true.</value>
    public bool CompactArrays { get; init; } = true;

    /// <summary>Whether compaction makes IRIs relative to the document's base.</summary>
    /// <value>The default is true.</value>
    public bool CompactToRelative { get; init; } = true;

    /// <summary>Gets remote documents and contexts.</summary>
    /// <value>The default refuses all of them with an error that says so.</value>
    public IDocumentLoader DocumentLoader { get; init; } = new RefusingDocumentLoader();

    /// <summary>A context that holds before the document's own; a context, or a map with <c>@context</c>.</summary>
    public JsonNode? ExpandContext { get; init; }

    /// <summary>Whether all JSON-LD scripts of a page of HTML are read, or the first alone; null: all for <see cref="JsonLdApi.ToRdf(RemoteDocument, IQuadSink, JsonLdOptions?)"/>, the first elsewhere.</summary>
    public bool? ExtractAllScripts { get; init; }

    /// <summary>Whether entries are visited in code point order instead of the document's.</summary>
    public bool Ordered { get; init; }

    /// <summary>Version whose rules hold.</summary>
    /// <value>The default is 1.1.</value>
    public JsonLdProcessingMode ProcessingMode { get; init; } = JsonLdProcessingMode.JsonLd11;

    /// <summary>Whether triples with a blank node as predicate are given out; RDF forbids them.</summary>
    public bool ProduceGeneralizedRdf { get; init; }

    /// <summary>How strings with a base direction are said in RDF.</summary>
    public RdfDirection RdfDirection { get; init; }

    /// <summary>Whether numbers and booleans of RDF become those of JSON.</summary>
    public bool UseNativeTypes { get; init; }

    /// <summary>Whether <c>rdf:type</c> stays a property instead of <c>@type</c>.</summary>
    public bool UseRdfType { get; init; }

    /// <summary>What one call may take.</summary>
    public JsonLdLimits Limits { get; init; } = new();
}

/// <summary>What one call of the JSON-LD API may take; more ends with a <see cref="JsonLdException"/>.</summary>
public sealed record JsonLdLimits
{
    /// <summary>Remote contexts that one context may pull in, each of their own included.</summary>
    /// <value>The default is 64.</value>
    public int MaxContexts { get; init; } = 64;

    /// <summary>Depth of values in each other, and of terms that are defined by other terms.</summary>
    /// <value>The default is 256.</value>
    public int MaxDepth { get; init; } = 256;

    /// <summary>Bytes of one document or context.</summary>
    /// <value>The default is 256 MiB.</value>
    public long MaxDocumentBytes { get; init; } = 256L << 20;
}

/// <summary>Versions of JSON-LD.</summary>
public enum JsonLdProcessingMode
{
    /// <summary>JSON-LD 1.0: features of 1.1 are errors.</summary>
    JsonLd10,

    /// <summary>JSON-LD 1.1.</summary>
    JsonLd11,
}

/// <summary>How strings with a base direction are said in RDF.</summary>
public enum RdfDirection
{
    /// <summary>The direction is left out.</summary>
    None,

    /// <summary>As a datatype in the namespace <c>https://www.w3.org/ns/i18n#</c>.</summary>
    I18nDatatype,

    /// <summary>As a blank node with <c>rdf:value</c>, <c>rdf:language</c> and <c>rdf:direction</c>.</summary>
    CompoundLiteral,
}
