namespace Knowledge.Rdf.JsonLd;

/// <summary>Inverse Context Creation and Term Selection (JSON-LD 1.1 API, 4.3 and 4.4): from an IRI and the form of a value to the best term.</summary>
internal sealed class InverseContext
{
    private readonly Dictionary<string, Dictionary<Containers, Entry>> _iris = new(StringComparer.Ordinal);

    private InverseContext()
    {
    }

    /// <summary>Terms that may be prefixes, each with the IRI it stands for.</summary>
    public IReadOnlyList<(string Term, string Iri)> Prefixes { get; private set; } = [];

    public bool Contains(string iri) => _iris.ContainsKey(iri);

    public static InverseContext Create(ActiveContext active)
    {
        var result = new InverseContext();
        var defaultLanguage = active.DefaultLanguage is { } language ? Lower(language) : Keywords.None;
        if (active.DefaultDirection is { } direction)
            defaultLanguage = $"{(active.DefaultLanguage is null ? "" : defaultLanguage)}_{direction}";
        foreach (var (term, definition) in active.Terms.OrderBy(t => t.Key.Length).ThenBy(t => t.Key, StringComparer.Ordinal))
            if (definition.IriMapping is { } iri)
                result.Add(term, iri, definition, defaultLanguage);
        result.Prefixes = [.. active.Terms.Where(t => t.Value is { IsPrefix: true, IriMapping: not null }).Select(t => (t.Key, t.Value.IriMapping!))];
        return result;
    }

    private void Add(string term, string iri, TermDefinition definition, string defaultLanguage)
    {
        if (!_iris.TryGetValue(iri, out var containers))
            _iris[iri] = containers = [];
        if (!containers.TryGetValue(definition.Container, out var entry))
            containers[definition.Container] = entry = new Entry();
        // Deviation: the specification has reverse terms here too, and an empty list would be written under one of them.
        if (!definition.IsReverse)
            entry.Any.TryAdd(Keywords.None, term);
        if (definition.IsReverse)
        {
            entry.Type.TryAdd(Keywords.Reverse, term);
        }
        else if (definition.TypeMapping == Keywords.None)
        {
            entry.Language.TryAdd(Keywords.Any, term);
            entry.Type.TryAdd(Keywords.Any, term);
        }
        else if (definition.TypeMapping is { } type)
        {
            entry.Type.TryAdd(type, term);
        }
        else if (definition.HasLanguage || definition.HasDirection)
        {
            entry.Language.TryAdd(LanguageKey(definition), term);
        }
        else
        {
            entry.Language.TryAdd(defaultLanguage, term);
            entry.Language.TryAdd(Keywords.None, term);
            entry.Type.TryAdd(Keywords.None, term);
        }
    }

    private static string LanguageKey(TermDefinition definition) => definition switch
    {
        { HasLanguage: true, HasDirection: true, Language: null, Direction: null } => Keywords.Null,
        { Language: { } language, Direction: { } direction } => $"{Lower(language)}_{direction}",
        { Language: { } language } => Lower(language),
        { Direction: { } direction } => "_" + direction,
        { HasLanguage: true } => Keywords.Null,
        _ => Keywords.None,
    };

    /// <summary>Term Selection.</summary>
    /// <param name="iri">An IRI or a keyword.</param>
    /// <param name="containers">Containers that suit the value, the best first.</param>
    /// <param name="kind"><c>@type</c>, <c>@language</c> or <c>@any</c>.</param>
    /// <param name="preferred">Values of that kind that suit, the best first.</param>
    public string? Select(string iri, IEnumerable<Containers> containers, string kind, IReadOnlyList<string> preferred)
    {
        var known = _iris[iri];
        foreach (var container in containers)
        {
            if (!known.TryGetValue(container, out var entry))
                continue;
            var values = kind switch { Keywords.Type => entry.Type, Keywords.Language => entry.Language, _ => entry.Any };
            foreach (var value in preferred)
                if (values.TryGetValue(value, out var term))
                    return term;
        }

        return null;
    }

#pragma warning disable CA1308 // language tags are compared in lower case
    public static string Lower(string language) => language.ToLowerInvariant();
#pragma warning restore CA1308

    private sealed class Entry
    {
        public Dictionary<string, string> Language { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> Type { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> Any { get; } = new(StringComparer.Ordinal);
    }
}
