using System.Text;
using Conformance.Tests.Harness;
using Knowledge.Rdf;
using Knowledge.Sparql;

namespace Conformance.Tests.Sparql;

/// <summary>Tests of what an update leaves.</summary>
internal static class UpdateTest
{
    /// <summary>Runs a test.</summary>
    public static void Run(ManifestEntry entry)
    {
        var action = entry.At(entry.Action);
        var iri = ((Iri)action.One(TestData.Update + "request")).Value;
        var update = SparqlUpdate.Parse(Encoding.UTF8.GetString(entry.Corpus.Bytes(iri)), new SparqlSyntaxOptions { BaseIri = iri });
        using var store = TestData.Store(TestData.Of(action, TestData.Update));
        update.Execute(store);
        var expected = TestData.Of(entry.At(entry.Result!), TestData.Update).ToHashSet();
        var actual = new HashSet<Quad>();
        foreach (var solution in store.Select("SELECT ?s ?p ?o { ?s ?p ?o }"))
            actual.Add(new Quad(solution[0]!, solution[1]!, solution[2]!));
        foreach (var solution in store.Select("SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }"))
            actual.Add(new Quad(solution[0]!, solution[1]!, solution[2]!, solution[3]));
        if (!Isomorphism.AreIsomorphic(actual, expected))
            throw new TestFailedException($"It left:\n{Lines(actual)}\nexpected:\n{Lines(expected)}");
    }

    private static string Lines(IEnumerable<Quad> quads) => string.Join('\n', quads.Select(q => q.ToString()).Order(StringComparer.Ordinal));
}
