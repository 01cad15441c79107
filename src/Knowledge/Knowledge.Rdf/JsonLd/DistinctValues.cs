using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Adds to arrays what is not in them yet; long arrays are looked up by the canonical text of their items, so that many values cost linear time.</summary>
internal sealed class DistinctValues
{
    private const int LookedThrough = 8;
    private readonly Dictionary<JsonArray, HashSet<string>> _known = new(ReferenceEqualityComparer.Instance);

    public bool Add(JsonArray array, JsonNode? item)
    {
        if (array.Count < LookedThrough)
        {
            if (array.Any(i => JsonNode.DeepEquals(i, item)))
                return false;
        }
        else
        {
            if (!_known.TryGetValue(array, out var known))
                _known[array] = known = [.. array.Select(JsonCanonicalization.Canonicalize)];
            if (!known.Add(JsonCanonicalization.Canonicalize(item)))
                return false;
        }

        array.Add(item);
        return true;
    }
}
