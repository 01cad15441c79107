using System.Text.Json;
using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <content>Step 13.4: entries whose keys are keywords.</content>
internal sealed partial class Expansion
{
    private void ExpandKeyword(NodeExpansion node, Entry entry)
    {
        var (active, property, keyword, value) = entry;
        if (property == Keywords.Reverse)
            throw new JsonLdException(JsonLdErrorCode.InvalidReversePropertyMap, $"{keyword} is in a map of reverse properties.");
        if (node.Result.ContainsKey(keyword) && (contexts.Is10 || keyword is not (Keywords.Included or Keywords.Type)))
            throw new JsonLdException(JsonLdErrorCode.CollidingKeywords, $"{keyword} is given twice in one map.");
        switch (keyword)
        {
            case Keywords.Id:
                node.Result[keyword] = value.IsString(out var id) ? IriExpansion.Expand(active, id, documentRelative: true, vocab: false)
                    : throw Wrong(JsonLdErrorCode.InvalidIdValue, keyword, value, "a string");
                break;
            case Keywords.Type:
                ExpandType(node, value);
                break;
            case Keywords.Graph:
                node.Result[keyword] = Expand(active, Keywords.Graph, value, node.BaseUrl).OrEmpty().InArray();
                break;
            case Keywords.Included:
                ExpandIncluded(node, active, value);
                break;
            case Keywords.Value:
                ExpandValue(node, value);
                break;
            case Keywords.Language:
                node.Result[keyword] = value.IsString(out var language) ? language : throw Wrong(JsonLdErrorCode.InvalidLanguageTaggedString, keyword, value, "a string");
                break;
            case Keywords.Direction:
                if (!contexts.Is10)
                    node.Result[keyword] = value.Text() is "ltr" or "rtl" ? value.Text() : throw Wrong(JsonLdErrorCode.InvalidBaseDirection, keyword, value, "\"ltr\" or \"rtl\"");
                break;
            case Keywords.Index:
                node.Result[keyword] = value.IsString(out var index) ? index : throw Wrong(JsonLdErrorCode.InvalidIndexValue, keyword, value, "a string");
                break;
            case Keywords.List when property is not (null or Keywords.Graph):
                node.Result[keyword] = ExpandList(active, property, value, node.BaseUrl);
                break;
            case Keywords.Set:
                if (Expand(active, property, value, node.BaseUrl) is { } set)
                    node.Result[keyword] = set;
                break;
            case Keywords.Reverse:
                ExpandReverse(node, active, value);
                break;
        }
    }

    private JsonArray ExpandList(ActiveContext active, string property, JsonNode? value, string? baseUrl)
    {
        var list = Expand(active, property, value, baseUrl).OrEmpty().InArray();
        if (contexts.Is10 && list.Any(Keywords.IsListObject))
            throw new JsonLdException(JsonLdErrorCode.ListOfLists, $"a list of '{property}' is in a list, which JSON-LD 1.0 does not allow.");
        return list;
    }

    private static void ExpandType(NodeExpansion node, JsonNode? value)
    {
        if (!value.IsString(out _) && !(value is JsonArray array && array.All(t => t.IsString(out _))))
            throw Wrong(JsonLdErrorCode.InvalidTypeValue, Keywords.Type, value, "a string or an array of strings");
        JsonNode?[] types = [.. value.Items().Select(t => (JsonNode?)IriExpansion.Expand(node.TypeScoped, t.Text(), documentRelative: true))];
        if (node.Result.ContainsKey(Keywords.Type))
        {
            var all = node.Result.Take(Keywords.Type).InArray();
            foreach (var type in types)
                all.Add(type);
            node.Result[Keywords.Type] = all;
        }
        else
        {
            node.Result[Keywords.Type] = value is JsonArray ? new JsonArray(types) : types[0];
        }
    }

    private void ExpandIncluded(NodeExpansion node, ActiveContext active, JsonNode? value)
    {
        if (contexts.Is10)
            return;
        var included = Expand(active, Keywords.Included, value, node.BaseUrl).OrEmpty().InArray();
        if (value is not (JsonObject or JsonArray) || included.Any(i => !Keywords.IsNodeObject(i)))
            throw Wrong(JsonLdErrorCode.InvalidIncludedValue, Keywords.Included, value, "node objects");
        if (node.Result.Take(Keywords.Included) is JsonArray before)
            included = [.. before.Drain(), .. included.Drain()];
        node.Result[Keywords.Included] = included;
    }

    private void ExpandValue(NodeExpansion node, JsonNode? value)
    {
        if (node.InputType == Keywords.Json)
        {
            contexts.Only11(Keywords.Json, JsonLdErrorCode.InvalidValueObjectValue);
            node.Result[Keywords.Value] = value?.DeepClone();
            return;
        }

        if (value is JsonObject or JsonArray)
            throw Wrong(JsonLdErrorCode.InvalidValueObjectValue, Keywords.Value, value, "a string, a number, a boolean or null");
        node.Result[Keywords.Value] = value?.DeepClone();
    }

    private void ExpandReverse(NodeExpansion node, ActiveContext active, JsonNode? value)
    {
        if (value is not JsonObject)
            throw Wrong(JsonLdErrorCode.InvalidReverseValue, Keywords.Reverse, value, "a map");
        if (Expand(active, Keywords.Reverse, value, node.BaseUrl) is not JsonObject expanded)
            return;
        if (expanded.Take(Keywords.Reverse) is JsonObject twice)
            foreach (var property in twice.Select(e => e.Key).ToArray())
                node.Result.AddValue(property, twice.Take(property), asArray: true);
        foreach (var property in expanded.Select(e => e.Key).ToArray())
            AddReverse(node, property, expanded.Take(property));
    }

    private static void AddReverse(NodeExpansion node, string property, JsonNode? values)
    {
        if (node.Result[Keywords.Reverse] is not JsonObject reverse)
            node.Result[Keywords.Reverse] = reverse = [];
        foreach (var item in values is JsonArray array ? array.Drain() : [values])
        {
            if (Keywords.IsValueObject(item) || Keywords.IsListObject(item))
                throw new JsonLdException(JsonLdErrorCode.InvalidReversePropertyValue, $"{item!.ToJsonString()} is a value of the reverse property <{property}>; it must be a node.");
            reverse.AddValue(property, item, asArray: true);
        }
    }

    private static JsonLdException Wrong(string code, string keyword, JsonNode? found, string needed) =>
        new(code, $"{keyword} is {Shown(found)}; it must be {needed}.");

    private static string Shown(JsonNode? node)
    {
        var text = node?.ToJsonString() ?? "null";
        return text.Length <= 200 ? text : text[..200] + "...";
    }
}
