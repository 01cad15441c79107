using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Flattening Algorithm (JSON-LD 1.1 API, 7.1).</summary>
internal static class Flattening
{
    /// <param name="element">An expanded document; it is used up.</param>
    /// <param name="limits">Limits.</param>
    public static JsonArray Flatten(JsonNode element, JsonLdLimits limits)
    {
        var generation = new NodeMapGeneration(new BlankNodeIdentifiers(), limits);
        generation.Generate(element);
        var defaultGraph = generation.Graphs[Keywords.Default];
        foreach (var (name, graph) in generation.Graphs)
        {
            if (name == Keywords.Default)
                continue;
            if (!defaultGraph.TryGetValue(name, out var entry))
                defaultGraph[name] = entry = new JsonObject { [Keywords.Id] = name };
            entry[Keywords.Graph] = Nodes(graph);
        }

        return Nodes(defaultGraph);
    }

    private static JsonArray Nodes(NodeGraph graph) => new([.. graph.Values.Where(n => n.Count > 1 || !n.ContainsKey(Keywords.Id))]);
}
