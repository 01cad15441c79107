using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Create Term Definition (JSON-LD 1.1 API, 4.2), for the terms of one local context.</summary>
internal sealed partial class TermDefinitionCreation(ContextProcessing contexts, ActiveContext active, JsonObject local, string? baseUrl, ContextScope scope)
{
    private static readonly HashSet<string> s_entries = new(StringComparer.Ordinal)
    {
        Keywords.Id, Keywords.Reverse, Keywords.Container, Keywords.Context, Keywords.Direction, Keywords.Index, Keywords.Language, Keywords.Nest, Keywords.Prefix, Keywords.Protected, Keywords.Type,
    };

    /// <summary>True where a term is defined, false while it is being defined.</summary>
    private readonly Dictionary<string, bool> _defined = new(StringComparer.Ordinal);

    /// <summary>Defines a term that is in the local context, unless that is done.</summary>
    public void CreateIfThere(string term)
    {
        if (local.ContainsKey(term) && !(_defined.TryGetValue(term, out var done) && done))
            Create(term);
    }

    public void Create(string term)
    {
        if (_defined.TryGetValue(term, out var done))
        {
            if (done)
                return;
            throw new JsonLdException(JsonLdErrorCode.CyclicIriMapping, $"the term '{term}' is defined by itself.");
        }

        if (term.Length == 0)
            throw new JsonLdException(JsonLdErrorCode.InvalidTermDefinition, "a term is the empty string.");
        if (++scope.Used.Depth > contexts.Limits.MaxDepth)
            throw new JsonLdException(JsonLdErrorCode.DepthExceeded, $"the term '{term}' depends on more than {contexts.Limits.MaxDepth} others in a row (JsonLdLimits.MaxDepth).");
        _defined[term] = false;
        Define(term, local[term]);
        _defined[term] = true;
        scope.Used.Depth--;
    }

    private void Define(string term, JsonNode? given)
    {
        if (term == Keywords.Type)
            CheckTypeRedefinition(given);
        else if (Keywords.Is(term))
            throw new JsonLdException(JsonLdErrorCode.KeywordRedefinition, $"'{term}' is a keyword and cannot be a term.");
        else if (Keywords.HasForm(term))
            return;

        var previous = active.Undefine(term);
        var simple = given.IsString(out _);
        var value = given switch
        {
            null => new JsonObject { [Keywords.Id] = null },
            JsonObject map => map,
            _ when simple => new JsonObject { [Keywords.Id] = given.DeepClone() },
            _ => throw Wrong(JsonLdErrorCode.InvalidTermDefinition, term, given, "must be a string, a map or null"),
        };
        var definition = new TermDefinition { IsProtected = ProtectedOf(term, value), ExpandsAnySuffix = contexts.Is10 };
        DefineType(term, value, definition);
        if (!DefineIri(term, value, definition, simple))
            return;
        DefineContainer(term, value, definition);
        DefineIndex(term, value, definition);
        DefineContext(value, definition);
        DefineLanguageAndDirection(term, value, definition);
        DefineNestAndPrefix(term, value, definition);
        if (value.FirstOrDefault(e => !s_entries.Contains(e.Key)).Key is { } unknown)
            throw new JsonLdException(JsonLdErrorCode.InvalidTermDefinition, $"the term '{term}' has an entry '{unknown}', which no term has.");
        if (!scope.OverrideProtected && previous is { IsProtected: true })
        {
            if (!definition.SameAs(previous))
                throw new JsonLdException(JsonLdErrorCode.ProtectedTermRedefinition, $"the term '{term}' is protected and would be changed.");
            definition = previous;
        }

        active.Define(term, definition);
    }

    private void CheckTypeRedefinition(JsonNode? given)
    {
        var allowed = !contexts.Is10 && given is JsonObject { Count: > 0 } map
            && map.All(e => (e.Key == Keywords.Container && e.Value.Text() == Keywords.Set) || e.Key == Keywords.Protected);
        if (!allowed)
            throw new JsonLdException(JsonLdErrorCode.KeywordRedefinition, "@type may only be given \"@container\": \"@set\" and @protected, in JSON-LD 1.1.");
    }

    private bool ProtectedOf(string term, JsonObject value)
    {
        if (value.TryGetPropertyValue(Keywords.Protected, out var own))
        {
            contexts.Only11(Keywords.Protected, JsonLdErrorCode.InvalidTermDefinition);
            return own.IsBoolean(out var flag) ? flag : throw Wrong(JsonLdErrorCode.InvalidProtectedValue, term, own, "must be true or false in @protected");
        }

        if (!local.TryGetPropertyValue(Keywords.Protected, out var all))
            return false;
        return all.IsBoolean(out var protect) ? protect : throw Wrong(JsonLdErrorCode.InvalidProtectedValue, Keywords.Context, all, "must be true or false in @protected");
    }

    private void DefineType(string term, JsonObject value, TermDefinition definition)
    {
        if (!value.TryGetPropertyValue(Keywords.Type, out var given))
            return;
        if (!given.IsString(out var text))
            throw Wrong(JsonLdErrorCode.InvalidTypeMapping, term, given, "must be a string in @type");
        var type = Expand(text);
        if (contexts.Is10 && type is Keywords.Json or Keywords.None)
            throw Wrong(JsonLdErrorCode.InvalidTypeMapping, term, given, "is a type of JSON-LD 1.1");
        if (type is not (Keywords.Id or Keywords.Json or Keywords.None or Keywords.Vocab) && !(type is not null && IriReference.IsAbsolute(type)))
            throw Wrong(JsonLdErrorCode.InvalidTypeMapping, term, given, "must expand to an IRI, @id, @json, @none or @vocab in @type");
        definition.TypeMapping = type;
    }

    /// <summary>Finds what the term stands for.</summary>
    /// <returns>False where the definition is to be ignored, as it names a keyword of the future.</returns>
    private bool DefineIri(string term, JsonObject value, TermDefinition definition, bool simple)
    {
        if (value.TryGetPropertyValue(Keywords.Reverse, out var reverse))
            return DefineReverse(term, value, definition, reverse);
        if (value.TryGetPropertyValue(Keywords.Id, out var id) && id.Text() != term)
            return id is null || DefineId(term, id, definition, simple);
        if (term.IndexOf(':', 1) > 0)
        {
            DefineCompact(term, definition);
        }
        else if (term.Contains('/', StringComparison.Ordinal))
        {
            definition.IriMapping = IriExpansion.Expand(active, term);
            if (definition.IriMapping is not { } iri || !IriReference.IsAbsolute(iri))
                throw new JsonLdException(JsonLdErrorCode.InvalidIriMapping, $"the term '{term}' does not expand to an IRI.");
        }
        else
        {
            definition.IriMapping = term == Keywords.Type ? term : active.VocabularyMapping is { } vocab ? vocab + term
                : throw new JsonLdException(JsonLdErrorCode.InvalidIriMapping, $"the term '{term}' has no @id and there is no @vocab.");
        }

        return true;
    }

    private bool DefineReverse(string term, JsonObject value, TermDefinition definition, JsonNode? reverse)
    {
        if (value.ContainsKey(Keywords.Id) || value.ContainsKey(Keywords.Nest))
            throw new JsonLdException(JsonLdErrorCode.InvalidReverseProperty, $"the term '{term}' has @reverse beside @id or @nest.");
        if (!reverse.IsString(out var text))
            throw Wrong(JsonLdErrorCode.InvalidIriMapping, term, reverse, "must be a string in @reverse");
        if (Keywords.HasForm(text))
            return false;
        definition.IriMapping = Expand(text);
        if (!IsIriOrBlank(definition.IriMapping))
            throw Wrong(JsonLdErrorCode.InvalidIriMapping, term, reverse, "must expand to an IRI or a blank node identifier");
        if (value.TryGetPropertyValue(Keywords.Container, out var container) && container is not null && container.Text() is not (Keywords.Set or Keywords.Index))
            throw Wrong(JsonLdErrorCode.InvalidReverseProperty, term, container, "must be @set, @index or null in @container of a reverse property");
        definition.IsReverse = true;
        return true;
    }

    private bool DefineId(string term, JsonNode id, TermDefinition definition, bool simple)
    {
        if (!id.IsString(out var text))
            throw Wrong(JsonLdErrorCode.InvalidIriMapping, term, id, "must be a string or null in @id");
        if (!Keywords.Is(text) && Keywords.HasForm(text))
            return false;
        var iri = definition.IriMapping = Expand(text);
        if (iri == Keywords.Context)
            throw Wrong(JsonLdErrorCode.InvalidKeywordAlias, term, id, "cannot have an alias");
        if (iri is null || !(Keywords.Is(iri) || IsIriOrBlank(iri)))
            throw Wrong(JsonLdErrorCode.InvalidIriMapping, term, id, "must expand to an IRI, a blank node identifier or a keyword");
        var colon = term.Length > 2 && term.AsSpan(1, term.Length - 2).Contains(':');
        var slash = term.Contains('/', StringComparison.Ordinal);
        if ((colon || slash) && !contexts.Is10)
        {
            _defined[term] = true;
            if (Expand(term) != iri)
                throw Wrong(JsonLdErrorCode.InvalidIriMapping, term, id, "is not what the term expands to as an IRI");
        }

        if (simple && !slash && !term.Contains(':', StringComparison.Ordinal) && (iri.StartsWith("_:", StringComparison.Ordinal) || ":/?#[]@".Contains(iri[^1], StringComparison.Ordinal)))
            definition.IsPrefix = true;
        return true;
    }

    private void DefineCompact(string term, TermDefinition definition)
    {
        var colon = term.IndexOf(':', StringComparison.Ordinal);
        var prefix = term[..colon];
        CreateIfThere(prefix);
        definition.IriMapping = active[prefix] is { } known ? known.IriMapping + term[(colon + 1)..] : term;
    }

    private string? Expand(string value) => IriExpansion.Expand(active, value, creation: this);

    private static bool IsIriOrBlank(string? iri) => iri is not null && (iri.StartsWith("_:", StringComparison.Ordinal) || IriReference.IsAbsolute(iri));

    private static JsonLdException Wrong(string code, string term, JsonNode? found, string needed) =>
        new(code, $"{found?.ToJsonString() ?? "null"} of the term '{term}' {needed}.");
}
