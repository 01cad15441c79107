using Conformance.Tests.Harness;
using Knowledge.Rdf;
using Knowledge.Rules;

namespace Conformance.Tests.Rules;

/// <summary>The OWL 2 Working Group's test cases of the RL profile, one suite for each kind, so that those that an engine passes by doing nothing do not cover those that it must work for.</summary>
/// <param name="kind">The type of the cases.</param>
internal abstract class Owl2WorkingGroupSuite(string kind) : ISuite
{
    private const string Terms = "http://www.w3.org/2007/OWL/testOntology#";

    /// <inheritdoc/>
    public abstract string Name { get; }

    /// <inheritdoc/>
    public string Folder => "owl2wg";

    /// <inheritdoc/>
    public IEnumerable<ConformanceTest> Tests(string folder)
    {
        var cases = Dataset.Load(Path.Combine(folder, "semantics-direct.rdf")).Quads.ToLookup(q => q.Subject);
        IEnumerable<string> Values(Term test, string property) => cases[test].Where(q => q.Predicate is Iri p && p.Value == Terms + property)
            .Select(q => q.Object is Literal literal ? literal.Lexical : ((Iri)q.Object).Value);
        foreach (var test in cases.Where(c => c.Any(q => q.Object is Iri type && type.Value == Terms + kind)).Select(c => c.Key))
        {
            if (!Values(test, "profile").Contains(Terms + "RL") || Values(test, "status").Contains(Terms + "Rejected"))
                continue;
            // An ontology is written in RDF/XML, or in functional syntax alone.
            Dataset? Part(string part) => Values(test, $"rdfXml{part}Ontology").Select(t => Xml(t)).Concat(Values(test, $"fs{part}Ontology").Select(FunctionalSyntax.Parse)).FirstOrDefault();
            IEnumerable<Dataset> Imports() => Values(test, "importedOntology").Select((o, i) => Values(new Iri(o), "rdfXmlInputOntology").Select(t => Xml(t, $"import{i}")).FirstOrDefault()
                ?? throw new TestFailedException($"The file holds no ontology <{o}>."));
            yield return new ConformanceTest(Values(test, "identifier").First(),
                () => Run([Part("Premise") ?? throw new TestFailedException("The case has no premise."), .. Imports()], Part("Conclusion") ?? Part("NonConclusion"),
                    Values(test, "semantics").Contains(Terms + "DIRECT") ? OwlSemantics.Direct : OwlSemantics.RdfBased));
        }
    }

    /// <summary>Judges one case.</summary>
    protected abstract void Judge(Reasoning reasoning, Dataset? conclusion, OwlSemantics semantics);

    private void Run(IEnumerable<Dataset> premise, Dataset? conclusion, OwlSemantics semantics)
    {
        using var reasoning = new Reasoning("owl2rl-extended", RuleMode.Hybrid, isGeneralized: true, premise);
        Judge(reasoning, conclusion, semantics);
    }

    private static Dataset Xml(string text, string scope = "") => Dataset.Parse(text, RdfFormat.RdfXml, new RdfReaderOptions { BaseIri = "http://example.org/", BlankNodeScope = scope });
}

/// <summary>Cases in which a conclusion follows.</summary>
internal sealed class Owl2PositiveSuite() : Owl2WorkingGroupSuite("PositiveEntailmentTest")
{
    public override string Name => "owl2-wg-rl-positive";

    protected override void Judge(Reasoning reasoning, Dataset? conclusion, OwlSemantics semantics)
    {
        if (reasoning.Check(conclusion!, semantics) is { IsEntailed: false } report)
            throw new TestFailedException($"It does not follow, and should: {report}");
    }
}

/// <summary>Cases in which a conclusion does not follow.</summary>
internal sealed class Owl2NegativeSuite() : Owl2WorkingGroupSuite("NegativeEntailmentTest")
{
    public override string Name => "owl2-wg-rl-negative";

    protected override void Judge(Reasoning reasoning, Dataset? conclusion, OwlSemantics semantics)
    {
        if (reasoning.Check(conclusion!, semantics) is { IsEntailed: true } report)
            throw new TestFailedException($"It follows, and should not: {report}");
    }
}

/// <summary>Ontologies that contradict themselves.</summary>
internal sealed class Owl2InconsistentSuite() : Owl2WorkingGroupSuite("InconsistencyTest")
{
    public override string Name => "owl2-wg-rl-inconsistent";

    protected override void Judge(Reasoning reasoning, Dataset? conclusion, OwlSemantics semantics)
    {
        if (reasoning.Validate().IsValid)
            throw new TestFailedException("No inconsistency is found, and there is one.");
    }
}

/// <summary>Ontologies that do not contradict themselves.</summary>
internal sealed class Owl2ConsistentSuite() : Owl2WorkingGroupSuite("ConsistencyTest")
{
    public override string Name => "owl2-wg-rl-consistent";

    protected override void Judge(Reasoning reasoning, Dataset? conclusion, OwlSemantics semantics)
    {
        if (reasoning.Validate() is { IsValid: false } report)
            throw new TestFailedException($"An inconsistency is found, and there is none: {report.Violations[0]}");
    }
}
