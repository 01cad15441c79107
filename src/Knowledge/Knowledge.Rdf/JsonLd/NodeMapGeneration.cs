using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Nodes of one graph by their identifiers.</summary>
internal sealed class NodeGraph : SortedDictionary<string, JsonObject>
{
    public NodeGraph()
        : base(StringComparer.Ordinal)
    {
    }
}

/// <summary>Node Map Generation (JSON-LD 1.1 API, 7.2): the nodes of an expanded document, each once in each graph.</summary>
internal sealed class NodeMapGeneration(BlankNodeIdentifiers identifiers, JsonLdLimits limits)
{
    private readonly DistinctValues _distinct = new();
    private int _depth;

    /// <summary>Graphs by name; the default graph is <c>@default</c>.</summary>
    public SortedDictionary<string, NodeGraph> Graphs { get; } = new(StringComparer.Ordinal) { [Keywords.Default] = [] };

    /// <param name="element">An expanded document; it is used up.</param>
    public void Generate(JsonNode element) => Generate(element, new Place(Keywords.Default, null, null, null, null));

    private void Generate(JsonNode? element, Place place)
    {
        if (++_depth > limits.MaxDepth)
            throw new JsonLdException(JsonLdErrorCode.DepthExceeded, $"values stand more than {limits.MaxDepth} deep (JsonLdLimits.MaxDepth).");
        if (element is JsonArray array)
        {
            foreach (var item in array.Drain())
                Generate(item, place);
        }
        else if (element is JsonObject map)
        {
            RelabelTypes(map);
            if (map.ContainsKey(Keywords.Value))
                Add(place, map);
            else if (map.ContainsKey(Keywords.List))
                AddList(place, map);
            else
                AddNode(place, map);
        }

        _depth--;
    }

    private void RelabelTypes(JsonObject map)
    {
        if (!map.TryGetPropertyValue(Keywords.Type, out var types))
            return;
        if (types is JsonArray array)
        {
            for (var at = 0; at < array.Count; at++)
                if (array[at].IsString(out var type) && BlankNodeIdentifiers.IsBlank(type))
                    array[at] = identifiers.Generate(type);
        }
        else if (types.IsString(out var type) && BlankNodeIdentifiers.IsBlank(type))
        {
            map[Keywords.Type] = identifiers.Generate(type);
        }
    }

    private NodeGraph GraphOf(string name)
    {
        if (!Graphs.TryGetValue(name, out var graph))
            Graphs[name] = graph = [];
        return graph;
    }

    private static JsonArray ValuesOf(JsonObject node, string property)
    {
        if (node[property] is not JsonArray values)
            node[property] = values = [];
        return values;
    }

    /// <summary>Adds a value, a list or a reference to the list or to the property that it stands in.</summary>
    private void Add(Place place, JsonObject value)
    {
        if (place.List is { } list)
            list.Add((JsonNode)value);
        else if (place is { Subject: { } subject, Property: { } property } && GraphOf(place.Graph).TryGetValue(subject, out var node))
            _distinct.Add(ValuesOf(node, property), value);
    }

    private void AddList(Place place, JsonObject map)
    {
        var list = new JsonArray();
        Generate(map.Take(Keywords.List), place with { List = list });
        var result = JsonNodes.Map(Keywords.List, list);
        if (place.List is { } outer)
            outer.Add((JsonNode)result);
        else if (place is { Subject: { } subject, Property: { } property })
            ValuesOf(GraphOf(place.Graph)[subject], property).Add((JsonNode)result);
    }

    private void AddNode(Place place, JsonObject map)
    {
        if (map.TryGetPropertyValue(Keywords.Id, out var named) && named is null)
            return; // its identifier is a word kept for later versions: it says nothing
        var id = map.Take(Keywords.Id).Text() is { } given ? identifiers.Relabel(given) : identifiers.Generate();
        var graph = GraphOf(place.Graph);
        if (!graph.TryGetValue(id, out var node))
            graph[id] = node = new JsonObject { [Keywords.Id] = id };
        if (place is { ReverseOf: { } referenced, Property: { } reverse })
            _distinct.Add(ValuesOf(node, reverse), new JsonObject { [Keywords.Id] = referenced });
        else if (place.Property is not null)
            Add(place, new JsonObject { [Keywords.Id] = id });
        if (map.Take(Keywords.Type) is { } types)
            foreach (var type in types.InArray().Drain())
                _distinct.Add(ValuesOf(node, Keywords.Type), type);
        if (map.Take(Keywords.Index) is { } index)
        {
            if (node.TryGetPropertyValue(Keywords.Index, out var other) && !JsonNode.DeepEquals(index, other))
                throw new JsonLdException(JsonLdErrorCode.ConflictingIndexes, $"<{id}> has the indexes {other?.ToJsonString()} and {index.ToJsonString()}.");
            node[Keywords.Index] = index;
        }

        if (map.Take(Keywords.Reverse) is JsonObject reverses)
            foreach (var property in reverses.Select(e => e.Key).ToArray())
                foreach (var value in reverses.Take(property).InArray().Drain())
                    Generate(value, new Place(place.Graph, null, property, null, id));
        if (map.Take(Keywords.Graph) is { } inner)
        {
            GraphOf(id);
            Generate(inner, new Place(id, null, null, null, null));
        }

        if (map.Take(Keywords.Included) is { } included)
            Generate(included, new Place(place.Graph, null, null, null, null));
        AddProperties(place.Graph, id, node, map);
    }

    private void AddProperties(string graph, string id, JsonObject node, JsonObject map)
    {
        foreach (var key in map.Select(e => e.Key).Order(StringComparer.Ordinal).ToArray())
        {
            var property = identifiers.Relabel(key);
            ValuesOf(node, property);
            Generate(map.Take(key), new Place(graph, id, property, null, null));
        }
    }

    /// <summary>Where an element stands.</summary>
    /// <param name="Graph">Active graph.</param>
    /// <param name="Subject">Active subject, or null.</param>
    /// <param name="Property">Active property, or null.</param>
    /// <param name="List">The list that it is an item of, or null.</param>
    /// <param name="ReverseOf">The node that the element refers to by a reverse property, or null.</param>
    private readonly record struct Place(string Graph, string? Subject, string? Property, JsonArray? List, string? ReverseOf);
}
