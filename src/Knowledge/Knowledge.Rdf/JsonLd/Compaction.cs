using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Compaction Algorithm (JSON-LD 1.1 API, 6.1): a context is applied to an expanded document.</summary>
internal sealed partial class Compaction
{
    private readonly ContextProcessing _contexts;
    private readonly JsonLdOptions _options;
    private readonly IriCompaction _iris;
    private readonly ValueCompaction _values;
    private int _depth;

    public Compaction(ContextProcessing contexts, JsonLdOptions options)
    {
        _contexts = contexts;
        _options = options;
        _iris = new IriCompaction(options);
        _values = new ValueCompaction(_iris);
    }

    public string Alias(ActiveContext active, string keyword) => _iris.Compact(active, keyword)!;

    /// <param name="active">What terms mean.</param>
    /// <param name="property">The term that the element is a value of, or null.</param>
    /// <param name="element">What to compact; it stays as it is.</param>
    public JsonNode? Compact(ActiveContext active, string? property, JsonNode? element)
    {
        if (++_depth > _options.Limits.MaxDepth)
            throw new JsonLdException(JsonLdErrorCode.DepthExceeded, $"values stand more than {_options.Limits.MaxDepth} deep (JsonLdLimits.MaxDepth).");
        var result = element switch
        {
            JsonArray array => CompactArray(active, property, array),
            JsonObject map => CompactMap(active, property, map),
            _ => element?.DeepClone(),
        };
        _depth--;
        return result;
    }

    private JsonNode? CompactArray(ActiveContext active, string? property, JsonArray element)
    {
        var result = new JsonArray();
        foreach (var item in element)
            if (Compact(active, property, item) is { } compacted)
                result.Add(compacted);
        var keep = result.Count != 1 || !_options.CompactArrays || property is Keywords.Graph or Keywords.Set
            || (active.ContainerOf(property) & (Containers.List | Containers.Set)) != 0;
        return keep ? result : result.Drain()[0];
    }

    private JsonNode? CompactMap(ActiveContext active, string? property, JsonObject element)
    {
        var typeScoped = active;
        var scoped = active[property];
        if (active.Previous is { } previous && !element.ContainsKey(Keywords.Value) && !(element.Count == 1 && element.ContainsKey(Keywords.Id)))
            active = previous;
        if (scoped is { HasContext: true })
            active = _contexts.Scoped(active, scoped, overrideProtected: true);
        if (element.ContainsKey(Keywords.Value) || element.ContainsKey(Keywords.Id))
        {
            var value = _values.Compact(active, property, element);
            if (value is not (JsonObject or JsonArray) || active[property]?.TypeMapping == Keywords.Json)
                return value;
        }

        if (Keywords.IsListObject(element) && (active.ContainerOf(property) & Containers.List) != 0)
            return Compact(active, property, element[Keywords.List]);
        if (element.TryGetPropertyValue(Keywords.Type, out var types))
        {
            var scope = active;
            foreach (var type in types.Items().Select(t => _iris.Compact(scope, t.Text())!).Order(StringComparer.Ordinal).ToArray())
                if (typeScoped[type] is { HasContext: true } term)
                    active = _contexts.Scoped(active, term, propagate: false);
        }

        var node = new Node(active, typeScoped, property);
        foreach (var (expandedProperty, expandedValue) in element.Entries(_options.Ordered))
            CompactEntry(node, expandedProperty, expandedValue);
        return node.Result;
    }

    private void CompactEntry(Node node, string property, JsonNode? value)
    {
        var active = node.Active;
        switch (property)
        {
            case Keywords.Id:
                node.Result[Alias(active, property)] = _iris.Compact(active, value.Text(), vocab: false);
                break;
            case Keywords.Type:
                CompactType(node, value);
                break;
            case Keywords.Reverse:
                CompactReverse(node, value);
                break;
            case Keywords.Preserve:
                if (Compact(active, node.Property, value) is { } preserved and not JsonArray { Count: 0 })
                    node.Result[property] = preserved;
                break;
            case Keywords.Index when (active.ContainerOf(node.Property) & Containers.Index) != 0:
                break;
            case Keywords.Direction or Keywords.Index or Keywords.Language or Keywords.Value:
                node.Result[Alias(active, property)] = value?.DeepClone();
                break;
            default:
                CompactProperty(node, property, value);
                break;
        }
    }

    private void CompactType(Node node, JsonNode? value)
    {
        var alias = Alias(node.Active, Keywords.Type);
        JsonNode? compacted = value is JsonArray types
            ? new JsonArray([.. types.Select(t => (JsonNode?)_iris.Compact(node.TypeScoped, t.Text()))])
            : _iris.Compact(node.TypeScoped, value.Text());
        var asArray = (!_contexts.Is10 && (node.Active.ContainerOf(alias) & Containers.Set) != 0) || !_options.CompactArrays;
        if (compacted is JsonArray { Count: 0 })
            node.Result[alias] = compacted;
        else
            node.Result.AddValue(alias, compacted, asArray);
    }

    private void CompactReverse(Node node, JsonNode? value)
    {
        if (Compact(node.Active, Keywords.Reverse, value) is not JsonObject compacted)
            return;
        foreach (var property in compacted.Select(e => e.Key).ToArray())
        {
            if (node.Active[property] is not { IsReverse: true } term)
                continue;
            var asArray = (term.Container & Containers.Set) != 0 || !_options.CompactArrays;
            node.Result.AddValue(property, compacted.Take(property), asArray);
        }

        if (compacted.Count > 0)
            node.Result[Alias(node.Active, Keywords.Reverse)] = compacted;
    }

    private void CompactProperty(Node node, string property, JsonNode? value)
    {
        var active = node.Active;
        var reverse = node.Property == Keywords.Reverse;
        if (value is JsonArray { Count: 0 })
        {
            var term = _iris.Compact(active, property, value, vocab: true, reverse)!;
            var target = NestOf(node, term);
            if (!target.ContainsKey(term))
                target.AddValue(term, new JsonArray(), asArray: true);
            return;
        }

        foreach (var item in value.Items())
        {
            var term = _iris.Compact(active, property, item, vocab: true, reverse)!;
            var container = active.ContainerOf(term);
            var asArray = (container & Containers.Set) != 0 || term is Keywords.Graph or Keywords.List || !_options.CompactArrays;
            var inner = Keywords.IsListObject(item) ? ((JsonObject)item!)[Keywords.List] : Keywords.IsGraphObject(item) ? ((JsonObject)item!)[Keywords.Graph] : item;
            AddItem(new Target(active, NestOf(node, term), term, container, asArray), item, Compact(active, term, inner));
        }
    }

    /// <summary>Where the values of a term go: the result, or a map within it where the term nests.</summary>
    private static JsonObject NestOf(Node node, string term)
    {
        if (node.Active[term]?.Nest is not { } nest)
            return node.Result;
        if (nest != Keywords.Nest && IriExpansion.Expand(node.Active, nest) != Keywords.Nest)
            throw new JsonLdException(JsonLdErrorCode.InvalidNestValue, $"the term '{term}' nests under '{nest}', which must be @nest or a term for it.");
        if (node.Result[nest] is not JsonObject nested)
            node.Result[nest] = nested = [];
        return nested;
    }

    /// <summary>One map while its entries are compacted.</summary>
    /// <param name="Active">What terms mean.</param>
    /// <param name="TypeScoped">The context without what types brought.</param>
    /// <param name="Property">The term that the map is a value of, or null.</param>
    private sealed record Node(ActiveContext Active, ActiveContext TypeScoped, string? Property)
    {
        public JsonObject Result { get; } = [];
    }

    /// <summary>Where one compacted item goes.</summary>
    /// <param name="Active">What terms mean.</param>
    /// <param name="Map">The map that gets it.</param>
    /// <param name="Term">Under which key.</param>
    /// <param name="Container">How the term holds its values.</param>
    /// <param name="AsArray">Whether even one value is in an array.</param>
    private sealed record Target(ActiveContext Active, JsonObject Map, string Term, Containers Container, bool AsArray);
}
