using System.Text.Json.Nodes;

namespace Conformance.Tests.JsonLd;

/// <summary>JSON-LD object comparison, as the suite's readme asks for it: entries and array items in any order, but the items of lists.</summary>
internal static class JsonLdComparison
{
    public static bool AreEqual(JsonNode? expected, JsonNode? actual, bool ordered = false) => (expected, actual) switch
    {
        (JsonObject e, JsonObject a) => e.Count == a.Count && e.All(p => a.TryGetPropertyValue(p.Key, out var value) && AreEqual(p.Value, value, p.Key == "@list")),
        (JsonArray e, JsonArray a) when ordered => e.Count == a.Count && e.Zip(a).All(p => AreEqual(p.First, p.Second)),
        (JsonArray e, JsonArray a) => e.Count == a.Count && AreEqualInSomeOrder([.. e], [.. a]),
        _ => JsonNode.DeepEquals(expected, actual),
    };

    private static bool AreEqualInSomeOrder(List<JsonNode?> expected, List<JsonNode?> actual)
    {
        foreach (var item in expected)
        {
            var found = actual.FindIndex(a => AreEqual(item, a));
            if (found < 0)
                return false;
            actual.RemoveAt(found);
        }

        return true;
    }
}
