using Conformance.Tests.Harness;
using Knowledge.Rdf;
using Knowledge.Rules;

namespace Conformance.Tests.Rules;

/// <summary>Jena's own tests of its RDFS and transitive reasoners: a schema, data, triple patterns with <c>var:</c> IRIs for variables, and all triples that match.</summary>
/// <param name="name">Name of the suite.</param>
/// <param name="manifest">Its manifest.</param>
/// <param name="ruleSet">The rule set that it tests.</param>
internal abstract class JenaQuerySuite(string name, string manifest, string ruleSet) : ISuite
{
    private const string Terms = "http://www.hpl.hp.com/semweb/2003/query_tester#";

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string Folder => "jena-reasoners";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTest> Tests(string folder)
    {
        var entries = Read(Path.Combine(folder, manifest));
        foreach (var test in entries.Match(predicate: new Iri(RdfVocabulary.Type), @object: new Iri(Terms + "Test")).Select(q => q.Subject))
        {
            Dataset? File(string property) => entries.Match(test, new Iri(Terms + property)).Select(q => Read(Path.Combine(folder, ((Literal)q.Object).Lexical))).SingleOrDefault();
            var iri = ((Iri)test).Value;
            yield return new ConformanceTest(iri[(iri.LastIndexOf('/') + 1)..], () => Run(File("tbox") ?? new Dataset(), File("data")!, File("query")!, File("result")!));
        }
    }

    private void Run(Dataset schema, Dataset data, Dataset query, Dataset expected)
    {
        using var reasoning = new Reasoning(ruleSet, RuleMode.Hybrid, isGeneralized: false, schema, data);
        var actual = query.Quads.SelectMany(q => reasoning.Find(Pattern(q.Subject), Pattern(q.Predicate), Pattern(q.Object))).Select(t => new Quad(t.Subject, t.Predicate, t.Object)).ToHashSet();
        if (Isomorphism.AreIsomorphic(actual, expected.Quads))
            return;
        var missing = expected.Quads.Except(actual).Select(q => $"missing {q}");
        throw new TestFailedException(string.Join("; ", missing.Concat(actual.Except(expected.Quads).Select(q => $"too many {q}")).Take(6)));
    }

    private static Term? Pattern(Term term) => term is Iri iri && iri.Value.StartsWith("var:", StringComparison.Ordinal) ? null : term;

    private static Dataset Read(string path) => Dataset.Load(path, new RdfReaderOptions { BaseIri = "http://jena.test/" + Path.GetFileName(path) });
}

/// <summary>RDFS as Jena's level "full".</summary>
internal sealed class JenaRdfsFullSuite() : JenaQuerySuite("jena-rdfs-full", "rdfs/manifest.rdf", "rdfs-full");

/// <summary>The same without the virtual predicates of direct relations.</summary>
internal sealed class JenaRdfsNoDirectSuite() : JenaQuerySuite("jena-rdfs-nodirect", "rdfs/manifest-nodirect.rdf", "rdfs-full");

/// <summary>RDFS as Jena's level "default", with its scan for membership properties.</summary>
internal sealed class JenaRdfsStandardSuite() : JenaQuerySuite("jena-rdfs-standard", "rdfs/manifest-standard.rdf", "rdfs-containers");

/// <summary>RDFS as Jena's level "default".</summary>
internal sealed class JenaRdfsDefaultSuite() : JenaQuerySuite("jena-rdfs-default", "rdfs/manifest-nodirect-noresource.rdf", "rdfs");

/// <summary>RDFS as Jena's level "simple".</summary>
internal sealed class JenaRdfsSimpleSuite() : JenaQuerySuite("jena-rdfs-simple", "rdfs/manifest-simple.rdf", "rdfs-simple");

/// <summary>RDFS with its extensional conditions. Jena's own levels do not pass it.</summary>
internal sealed class JenaRdfsExtensionalSuite() : JenaQuerySuite("jena-rdfs-extensional", "rdfs/manifest-rdfs12.rdf", "rdfs-extensional");

/// <summary>The transitive reasoner.</summary>
internal sealed class JenaTransitiveSuite() : JenaQuerySuite("jena-transitive", "transitive/manifest.rdf", "transitive");
