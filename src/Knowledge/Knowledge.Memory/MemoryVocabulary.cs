namespace Knowledge.Memory;

/// <summary>IRIs of a memory's own graphs and properties, so that SPARQL can ask about sources, times and confidence.</summary>
/// <remarks>
/// A claim is a node of the graph <see cref="Claims"/> with <c>rdf:subject</c>, <c>rdf:predicate</c>, <c>rdf:object</c> and the properties here; the default graph
/// holds what is preferred among the claims, with valid times.
/// </remarks>
public static class MemoryVocabulary
{
    /// <summary>The vocabulary's own IRI.</summary>
    public const string Namespace = "urn:hub:memory#";

    /// <summary>Graph of claims, turns and purges.</summary>
    public const string Claims = "urn:hub:memory";

    /// <summary>What IRIs of entities begin with that were met by name alone.</summary>
    public const string Entities = "urn:hub:entity:";

    /// <summary>What IRIs of sources begin with.</summary>
    public const string Sources = "urn:hub:source:";

    /// <summary>Who said it: of a claim and of a turn.</summary>
    public const string Source = Namespace + "source";

    /// <summary>In which turn it was said: of a claim.</summary>
    public const string Turn = Namespace + "turn";

    /// <summary>From 0 to 1: of a claim.</summary>
    public const string Confidence = Namespace + "confidence";

    /// <summary>First time at which it is so: of a claim.</summary>
    public const string ValidFrom = Namespace + "validFrom";

    /// <summary>First time at which it is not so any more: of a claim.</summary>
    public const string ValidTo = Namespace + "validTo";

    /// <summary>Where in the turn's text it stands, <c>begin-end</c> in UTF-16 units: of a claim.</summary>
    public const string Span = Namespace + "span";

    /// <summary>What was said: of a turn.</summary>
    public const string Text = Namespace + "text";

    /// <summary>When it was said: of a turn.</summary>
    public const string At = Namespace + "at";

    /// <summary>Who spoke: of a turn.</summary>
    public const string Speaker = Namespace + "speaker";

    /// <summary>Place of a turn in the order of turns.</summary>
    public const string Ordinal = Namespace + "ordinal";

    /// <summary>The name that the caller gave a turn.</summary>
    public const string TurnName = Namespace + "name";

    /// <summary>A turn's embedding, little-endian floats in base 64.</summary>
    public const string Embedding = Namespace + "embedding";

    /// <summary>Marks a purge, and says when it was.</summary>
    public const string PurgedAt = Namespace + "purgedAt";

    /// <summary>Earliest time at which something was known that a purge took away.</summary>
    public const string PurgedFrom = Namespace + "purgedFrom";

    /// <summary>SHA-256 of the name of the source that was purged.</summary>
    public const string PurgedSource = Namespace + "purgedSource";

    /// <summary>The schema with which the facts that are held were chosen among the claims, in Turtle: of the graph of claims.</summary>
    public const string Schema = Namespace + "schema";

    /// <summary>Of a property in a schema: words after which a statement begins to be so, e.g. <c>moved to</c>.</summary>
    public const string Begins = Namespace + "begins";

    /// <summary>Of a property in a schema: words after which a statement is not so any more, e.g. <c>moved away from</c>.</summary>
    public const string Ends = Namespace + "ends";
}
