using System.Xml.Linq;
using Conformance.Tests.Harness;
using Knowledge.Rdf;
using Knowledge.Rules;

namespace Conformance.Tests.Rules;

/// <summary>The test collection for the OWL 2 RDF-Based Semantics of Schneider and Mainzer (FZI 2009): folders with a premise and a conclusion, or with a graph that is inconsistent.</summary>
/// <param name="name">Name of the suite.</param>
/// <param name="folder">Its folder within the collection.</param>
/// <param name="ruleSet">The rule set that it tests.</param>
internal abstract class RdfBasedSuite(string name, string folder, string ruleSet) : ISuite
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Folder => "owl2rl-tests/sansa-inference-tests/src/test/resources/data/conformance/" + folder;

    /// <inheritdoc/>
    public IEnumerable<ConformanceTest> Tests(string folder) => Directory.GetDirectories(folder).Order(StringComparer.Ordinal).Select(d => new ConformanceTest(Path.GetFileName(d), () => Run(d)));

    private void Run(string folder)
    {
        var test = Path.Combine(folder, Path.GetFileName(folder));
        var type = XDocument.Load(test + ".metadata.properties").Descendants("entry").Single(e => e.Attribute("key")?.Value == "testcase.type").Value;
        using var reasoning = new Reasoning(ruleSet, RuleMode.Hybrid, isGeneralized: true, Read(test + (type == "INCONSISTENCY" ? ".graph.ttl" : ".premisegraph.ttl")));
        if (type == "INCONSISTENCY")
        {
            if (reasoning.Validate().IsValid)
                throw new TestFailedException("No inconsistency is found, and there is one.");
            return;
        }

        var conclusion = Read(test + ".conclusiongraph.ttl");
        if (!reasoning.Entails(conclusion))
            throw new TestFailedException($"It does not follow, and should: {reasoning.Missing(conclusion)}");
    }

    private static Dataset Read(string path) => Dataset.Load(path);
}

/// <summary>Its tests for OWL 2 RL.</summary>
internal sealed class Owl2RlSuite() : RdfBasedSuite("owl2rl", "owl2rl", "owl2rl");

/// <summary>The same with the rules beyond OWL 2 RL beside them.</summary>
internal sealed class Owl2RlExtendedSuite() : RdfBasedSuite("owl2rl-extended", "owl2rl", "owl2rl-extended");

/// <summary>Its tests for RDFS.</summary>
internal sealed class RdfsSuite() : RdfBasedSuite("rdfs", "rdfs", "rdfs-entailment");
