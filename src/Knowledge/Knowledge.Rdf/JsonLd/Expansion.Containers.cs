using System.Text.Json;
using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <content>Steps 13.5 to 13.13: entries whose keys are properties.</content>
internal sealed partial class Expansion
{
    private void ExpandProperty(NodeExpansion node, Entry entry)
    {
        var (active, key, property, value) = entry;
        var term = active[key];
        var container = term?.Container ?? Containers.None;
        JsonNode? expanded;
        if (term?.TypeMapping == Keywords.Json)
            expanded = new JsonObject { [Keywords.Value] = value?.DeepClone(), [Keywords.Type] = Keywords.Json };
        else if ((container & Containers.Language) != 0 && value is JsonObject languages)
            expanded = ExpandLanguageMap(active, term!, languages);
        else if ((container & (Containers.Index | Containers.Type | Containers.Id)) != 0 && value is JsonObject map)
            expanded = ExpandIndexMap(node, entry, term!, map);
        else
            expanded = Expand(active, key, value, node.BaseUrl);
        if (expanded is null)
            return;
        if ((container & Containers.List) != 0 && !Keywords.IsListObject(expanded))
            expanded = JsonNodes.Map(Keywords.List, expanded.InArray());
        if ((container & Containers.Graph) != 0 && (container & (Containers.Id | Containers.Index)) == 0)
            expanded = new JsonArray([.. expanded.InArray().Drain().Select(v => JsonNodes.Map(Keywords.Graph, v.InArray()))]);
        if (term is { IsReverse: true })
            AddReverse(node, property, expanded);
        else
            node.Result.AddValue(property, expanded, asArray: true);
    }

    private JsonArray ExpandLanguageMap(ActiveContext active, TermDefinition term, JsonObject languages)
    {
        var result = new JsonArray();
        var direction = term.HasDirection ? term.Direction : active.DefaultDirection;
        foreach (var (language, values) in languages.Entries(options.Ordered))
        {
            foreach (var item in values.Items())
            {
                if (item is null)
                    continue;
                if (!item.IsString(out var text))
                    throw new JsonLdException(JsonLdErrorCode.InvalidLanguageMapValue, $"{Shown(item)} is in a language map; it must be a string.");
                var value = new JsonObject { [Keywords.Value] = text };
                if (IriExpansion.Expand(active, language) != Keywords.None)
                    value[Keywords.Language] = language;
                if (direction is not null)
                    value[Keywords.Direction] = direction;
                result.Add((JsonNode)value);
            }
        }

        return result;
    }

    private JsonArray ExpandIndexMap(NodeExpansion node, Entry entry, TermDefinition term, JsonObject map)
    {
        var result = new JsonArray();
        foreach (var (index, value) in map.Entries(options.Ordered))
        {
            var mapContext = entry.Active;
            if ((term.Container & (Containers.Id | Containers.Type)) != 0)
                mapContext = mapContext.Previous ?? mapContext;
            if ((term.Container & Containers.Type) != 0 && mapContext[index] is { HasContext: true } type)
                mapContext = contexts.Scoped(mapContext, type, propagate: false);
            else if ((term.Container & (Containers.Id | Containers.Type)) == 0)
                mapContext = entry.Active;
            var expandedIndex = IriExpansion.Expand(entry.Active, index);
            var items = Expand(mapContext, entry.Property, value is JsonArray or null ? value.OrEmpty() : new JsonArray(value.DeepClone()), node.BaseUrl, fromMap: true);
            foreach (var item in ((JsonArray)items!).Drain())
            {
                var graph = (term.Container & Containers.Graph) != 0 && !Keywords.IsGraphObject(item) ? JsonNodes.Map(Keywords.Graph, item.InArray()) : (JsonObject)item!;
                AddIndex(entry.Active, term, (index, expandedIndex), graph);
                result.Add((JsonNode)graph);
            }
        }

        return result;
    }

    /// <summary>Writes into an item of a map under which key it stood there.</summary>
    private static void AddIndex(ActiveContext active, TermDefinition term, (string Given, string? Expanded) index, JsonObject item)
    {
        var isNone = index.Expanded == Keywords.None;
        if ((term.Container & Containers.Index) != 0)
        {
            if (term.IndexMapping is { } mapping && mapping != Keywords.Index)
            {
                if (!isNone)
                    AddPropertyIndex(active, mapping, index.Given, item);
            }
            else if (!isNone && !item.ContainsKey(Keywords.Index))
            {
                item[Keywords.Index] = index.Given;
            }
        }
        else if ((term.Container & Containers.Id) != 0)
        {
            if (!isNone && !item.ContainsKey(Keywords.Id))
                item[Keywords.Id] = IriExpansion.Expand(active, index.Given, documentRelative: true, vocab: false);
        }
        else if ((term.Container & Containers.Type) != 0 && !isNone)
        {
            var types = new JsonArray((JsonNode?)index.Expanded);
            if (item.ContainsKey(Keywords.Type))
                foreach (var type in item.Take(Keywords.Type).InArray().Drain())
                    types.Add(type);
            item[Keywords.Type] = types;
        }
    }

    private static void AddPropertyIndex(ActiveContext active, string mapping, string index, JsonObject item)
    {
        var values = new JsonArray(ValueExpansion.Expand(active, mapping, JsonValue.Create(index)));
        var property = IriExpansion.Expand(active, mapping)!;
        if (item.ContainsKey(property))
            foreach (var value in item.Take(property).InArray().Drain())
                values.Add(value);
        item[property] = values;
        if (Keywords.IsValueObject(item))
            throw new JsonLdException(JsonLdErrorCode.InvalidValueObject, $"a value in a map that is indexed by <{property}> would get this property; it must be a node.");
    }
}
