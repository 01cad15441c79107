using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Small words over <see cref="JsonNode"/>, whose nodes stand in one place at a time: who moves one takes it out or copies it.</summary>
internal static class JsonNodes
{
    public static bool IsString(this JsonNode? node, [NotNullWhen(true)] out string? text)
    {
        if (node is JsonValue value && value.GetValueKind() == JsonValueKind.String)
        {
            text = value.GetValue<string>();
            return true;
        }

        text = null;
        return false;
    }

    public static string? Text(this JsonNode? node) => node.IsString(out var text) ? text : null;

    /// <summary>The entry's text, or null where there is none or it is no string.</summary>
    public static string? Text(this JsonObject map, string key) => map.TryGetPropertyValue(key, out var node) ? node.Text() : null;

    public static bool IsBoolean(this JsonNode? node, out bool flag)
    {
        flag = node is JsonValue value && value.GetValueKind() == JsonValueKind.True;
        return flag || (node is JsonValue other && other.GetValueKind() == JsonValueKind.False);
    }

    public static bool IsNumber(this JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.Number;

    /// <summary>The node, out of any other: itself where it stands alone, a copy where it does not.</summary>
    public static JsonNode? Free(this JsonNode? node) => node?.Parent is null ? node : node.DeepClone();

    /// <summary>Removes an entry and gives its value, which then stands alone.</summary>
    public static JsonNode? Take(this JsonObject map, string key)
    {
        map.TryGetPropertyValue(key, out var value);
        map.Remove(key);
        return value;
    }

    /// <summary>Empties an array and gives its items, which then stand alone.</summary>
    public static JsonNode?[] Drain(this JsonArray array)
    {
        var items = array.ToArray();
        array.Clear();
        return items;
    }

    /// <summary>The items of an array, or the one value as if it were in an array; nothing is moved.</summary>
    public static IReadOnlyList<JsonNode?> Items(this JsonNode? node) => node is JsonArray array ? [.. array] : [node];

    /// <summary>The value in an array, itself if it is one; it must stand alone.</summary>
    public static JsonArray InArray(this JsonNode? node) => node as JsonArray ?? new JsonArray(node.Free());

    /// <summary>The first item of an array, or the one value; null where there is none.</summary>
    public static JsonNode? First(this JsonNode? node) => node is JsonArray array ? array.Count > 0 ? array[0] : null : node;

    /// <summary>The node, or an empty array for null.</summary>
    public static JsonNode OrEmpty(this JsonNode? node) => node ?? new JsonArray();

    public static JsonObject Map(string key, JsonNode? value) => new() { [key] = value.Free() };

    /// <summary>Entries as they stand, or in code point order.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Entries(this JsonObject map, bool ordered) =>
        ordered ? map.OrderBy(e => e.Key, StringComparer.Ordinal) : map;

    /// <summary>The specification's "add value" (JSON-LD 1.1 API, 3). Arrays are emptied into the entry.</summary>
    public static void AddValue(this JsonObject map, string key, JsonNode? value, bool asArray)
    {
        var there = map.TryGetPropertyValue(key, out var old);
        if (asArray && old is not JsonArray)
        {
            var array = new JsonArray();
            if (there)
                array.Add(map.Take(key));
            map[key] = old = array;
            there = true;
        }

        if (value is JsonArray many)
        {
            foreach (var item in many.Parent is null ? many.Drain() : [.. many.Select(i => i?.DeepClone())])
                map.AddValue(key, item, asArray);
        }
        else if (!there)
        {
            map[key] = value.Free();
        }
        else if (old is JsonArray array)
        {
            array.Add(value.Free());
        }
        else
        {
            map[key] = new JsonArray(map.Take(key), value.Free());
        }
    }
}
