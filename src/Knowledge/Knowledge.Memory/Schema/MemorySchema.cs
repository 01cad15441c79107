using System.Collections.Frozen;
using System.Text;

namespace Knowledge.Memory;

/// <summary>What is known about properties before anything is remembered: how many values they take, which is whose inverse, and which words stand for them.</summary>
/// <remarks>
/// Read from RDF: <c>owl:FunctionalProperty</c>, <c>owl:InverseFunctionalProperty</c>, <c>owl:SymmetricProperty</c>, <c>owl:inverseOf</c>, <c>rdfs:range</c>,
/// words from <c>rdfs:label</c> and <c>skos:altLabel</c>, and <see cref="MemoryVocabulary.Begins"/> and <see cref="MemoryVocabulary.Ends"/>. A property that the schema does not name takes many values.
/// </remarks>
public sealed class MemorySchema
{
    private const string Owl = "http://www.w3.org/2002/07/owl#";
    private const string Rdfs = "http://www.w3.org/2000/01/rdf-schema#";
    private const string Skos = "http://www.w3.org/2004/02/skos/core#";

    private readonly FrozenDictionary<Iri, MemoryProperty> _properties;
    private readonly FrozenDictionary<string, MemoryProperty> _byName;
    private readonly FrozenSet<Iri> _functional;
    private readonly FrozenSet<Iri> _inverseFunctional;

    /// <summary>These properties.</summary>
    /// <param name="properties">Each once.</param>
    /// <exception cref="ArgumentException">One is declared twice, or is the inverse of one that is not declared.</exception>
    public MemorySchema(IEnumerable<MemoryProperty> properties)
    {
        MemoryProperty[] all = [.. properties];
        if (all.GroupBy(p => p.Iri).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new ArgumentException($"The property {twice.Key} is declared {twice.Count()} times; declare it once.", nameof(properties));
        _properties = all.ToFrozenDictionary(p => p.Iri);
        if (all.FirstOrDefault(p => p.InverseOf is { } inverse && !_properties.ContainsKey(inverse)) is { } lonely)
            throw new ArgumentException($"The property {lonely.Iri} is the inverse of {lonely.InverseOf}, which the schema does not declare; declare both.", nameof(properties));
        _functional = Keyed(all, p => p.IsFunctional, p => p.IsInverseFunctional);
        _inverseFunctional = Keyed(all, p => p.IsInverseFunctional, p => p.IsFunctional);
        _byName = all.SelectMany(p => p.Words.Append(LocalName(p.Iri)).Select(w => (Name: Key(w), Property: p))).GroupBy(n => n.Name)
            .ToFrozenDictionary(g => g.Key, g => g.First().Property);
    }

    /// <summary>A schema that declares nothing.</summary>
    public static MemorySchema Empty { get; } = new([]);

    /// <summary>The declared properties.</summary>
    public IEnumerable<MemoryProperty> Properties => _properties.Values.OrderBy(p => p.Iri.Value, StringComparer.Ordinal);

    /// <summary>Reads a schema.</summary>
    /// <param name="turtle">Turtle.</param>
    /// <exception cref="RdfSyntaxException">The text is not Turtle.</exception>
    /// <exception cref="ArgumentException">A property is the inverse of one that is not declared.</exception>
    public static MemorySchema Parse(string turtle) => From(Dataset.Parse(turtle, RdfFormat.Turtle));

    /// <summary>Reads a schema from a data set.</summary>
    /// <param name="data">The declarations, in its default graph.</param>
    /// <exception cref="ArgumentException">A property is the inverse of one that is not declared.</exception>
    public static MemorySchema From(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var type = new Iri(RdfVocabulary.Type);
        string[] kinds = [Owl + "FunctionalProperty", Owl + "InverseFunctionalProperty", Owl + "SymmetricProperty", Owl + "ObjectProperty", Owl + "DatatypeProperty", RdfVocabulary.Namespace + "Property"];
        var declared = data.Quads.Where(q => q.Graph is null && q.Predicate == type && q.Object is Iri kind && kinds.Contains(kind.Value)).Select(q => q.Subject).OfType<Iri>().Distinct();
        return new MemorySchema(declared.Select(p => new MemoryProperty(p)
        {
            IsFunctional = Is(p, "FunctionalProperty"),
            IsInverseFunctional = Is(p, "InverseFunctionalProperty"),
            IsSymmetric = Is(p, "SymmetricProperty"),
            InverseOf = data.Match(p, new Iri(Owl + "inverseOf")).Select(q => q.Object).OfType<Iri>().FirstOrDefault(),
            Range = data.Match(p, new Iri(Rdfs + "range")).Select(q => q.Object).OfType<Iri>().FirstOrDefault()?.Value,
            Words = [.. Texts(p, Rdfs + "label"), .. Texts(p, Skos + "altLabel")],
            Begins = Texts(p, MemoryVocabulary.Begins),
            Ends = Texts(p, MemoryVocabulary.Ends),
        }));

        bool Is(Iri property, string kind) => data.Contains(new Quad(property, type, new Iri(Owl + kind)));

        string[] Texts(Iri property, string predicate) =>
            [.. data.Match(property, new Iri(predicate)).Select(q => q.Object).OfType<Literal>().Select(l => l.Lexical).Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether nothing is declared.</summary>
    public bool IsEmpty => _properties.Count == 0;

    /// <summary>The schema in Turtle, each property's declarations in one order: equal schemas have equal texts.</summary>
    public string ToTurtle()
    {
        var text = new StringBuilder();
        foreach (var property in Properties)
        {
            Say(RdfVocabulary.Type, new Iri(RdfVocabulary.Namespace + "Property"));
            foreach (var (kind, isSo) in new[] { ("FunctionalProperty", property.IsFunctional), ("InverseFunctionalProperty", property.IsInverseFunctional), ("SymmetricProperty", property.IsSymmetric) })
                if (isSo)
                    Say(RdfVocabulary.Type, new Iri(Owl + kind));
            if (property.InverseOf is { } inverse)
                Say(Owl + "inverseOf", inverse);
            if (property.Range is { } range)
                Say(Rdfs + "range", new Iri(range));
            // The first word is the label, by which the property is said; which of the others were labels does not count.
            foreach (var (word, i) in property.Words.Take(1).Concat(property.Words.Skip(1).Order(StringComparer.Ordinal)).Select((w, i) => (w, i)))
                Say(i == 0 ? Rdfs + "label" : Skos + "altLabel", new Literal(word));
            foreach (var word in property.Begins.Order(StringComparer.Ordinal))
                Say(MemoryVocabulary.Begins, new Literal(word));
            foreach (var word in property.Ends.Order(StringComparer.Ordinal))
                Say(MemoryVocabulary.Ends, new Literal(word));

            void Say(string predicate, Term @object) => text.Append(new Triple(property.Iri, new Iri(predicate), @object)).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>A property by its IRI; one that is not declared takes many values.</summary>
    /// <param name="property">Its IRI.</param>
    public MemoryProperty this[Iri property] => _properties.GetValueOrDefault(property) ?? new MemoryProperty(property);

    /// <summary>Whether a property is declared.</summary>
    /// <param name="property">Its IRI.</param>
    public bool Declares(Iri property) => _properties.ContainsKey(property);

    /// <summary>A property by one of its words or the last part of its IRI, or null.</summary>
    /// <param name="name">The word, in any case.</param>
    public MemoryProperty? Find(string name) => _byName.GetValueOrDefault(Key(name));

    /// <summary>Whether a subject has one value at a time, by the property's own declaration or by that of its inverse.</summary>
    internal bool IsFunctional(Iri property) => _functional.Contains(property);

    /// <summary>Whether a value has one subject at a time.</summary>
    internal bool IsInverseFunctional(Iri property) => _inverseFunctional.Contains(property);

    /// <summary>The fact in the direction in which it is kept: an inverse is kept as the property that it is the inverse of, a symmetric one with its lesser end first.</summary>
    internal MemoryFact Normalise(MemoryFact fact)
    {
        var property = this[fact.Predicate];
        if (property.InverseOf is { } inverse && fact.Object is Iri @object)
            return fact with { Subject = @object, Predicate = inverse, Object = fact.Subject };
        return property.IsSymmetric && fact.Object is Iri other && string.CompareOrdinal(other.Value, fact.Subject.Value) < 0
            ? fact with { Subject = other, Object = fact.Subject }
            : fact;
    }

    /// <summary>What also holds where a triple does: its inverse, its other direction.</summary>
    internal IEnumerable<Triple> Mirrors(Triple triple)
    {
        if (triple is not { Subject: Iri subject, Predicate: Iri predicate, Object: Iri @object })
            yield break;
        if (this[predicate].IsSymmetric && subject != @object)
            yield return new Triple(@object, predicate, subject);
        foreach (var property in _properties.Values)
            if (property.InverseOf == predicate)
                yield return new Triple(@object, property.Iri, subject);
    }

    internal static string LocalName(Iri iri) => iri.Value[(iri.Value.LastIndexOfAny(['#', '/', ':']) + 1)..];

    private static FrozenSet<Iri> Keyed(MemoryProperty[] all, Func<MemoryProperty, bool> own, Func<MemoryProperty, bool> ofInverse) =>
        all.Where(p => own(p) || (p.IsSymmetric && ofInverse(p)) || all.Any(q => q.InverseOf == p.Iri && ofInverse(q))).Select(p => p.Iri).ToFrozenSet();

    private static string Key(string name)
    {
        var key = new StringBuilder(name.Length);
        foreach (var c in CanonicalComposition.Compose(name))
            if (char.IsLetterOrDigit(c))
                key.Append(char.ToLowerInvariant(c));
        return key.ToString();
    }
}

/// <summary>A property of a schema.</summary>
/// <param name="Iri">Its IRI.</param>
public sealed record MemoryProperty(Iri Iri)
{
    /// <summary>Whether a subject has one value at a time.</summary>
    public bool IsFunctional { get; init; }

    /// <summary>Whether a value has one subject at a time.</summary>
    public bool IsInverseFunctional { get; init; }

    /// <summary>Whether it holds in both directions.</summary>
    public bool IsSymmetric { get; init; }

    /// <summary>The property whose inverse it is, as which it is kept; null for none.</summary>
    public Iri? InverseOf { get; init; }

    /// <summary>Datatype of its values, or class of what it points at; null where nothing is said.</summary>
    public string? Range { get; init; }

    /// <summary>Words that stand for it, e.g. <c>lives in</c>.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Words after which it begins to hold, e.g. <c>moved to</c>.</summary>
    public IReadOnlyList<string> Begins { get; init; } = [];

    /// <summary>Words after which it does not hold any more, e.g. <c>moved away from</c>.</summary>
    public IReadOnlyList<string> Ends { get; init; } = [];

    /// <summary>Whether its values are literals.</summary>
    public bool TakesLiterals => Range is { } range && (range.StartsWith(XsdVocabulary.Namespace, StringComparison.Ordinal) || range == RdfVocabulary.LangString || range.EndsWith("#Literal", StringComparison.Ordinal));

    /// <summary>The property in words.</summary>
    internal string Verbalised => Words.Count > 0 ? Words[0] : SplitWords(MemorySchema.LocalName(Iri));

    private static string SplitWords(string name)
    {
        var words = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && !char.IsUpper(name[i - 1]))
                words.Append(' ');
            words.Append(name[i] is '_' or '-' ? ' ' : char.ToLowerInvariant(name[i]));
        }

        return words.ToString();
    }
}
