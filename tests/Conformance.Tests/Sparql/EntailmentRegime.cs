using Conformance.Tests.Harness;
using Knowledge.Rdf;

namespace Conformance.Tests.Sparql;

/// <summary>Which rule set stands for the entailment regime that a test of SPARQL 1.1 asks for.</summary>
internal static class EntailmentRegime
{
    private const string Regime = "http://www.w3.org/ns/entailment/";
    private const string Property = "http://www.w3.org/ns/sparql-service-description#entailmentRegime";

    /// <summary>The rule set of an action; null where it asks for none. Of several regimes the weakest is taken, as the answers are the same in all.</summary>
    public static string? Of(ManifestEntry action)
    {
        var regimes = action.Maybe(Property) switch
        {
            null => [],
            Iri iri when iri.Value.StartsWith(Regime, StringComparison.Ordinal) => [iri],
            _ => action.List(Property).ToList(),
        };
        if (regimes.Count == 0)
            return null;
        bool Has(string name) => regimes.Contains(new Iri(Regime + name));
        return Has("RDF") ? "rdf" : Has("RDFS") || Has("D") ? "rdfs-entailment" : Has("OWL-RDF-Based") ? "owl2rl"
            : throw new TestFailedException($"No rule set stands for {string.Join(", ", regimes)}.");
    }
}
