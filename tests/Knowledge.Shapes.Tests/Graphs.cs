using Knowledge.Rdf;
using Knowledge.Store;

namespace Knowledge.Shapes.Tests;

/// <summary>Shapes and data for tests, in Turtle with the usual prefixes.</summary>
internal static class Graphs
{
    private const string Prefixes = """
        @prefix ex: <http://example.org/> .
        @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

        """;

    public static IReadOnlySet<Quad> Quads(string turtle) => Dataset.Parse(Prefixes + turtle, RdfFormat.Turtle).Quads;

    public static ShapesGraph Shapes(string turtle) => ShapesGraph.Parse(Quads(turtle));

    public static QuadStore Store(IEnumerable<Quad> quads)
    {
        var store = QuadStore.InMemory();
        using var transaction = store.Begin();
        foreach (var quad in quads)
            transaction.Add(quad);
        transaction.Commit();
        return store;
    }

    public static ValidationReport Validate(string shapes, string data, ValidationOptions? options = null)
    {
        using var store = Store(Quads(data));
        return Shapes(shapes).Validate(store, options);
    }
}
