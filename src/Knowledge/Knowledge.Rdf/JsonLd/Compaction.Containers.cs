using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <content>Steps 12.8.7 to 12.8.10: compacted items into the form that their term's container asks for.</content>
internal sealed partial class Compaction
{
    private const Containers MapContainers = Containers.Language | Containers.Index | Containers.Id | Containers.Type;

    private void AddItem(Target target, JsonNode? expanded, JsonNode? compacted)
    {
        if (Keywords.IsListObject(expanded))
            AddList(target, (JsonObject)expanded!, compacted);
        else if (Keywords.IsGraphObject(expanded))
            AddGraph(target, (JsonObject)expanded!, compacted);
        else if ((target.Container & MapContainers) != 0 && (target.Container & Containers.Graph) == 0)
            AddToMap(target, expanded as JsonObject, compacted);
        else
            target.Map.AddValue(target.Term, compacted, target.AsArray);
    }

    private void AddList(Target target, JsonObject expanded, JsonNode? compacted)
    {
        var list = compacted.InArray();
        if ((target.Container & Containers.List) != 0)
        {
            target.Map[target.Term] = list;
            return;
        }

        var map = new JsonObject { [Alias(target.Active, Keywords.List)] = list };
        if (expanded.TryGetPropertyValue(Keywords.Index, out var index))
            map[Alias(target.Active, Keywords.Index)] = index?.DeepClone();
        target.Map.AddValue(target.Term, map, target.AsArray);
    }

    private void AddGraph(Target target, JsonObject expanded, JsonNode? compacted)
    {
        var active = target.Active;
        var simple = Keywords.IsSimpleGraphObject(expanded);
        if ((target.Container & Containers.Graph) != 0 && (target.Container & Containers.Id) != 0)
        {
            var key = expanded.Text(Keywords.Id) is { } id ? _iris.Compact(active, id, vocab: false)! : Alias(active, Keywords.None);
            MapObject(target).AddValue(key, compacted, target.AsArray);
        }
        else if ((target.Container & Containers.Graph) != 0 && (target.Container & Containers.Index) != 0 && simple)
        {
            var key = expanded.Text(Keywords.Index) ?? Alias(active, Keywords.None);
            MapObject(target).AddValue(key, compacted, target.AsArray);
        }
        else if ((target.Container & Containers.Graph) != 0 && simple)
        {
            if (compacted is JsonArray { Count: > 1 })
                compacted = new JsonObject { [Alias(active, Keywords.Included)] = compacted };
            target.Map.AddValue(target.Term, compacted, target.AsArray);
        }
        else
        {
            var map = new JsonObject { [Alias(active, Keywords.Graph)] = compacted };
            if (expanded.Text(Keywords.Id) is { } id)
                map[Alias(active, Keywords.Id)] = _iris.Compact(active, id, vocab: false);
            if (expanded.Text(Keywords.Index) is { } index)
                map[Alias(active, Keywords.Index)] = index;
            target.Map.AddValue(target.Term, map, target.AsArray);
        }
    }

    private static JsonObject MapObject(Target target)
    {
        if (target.Map[target.Term] is not JsonObject map)
            target.Map[target.Term] = map = [];
        return map;
    }

    private void AddToMap(Target target, JsonObject? expanded, JsonNode? compacted)
    {
        var active = target.Active;
        string? key = null;
        if ((target.Container & Containers.Language) != 0)
        {
            if (expanded?.ContainsKey(Keywords.Value) == true)
                compacted = expanded[Keywords.Value]?.DeepClone();
            key = expanded?.Text(Keywords.Language);
        }
        else if ((target.Container & Containers.Index) != 0)
        {
            var mapping = active[target.Term]?.IndexMapping ?? Keywords.Index;
            if (mapping == Keywords.Index)
                key = expanded?.Text(Keywords.Index);
            else
                key = TakeIndex(active, compacted as JsonObject, mapping);
        }
        else if ((target.Container & Containers.Id) != 0)
        {
            key = (compacted as JsonObject)?.Take(Alias(active, Keywords.Id)).Text();
        }
        else
        {
            key = TakeFirst(compacted as JsonObject, Alias(active, Keywords.Type));
            if (compacted is JsonObject { Count: 1 } only && IriExpansion.Expand(active, only.Single().Key) == Keywords.Id)
                compacted = Compact(active, target.Term, JsonNodes.Map(Keywords.Id, expanded![Keywords.Id]));
        }

        MapObject(target).AddValue(key ?? Alias(active, Keywords.None), compacted, target.AsArray);
    }

    /// <summary>Takes the first value of the property that a term is indexed by; it stands under the index mapping itself, or under its best name.</summary>
    private string? TakeIndex(ActiveContext active, JsonObject? map, string mapping)
    {
        var compact = _iris.Compact(active, IriExpansion.Expand(active, mapping))!;
        return TakeFirst(map, map?.ContainsKey(compact) == true ? compact : mapping);
    }

    /// <summary>Takes the first value of an entry out of a map, if it is a string, and leaves the others.</summary>
    private static string? TakeFirst(JsonObject? map, string entry)
    {
        if (map is null || !map.TryGetPropertyValue(entry, out var values) || !values.First().IsString(out var first))
            return null;
        foreach (var rest in map.Take(entry).InArray().Drain().Skip(1))
            map.AddValue(entry, rest, asArray: false);
        return first;
    }
}
