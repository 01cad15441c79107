using System.Text.Json.Nodes;
using CsCheck;

namespace Knowledge.Rdf.Tests.JsonLd;

/// <summary>Random expanded documents, and contexts that have names for what is in them.</summary>
/// <remarks>
/// Left out is what compaction by the specification cannot say: two lists under a term with a list container, values other than strings under one with a language container,
/// lists and graphs under one with an index container, and several values, or an empty list, under a term of the type <c>@json</c>. So p2 has strings with languages alone, p3 one list,
/// p6 values with and without indexes, and lists are not empty. Graphs have one node, as several would come back as included nodes of one.
/// </remarks>
internal static class ExpandedDocuments
{
    private const string Ex = "http://example.org/";
    private static readonly Gen<string> s_iri = Gen.Int[0, 5].Select(n => $"{Ex}n{n}");
    private static readonly Gen<string> s_property = OneOf("p0", "p1", "p4", "p5").Select(n => Ex + n);
    private static readonly Gen<string> s_text = Gen.Char["ab \"\\é\n:@_"].Array[0, 6].Select(c => new string(c));

    private static readonly Gen<Func<JsonNode>> s_value = Gen.OneOf<Func<JsonNode>>(
        s_text.Select(t => (Func<JsonNode>)(() => new JsonObject { ["@value"] = t })),
        Gen.Select(s_text, OneOf("en", "de")).Select((t, l) => (Func<JsonNode>)(() => new JsonObject { ["@value"] = t, ["@language"] = l })),
        Gen.Select(s_text, OneOf("en", "ar"), OneOf("ltr", "rtl")).Select((t, l, d) => (Func<JsonNode>)(() => new JsonObject { ["@value"] = t, ["@language"] = l, ["@direction"] = d })),
        Gen.Select(s_text, Gen.Int[0, 2]).Select((t, n) => (Func<JsonNode>)(() => new JsonObject { ["@value"] = t, ["@type"] = $"{Ex}t{n}" })),
        Gen.Int[-9, 9].Select(n => (Func<JsonNode>)(() => new JsonObject { ["@value"] = n })),
        Gen.Bool.Select(b => (Func<JsonNode>)(() => new JsonObject { ["@value"] = b })),
        s_text.Select(t => (Func<JsonNode>)(() => new JsonObject { ["@value"] = new JsonObject { ["k"] = new JsonArray(t, null) }, ["@type"] = "@json" })),
        s_iri.Select(i => (Func<JsonNode>)(() => new JsonObject { ["@id"] = i })));

    private static readonly Gen<Func<JsonNode>> s_item = Gen.OneOf(
        s_value, s_value, s_value,
        s_value.Array[1, 3].Select(v => (Func<JsonNode>)(() => new JsonObject { ["@list"] = Array(v) })),
        Gen.Select(s_value, OneOf("x", "y")).Select((v, i) => (Func<JsonNode>)(() => With(v(), "@index", i))));

    private static readonly Gen<Func<JsonNode>> s_leaf = Node(s_item);

    /// <summary>Documents in expanded form, with nested nodes, graphs, reverse properties and lists.</summary>
    public static Gen<Func<JsonArray>> Documents { get; } = Node(Gen.OneOf(s_item, s_leaf, s_leaf.Select(n => (Func<JsonNode>)(() => new JsonObject { ["@graph"] = new JsonArray(n()) }))))
        .Array[1, 3].Select(n => (Func<JsonArray>)(() => Array(n)));

    /// <summary>Contexts with terms for the properties, each with a random container, type or language.</summary>
    public static Gen<Func<JsonObject>> Contexts { get; } = Gen.Select(Definition(0), Definition(1), Gen.Int[0, 7]).Select((a, b, flags) => (Func<JsonObject>)(() =>
    {
        var context = new JsonObject { ["a"] = a(), ["b"] = b(), ["c"] = Term(2, "@language"), ["d"] = Term(3, "@list"), ["e"] = Term(6, "@index"), ["rev"] = new JsonObject { ["@reverse"] = Ex + "p1" } };
        if ((flags & 1) != 0)
            context["ex"] = Ex;
        if ((flags & 2) != 0)
            context["@vocab"] = Ex;
        if ((flags & 4) != 0)
            context["@language"] = "en";
        return context;
    }));

    private static Gen<Func<JsonNode>> Definition(int property) => OneOf<string?>(null, "@set", "@graph").SelectMany(container =>
        OneOf<string?>(null, "@id", "@none", Ex + "t1").Select(type => (Func<JsonNode>)(() =>
        {
            var term = new JsonObject { ["@id"] = $"{Ex}p{property}" };
            if (container is not null)
                term["@container"] = container;
            if (type is not null)
                term["@type"] = type;
            return term;
        })));

    private static JsonObject Term(int property, string container) => new() { ["@id"] = $"{Ex}p{property}", ["@container"] = container };

    private static Gen<Func<JsonNode>> Node(Gen<Func<JsonNode>> item) =>
        Gen.Select(s_iri.Array[0, 1], s_iri.Array[0, 2], Gen.Select(s_property, item.Array[0, 3]).Array[1, 3], s_value.Array[1, 3], Gen.Int[0, 7])
        .Select((id, types, properties, list, flags) => (Func<JsonNode>)(() =>
        {
            var node = new JsonObject();
            foreach (var i in id)
                node["@id"] = i;
            if (types.Length > 0)
                node["@type"] = new JsonArray([.. types.Distinct().Select(t => (JsonNode)t)]);
            foreach (var (property, values) in properties)
                node[property] = Array(values);
            if ((flags & 1) != 0)
                node[Ex + "p2"] = new JsonArray(new JsonObject { ["@value"] = "x", ["@language"] = "en" }, new JsonObject { ["@value"] = "y", ["@language"] = "de" });
            if ((flags & 2) != 0)
                node[Ex + "p3"] = new JsonArray(new JsonObject { ["@list"] = Array(list) });
            if ((flags & 3) == 3)
                node[Ex + "p6"] = Array([.. list, () => new JsonObject { ["@value"] = "z", ["@index"] = "i" }]);
            if ((flags & 4) != 0)
                node["@reverse"] = new JsonObject { [Ex + "p1"] = new JsonArray(new JsonObject { ["@id"] = Ex + "n9" }) };
            return node;
        }));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(n => values[n]);

    private static JsonArray Array(IEnumerable<Func<JsonNode>> items) => new([.. items.Select(i => i())]);

    private static JsonObject With(JsonNode node, string key, string value)
    {
        var map = (JsonObject)node;
        if (map.ContainsKey("@value"))
            map[key] = value; // nodes have one index each, wherever they stand
        return map;
    }

    /// <summary>Text that is equal where documents say the same: entries sorted, items sorted but those of lists and of JSON literals.</summary>
    public static string Sorted(JsonNode? node, bool ordered = false) => node switch
    {
        JsonObject { Count: > 0 } literal when literal["@type"] is JsonValue type && type.ToString() == "@json" => Knowledge.Rdf.JsonLd.JsonCanonicalization.Canonicalize(literal),
        JsonObject map => "{" + string.Join(',', map.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}={Sorted(e.Value, e.Key == "@list")}")) + "}",
        JsonArray array => "[" + string.Join(',', ordered ? array.Select(i => Sorted(i)) : array.Select(i => Sorted(i)).Order(StringComparer.Ordinal)) + "]",
        _ => Knowledge.Rdf.JsonLd.JsonCanonicalization.Canonicalize(node),
    };
}
