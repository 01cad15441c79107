using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Value Compaction (JSON-LD 1.1 API, 6.3): a value object or a reference as a scalar where its term says the rest.</summary>
internal sealed class ValueCompaction(IriCompaction iris)
{
    public JsonNode? Compact(ActiveContext active, string? property, JsonObject value)
    {
        var term = active[property];
        var type = value.Text(Keywords.Type);
        var indexIsSaid = !value.ContainsKey(Keywords.Index) || (active.ContainerOf(property) & Containers.Index) != 0;
        var isReference = value.ContainsKey(Keywords.Id) && value.All(e => e.Key is Keywords.Id or Keywords.Index);
        if (!isReference && !value.ContainsKey(Keywords.Value))
            return value;
        JsonNode? result = value.DeepClone();
        if (isReference)
        {
            if (term?.TypeMapping is Keywords.Id or Keywords.Vocab && indexIsSaid)
                result = iris.Compact(active, value.Text(Keywords.Id), vocab: term.TypeMapping == Keywords.Vocab);
        }
        else if (type is not null && type == term?.TypeMapping)
        {
            if (indexIsSaid)
                return value[Keywords.Value]?.DeepClone();
        }
        else if (term?.TypeMapping == Keywords.None || value.ContainsKey(Keywords.Type))
        {
            CompactTypes(active, value, (JsonObject)result);
        }
        else if (!value[Keywords.Value].IsString(out _))
        {
            if (indexIsSaid)
                result = value[Keywords.Value]?.DeepClone();
        }
        else if (indexIsSaid && SaysLanguage(active, term, value))
        {
            result = value[Keywords.Value]!.DeepClone();
        }

        if (result is not JsonObject map)
            return result;
        var renamed = new JsonObject();
        foreach (var key in map.Select(e => e.Key).ToArray())
            renamed[iris.Compact(active, key)!] = map.Take(key);
        return renamed;
    }

    private void CompactTypes(ActiveContext active, JsonObject value, JsonObject result)
    {
        if (value[Keywords.Type] is JsonArray types)
            result[Keywords.Type] = new JsonArray([.. types.Select(t => (JsonNode?)iris.Compact(active, t.Text()))]);
        else if (value.Text(Keywords.Type) is { } type)
            result[Keywords.Type] = iris.Compact(active, type);
    }

    /// <summary>Whether a string under this term has the language and the direction that the value has.</summary>
    private static bool SaysLanguage(ActiveContext active, TermDefinition? term, JsonObject value)
    {
        var language = term is { HasLanguage: true } ? term.Language : active.DefaultLanguage;
        var direction = term is { HasDirection: true } ? term.Direction : active.DefaultDirection;
        return string.Equals(value.Text(Keywords.Language), language, StringComparison.OrdinalIgnoreCase) && value.Text(Keywords.Direction) == direction;
    }
}
