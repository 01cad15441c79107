using System.Text.Json;
using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Expansion Algorithm (JSON-LD 1.1 API, 5.1): contexts are applied and gone, terms are IRIs, values are in arrays.</summary>
internal sealed partial class Expansion(ContextProcessing contexts, JsonLdOptions options)
{
    private int _depth;

    /// <param name="active">What terms mean.</param>
    /// <param name="property">The term that the element is a value of, or null.</param>
    /// <param name="element">What to expand; it stays as it is.</param>
    /// <param name="baseUrl">Place of the document.</param>
    /// <param name="fromMap">Whether the element was a value of an index, id or type map.</param>
    public JsonNode? Expand(ActiveContext active, string? property, JsonNode? element, string? baseUrl, bool fromMap = false)
    {
        if (element is null)
            return null;
        if (++_depth > options.Limits.MaxDepth)
            throw new JsonLdException(JsonLdErrorCode.DepthExceeded, $"values stand more than {options.Limits.MaxDepth} deep (JsonLdLimits.MaxDepth).");
        JsonNode? result = element switch
        {
            JsonArray array => ExpandArray(active, property, array, baseUrl, fromMap),
            JsonObject map => ExpandMap(active, property, map, baseUrl, fromMap),
            _ => ExpandScalar(active, property, element),
        };
        _depth--;
        return result;
    }

    private JsonObject? ExpandScalar(ActiveContext active, string? property, JsonNode element)
    {
        if (property is null or Keywords.Graph)
            return null;
        if (active[property] is { HasContext: true } term)
            active = contexts.Scoped(active, term);
        return ValueExpansion.Expand(active, property, element);
    }

    private JsonArray ExpandArray(ActiveContext active, string? property, JsonArray element, string? baseUrl, bool fromMap)
    {
        var result = new JsonArray();
        var isList = (active.ContainerOf(property) & Containers.List) != 0;
        foreach (var item in element)
        {
            var expanded = Expand(active, property, item, baseUrl, fromMap);
            if (isList && contexts.Is10 && (expanded is JsonArray || Keywords.IsListObject(expanded)))
                throw new JsonLdException(JsonLdErrorCode.ListOfLists, $"a list of '{property}' is in a list, which JSON-LD 1.0 does not allow.");
            if (isList && expanded is JsonArray list)
                expanded = JsonNodes.Map(Keywords.List, list);
            if (expanded is JsonArray many)
                foreach (var one in many.Drain())
                    result.Add(one);
            else if (expanded is not null)
                result.Add(expanded);
        }

        return result;
    }

    private JsonNode? ExpandMap(ActiveContext active, string? property, JsonObject element, string? baseUrl, bool fromMap)
    {
        var scoped = active[property];
        if (active.Previous is { } previous && !fromMap && !KeepsScope(active, element))
            active = previous;
        if (scoped is { HasContext: true })
            active = contexts.Scoped(active, scoped, overrideProtected: true);
        if (element.TryGetPropertyValue(Keywords.Context, out var local))
            active = contexts.Process(active, local, baseUrl);
        var typeScoped = active;
        JsonNode? firstTypes = null;
        foreach (var (_, value) in element.Where(e => IriExpansion.Expand(typeScoped, e.Key) == Keywords.Type).OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            firstTypes ??= value;
            foreach (var type in value.Items().Select(t => t.Text()).OfType<string>().Order(StringComparer.Ordinal))
                if (typeScoped[type] is { HasContext: true } term)
                    active = contexts.Scoped(active, term, propagate: false);
        }

        var inputType = IriExpansion.Expand(active, (firstTypes is JsonArray types ? types.LastOrDefault() : firstTypes).Text());
        var node = new NodeExpansion(typeScoped, inputType, baseUrl);
        ExpandEntries(node, active, property, element);
        return Finish(node.Result, property);
    }

    /// <summary>Whether a map is a value object or a mere reference, for which a context that is not propagated still holds.</summary>
    private static bool KeepsScope(ActiveContext active, JsonObject element) =>
        element.Any(e => IriExpansion.Expand(active, e.Key) == Keywords.Value)
        || (element.Count == 1 && IriExpansion.Expand(active, element.Single().Key) == Keywords.Id);

    /// <summary>Steps 13 and 14: entries one by one, and then what is nested in them.</summary>
    private void ExpandEntries(NodeExpansion node, ActiveContext active, string? property, JsonObject element)
    {
        List<string>? nests = null;
        foreach (var (key, value) in element.Entries(options.Ordered))
        {
            if (key == Keywords.Context || IriExpansion.Expand(active, key) is not { } expanded)
                continue;
            if (expanded == Keywords.Nest && property != Keywords.Reverse)
                (nests ??= []).Add(key);
            else if (Keywords.Is(expanded))
                ExpandKeyword(node, new Entry(active, property, expanded, value));
            else if (expanded.Contains(':', StringComparison.Ordinal))
                ExpandProperty(node, new Entry(active, key, expanded, value));
        }

        foreach (var nest in options.Ordered ? nests?.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>() : nests ?? [])
            ExpandNest(node, active, nest, element[nest]);
    }

    private void ExpandNest(NodeExpansion node, ActiveContext active, string nest, JsonNode? values)
    {
        if (++_depth > options.Limits.MaxDepth)
            throw new JsonLdException(JsonLdErrorCode.DepthExceeded, $"values stand more than {options.Limits.MaxDepth} deep (JsonLdLimits.MaxDepth).");
        foreach (var nested in values.Items())
        {
            if (nested is not JsonObject map || map.Any(e => IriExpansion.Expand(active, e.Key) == Keywords.Value))
                throw new JsonLdException(JsonLdErrorCode.InvalidNestValue, $"{nested?.ToJsonString() ?? "null"} is a value of '{nest}', which nests; it must be a map without @value.");
            ExpandEntries(node, active[nest] is { HasContext: true } term ? contexts.Scoped(active, term, overrideProtected: true) : active, nest, map);
        }

        _depth--;
    }

    /// <summary>Steps 15 to 20: what the entries came to, checked.</summary>
    private static JsonNode? Finish(JsonObject map, string? property)
    {
        JsonNode? result = map;
        if (map.ContainsKey(Keywords.Value))
        {
            if (FinishValue(map) is null)
                return null;
        }
        else if (map.TryGetPropertyValue(Keywords.Type, out var type) && type is not JsonArray)
        {
            map[Keywords.Type] = new JsonArray(map.Take(Keywords.Type));
        }
        else if (map.ContainsKey(Keywords.Set) || map.ContainsKey(Keywords.List))
        {
            if (map.Count > 2 || (map.Count == 2 && !map.ContainsKey(Keywords.Index)))
                throw new JsonLdException(JsonLdErrorCode.InvalidSetOrListObject, $"a set or list has entries besides @index: {string.Join(", ", map.Select(e => e.Key))}.");
            if (map.ContainsKey(Keywords.Set))
                result = map.Take(Keywords.Set);
        }

        if (result is JsonObject { Count: 1 } only && only.ContainsKey(Keywords.Language))
            return null;
        if (property is null or Keywords.Graph && result is JsonObject free
            && (free.Count == 0 || free.ContainsKey(Keywords.Value) || free.ContainsKey(Keywords.List) || (free.Count == 1 && free.ContainsKey(Keywords.Id))))
            return null;
        return result;
    }

    private static JsonObject? FinishValue(JsonObject map)
    {
        var hasType = map.TryGetPropertyValue(Keywords.Type, out var type);
        var hasLanguage = map.ContainsKey(Keywords.Language);
        if (map.FirstOrDefault(e => e.Key is not (Keywords.Direction or Keywords.Index or Keywords.Language or Keywords.Type or Keywords.Value)).Key is { } extra)
            throw new JsonLdException(JsonLdErrorCode.InvalidValueObject, $"a value object has an entry '{extra}'.");
        if (hasType && (hasLanguage || map.ContainsKey(Keywords.Direction)))
            throw new JsonLdException(JsonLdErrorCode.InvalidValueObject, "a value object has @type beside @language or @direction.");
        var value = map[Keywords.Value];
        if (type.Items() is [var single] && single.Text() == Keywords.Json)
        {
            map[Keywords.Type] = Keywords.Json;
            return map;
        }

        if (value is null or JsonArray { Count: 0 })
            return null;
        if (hasLanguage && !value.IsString(out _))
            throw new JsonLdException(JsonLdErrorCode.InvalidLanguageTaggedValue, $"{value.ToJsonString()} has a @language; only strings can have one.");
        if (hasType && !(type.IsString(out var iri) && IriReference.IsAbsolute(iri)))
            throw new JsonLdException(JsonLdErrorCode.InvalidTypedValue, $"the @type of a value is {type?.ToJsonString() ?? "null"}; it must be one IRI.");
        return map;
    }

    /// <summary>One node object or value object while its entries are expanded.</summary>
    /// <param name="TypeScoped">The context without what types brought.</param>
    /// <param name="InputType">Its last type, expanded, or null.</param>
    /// <param name="BaseUrl">Place of the document.</param>
    private sealed record NodeExpansion(ActiveContext TypeScoped, string? InputType, string? BaseUrl)
    {
        public JsonObject Result { get; } = [];
    }

    /// <summary>One entry.</summary>
    /// <param name="Active">What terms mean.</param>
    /// <param name="Property">For properties the entry's own key; for keywords the term that the map is a value of, or null.</param>
    /// <param name="Expanded">The entry's key, expanded.</param>
    /// <param name="Value">Its value, not expanded.</param>
    private sealed record Entry(ActiveContext Active, string? Property, string Expanded, JsonNode? Value);
}
