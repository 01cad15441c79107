using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>IRI Compaction (JSON-LD 1.1 API, 6.2): the shortest fitting way to write an IRI or a keyword.</summary>
internal sealed class IriCompaction(JsonLdOptions options)
{
    private bool Is10 => options.ProcessingMode == JsonLdProcessingMode.JsonLd10;

    /// <param name="active">What terms mean.</param>
    /// <param name="iri">An IRI, a blank node identifier, a keyword or null.</param>
    /// <param name="value">The value that the IRI is the property of, or null.</param>
    /// <param name="vocab">Whether terms and the vocabulary may be used.</param>
    /// <param name="reverse">Whether the IRI is a reverse property.</param>
    public string? Compact(ActiveContext active, string? iri, JsonNode? value = null, bool vocab = true, bool reverse = false)
    {
        if (iri is null)
            return null;
        if (vocab && active.Inverse.Contains(iri) && SelectTerm(active, iri, value, reverse) is { } term)
            return term;
        if (vocab && active.VocabularyMapping is { } vocabulary && iri.Length > vocabulary.Length && iri.StartsWith(vocabulary, StringComparison.Ordinal))
        {
            var suffix = iri[vocabulary.Length..];
            if (active[suffix] is null)
                return suffix;
        }

        if (CompactWithPrefix(active, iri, value) is { } compact)
            return compact;
        if (iri.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && active[iri[..colon]] is { IsPrefix: true } && !iri.AsSpan(colon + 1).StartsWith("//"))
            throw new JsonLdException(JsonLdErrorCode.IriConfusedWithPrefix, $"<{iri}> would be read as a compact IRI with the prefix '{iri[..colon]}'.");
        if (vocab || active.BaseIri is not { } @base || iri.StartsWith("_:", StringComparison.Ordinal))
            return iri;
        var relative = IriReference.MakeRelative(@base, iri);
        return Keywords.HasForm(relative) ? "./" + relative : relative;
    }

    private static string? CompactWithPrefix(ActiveContext active, string iri, JsonNode? value)
    {
        string? best = null;
        foreach (var (prefix, mapping) in active.Inverse.Prefixes)
        {
            if (mapping.Length >= iri.Length || !iri.StartsWith(mapping, StringComparison.Ordinal))
                continue;
            var candidate = $"{prefix}:{iri.AsSpan(mapping.Length)}";
            var better = best is null || candidate.Length < best.Length || (candidate.Length == best.Length && string.CompareOrdinal(candidate, best) < 0);
            if (better && (active[candidate] is not { } taken || (taken.IriMapping == iri && value is null)))
                best = candidate;
        }

        return best;
    }

    private string? SelectTerm(ActiveContext active, string iri, JsonNode? value, bool reverse)
    {
        if (value is JsonObject preserved && preserved.TryGetPropertyValue(Keywords.Preserve, out var preserve))
            value = preserve.First();
        var map = value as JsonObject;
        var choice = new Choice();
        if (map is not null && map.ContainsKey(Keywords.Index) && !Keywords.IsGraphObject(map))
            choice.Accept(Containers.Index, Containers.Index | Containers.Set);
        if (reverse)
        {
            choice.Prefer(Keywords.Type, Keywords.Reverse);
            choice.Accept(Containers.Set);
        }
        else if (Keywords.IsListObject(map))
        {
            ChooseForList(active, map!, choice);
        }
        else if (Keywords.IsGraphObject(map))
        {
            ChooseForGraph(map!, choice);
        }
        else
        {
            ChooseForValue(map, choice);
        }

        choice.Accept(Containers.None);
        if (!Is10 && map?.ContainsKey(Keywords.Index) != true)
            choice.Accept(Containers.Index, Containers.Index | Containers.Set);
        if (!Is10 && map is { Count: 1 } && map.ContainsKey(Keywords.Value))
            choice.Accept(Containers.Language, Containers.Language | Containers.Set);
        var preferred = Preferred(active, map, choice);
        return active.Inverse.Select(iri, choice.Containers, choice.Kind, preferred);
    }

    private List<string> Preferred(ActiveContext active, JsonObject? map, Choice choice)
    {
        var preferred = new List<string>();
        if (choice.Value == Keywords.Reverse)
            preferred.Add(Keywords.Reverse);
        if (choice.Value is Keywords.Id or Keywords.Reverse && map?.Text(Keywords.Id) is { } id)
        {
            var isTerm = active[Compact(active, id)]?.IriMapping == id;
            preferred.AddRange(isTerm ? [Keywords.Vocab, Keywords.Id, Keywords.None] : [Keywords.Id, Keywords.Vocab, Keywords.None]);
        }
        else
        {
            preferred.AddRange([choice.Value, Keywords.None]);
            if (map is not null && map.TryGetPropertyValue(Keywords.List, out var list) && list is JsonArray { Count: 0 })
                choice.Kind = Keywords.Any;
        }

        preferred.Add(Keywords.Any);
        foreach (var value in preferred.ToArray())
            if (value.IndexOf('_', StringComparison.Ordinal) is >= 0 and var at)
                preferred.Add(value[at..]);
        return preferred;
    }

    private static void ChooseForList(ActiveContext active, JsonObject value, Choice choice)
    {
        if (!value.ContainsKey(Keywords.Index))
            choice.Accept(Containers.List);
        var list = (JsonArray)value[Keywords.List]!;
        string? type = null;
        string? language = list.Count == 0 ? DefaultLanguage(active) : null;
        foreach (var item in list)
        {
            var (itemLanguage, itemType) = FormOf(item);
            language ??= itemLanguage;
            if (itemLanguage != language && Keywords.IsValueObject(item))
                language = Keywords.None;
            type ??= itemType;
            if (itemType != type)
                type = Keywords.None;
            if (language == Keywords.None && type == Keywords.None)
                break;
        }

        if ((type ?? Keywords.None) != Keywords.None)
            choice.Prefer(Keywords.Type, type!);
        else
            choice.Prefer(Keywords.Language, language ?? Keywords.None);
    }

    private static (string Language, string Type) FormOf(JsonNode? item)
    {
        if (item is not JsonObject map || !map.ContainsKey(Keywords.Value))
            return (Keywords.None, Keywords.Id);
        if (map.Text(Keywords.Direction) is { } direction)
            return ($"{Lower(map.Text(Keywords.Language))}_{direction}", Keywords.None);
        if (map.Text(Keywords.Language) is { } language)
            return (Lower(language), Keywords.None);
        return map.Text(Keywords.Type) is { } type ? (Keywords.None, type) : (Keywords.Null, Keywords.None);
    }

    private static string DefaultLanguage(ActiveContext active) => active.DefaultDirection is { } direction ? $"{Lower(active.DefaultLanguage)}_{direction}"
        : active.DefaultLanguage is { } language ? Lower(language) : Keywords.None;

    private static void ChooseForGraph(JsonObject value, Choice choice)
    {
        Containers[] byIndex = [Containers.Graph | Containers.Index, Containers.Graph | Containers.Index | Containers.Set];
        Containers[] byId = [Containers.Graph | Containers.Id, Containers.Graph | Containers.Id | Containers.Set];
        var hasIndex = value.ContainsKey(Keywords.Index);
        var hasId = value.ContainsKey(Keywords.Id);
        if (hasIndex)
            choice.Accept(byIndex);
        if (hasId)
            choice.Accept(byId);
        choice.Accept(Containers.Graph, Containers.Graph | Containers.Set, Containers.Set);
        if (!hasIndex)
            choice.Accept(byIndex);
        if (!hasId)
            choice.Accept(byId);
        choice.Accept(Containers.Index, Containers.Index | Containers.Set);
        choice.Prefer(Keywords.Type, Keywords.Id);
    }

    private static void ChooseForValue(JsonObject? value, Choice choice)
    {
        if (!Keywords.IsValueObject(value))
        {
            choice.Prefer(Keywords.Type, Keywords.Id);
            choice.Accept(Containers.Id, Containers.Id | Containers.Set, Containers.Type, Containers.Type | Containers.Set);
        }
        else if (value!.Text(Keywords.Direction) is { } direction && !value!.ContainsKey(Keywords.Index))
        {
            choice.Prefer(Keywords.Language, $"{Lower(value!.Text(Keywords.Language))}_{direction}");
            choice.Accept(Containers.Language, Containers.Language | Containers.Set);
        }
        else if (value!.Text(Keywords.Language) is { } language && !value!.ContainsKey(Keywords.Index))
        {
            choice.Prefer(Keywords.Language, Lower(language));
            choice.Accept(Containers.Language, Containers.Language | Containers.Set);
        }
        else if (value!.Text(Keywords.Type) is { } type)
        {
            choice.Prefer(Keywords.Type, type);
        }

        choice.Accept(Containers.Set);
    }

    private static string Lower(string? language) => language is null ? "" : InverseContext.Lower(language);

    /// <summary>What suits a value, the best first.</summary>
    private sealed class Choice
    {
        public List<Containers> Containers { get; } = [];

        public string Kind { get; set; } = Keywords.Language;

        public string Value { get; private set; } = Keywords.Null;

        public void Accept(params ReadOnlySpan<Containers> containers) => Containers.AddRange(containers);

        public void Prefer(string kind, string value) => (Kind, Value) = (kind, value);
    }
}
