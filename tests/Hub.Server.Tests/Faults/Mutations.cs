using System.Text;
using System.Text.Json.Nodes;

namespace Hub.Server.Tests.Faults;

/// <summary>Changes bodies: half of the time as bytes, half of the time as the JSON that they are, so that many get past the parser.</summary>
internal static class Mutations
{
    private static readonly string[] s_values =
    [
        "null", "true", "[]", "{}", "\"\"", "-1", "0", "1e308", "-1e-308", "9223372036854775808", "0.1", "\"\\u0000\"", "\"\\ud83d\\ude00\"", "[[[[]]]]", "{\"a\":{\"b\":[null]}}", "\"text\"", "[null]", "[{}]",
    ];

    public static byte[] Of(byte[] body, Random random) => random.Next(2) == 0 ? Bytes(body, random) : Values(body, random);

    private static byte[] Bytes(byte[] body, Random random)
    {
        List<byte> bytes = [.. body];
        for (var changes = random.Next(1, 4); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveAt(at);
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                case 3:
                    bytes.RemoveRange(at, random.Next(bytes.Count - at));
                    break;
                default:
                    bytes.InsertRange(at, bytes.GetRange(at, random.Next(bytes.Count - at)));
                    break;
            }
        }

        return [.. bytes];
    }

    private static byte[] Values(byte[] body, Random random)
    {
        var root = JsonNode.Parse(body)!;
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            List<JsonNode> places = [];
            Collect(root, places);
            Change(places[random.Next(places.Count)], random);
        }

        return Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static void Change(JsonNode place, Random random)
    {
        var value = JsonNode.Parse(s_values[random.Next(s_values.Length)]);
        if (place is JsonArray list)
        {
            if (list.Count > 0 && random.Next(2) == 0)
                list[random.Next(list.Count)] = value;
            else
                list.Add(value);
            return;
        }

        var map = (JsonObject)place;
        string[] keys = [.. map.Select(p => p.Key)];
        if (keys.Length > 0 && random.Next(4) == 0)
            map.Remove(keys[random.Next(keys.Length)]);
        else
            map[keys.Length > 0 && random.Next(4) > 0 ? keys[random.Next(keys.Length)] : $"key{random.Next(9)}"] = value;
    }

    private static void Collect(JsonNode? node, List<JsonNode> places)
    {
        if (node is JsonArray list)
        {
            places.Add(list);
            foreach (var item in list)
                Collect(item, places);
        }
        else if (node is JsonObject map)
        {
            places.Add(map);
            foreach (var (_, item) in map)
                Collect(item, places);
        }
    }
}
