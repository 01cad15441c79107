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
            string? Text(string part) => Values(test, $"rdfXml{part}Ontology").FirstOrDefault();
            yield return new ConformanceTest(Values(test, "identifier").First(), () => Run(Parse(Text("Premise")), Values(test, "importedOntology").Any(), Text("Conclusion") ?? Text("NonConclusion")));
        }
    }

    /// <summary>Judges one case.</summary>
    protected abstract void Judge(Reasoning reasoning, Dataset? conclusion);

    private void Run(Dataset premise, bool hasImports, string? conclusion)
    {
        if (hasImports)
            throw new TestFailedException("The case imports ontologies, which the file holds in other cases.");
        using var reasoning = new Reasoning("owl2rl", RuleMode.Hybrid, isGeneralized: true, premise);
        Judge(reasoning, conclusion is null ? null : Parse(conclusion));
    }

    private static Dataset Parse(string? text) => text is null
        ? throw new TestFailedException("The case has no ontology in RDF/XML.") : Dataset.Parse(text, RdfFormat.RdfXml, new RdfReaderOptions { BaseIri = "http://example.org/" });
}

/// <summary>Cases in which a conclusion follows.</summary>
internal sealed class Owl2PositiveSuite() : Owl2WorkingGroupSuite("PositiveEntailmentTest")
{
    public override string Name => "owl2-wg-rl-positive";

    protected override void Judge(Reasoning reasoning, Dataset? conclusion)
    {
        if (!reasoning.Entails(conclusion!) && reasoning.Validate().IsValid)
            throw new TestFailedException($"It does not follow, and should: {reasoning.Missing(conclusion!)}");
    }
}

/// <summary>Cases in which a conclusion does not follow.</summary>
internal sealed class Owl2NegativeSuite() : Owl2WorkingGroupSuite("NegativeEntailmentTest")
{
    public override string Name => "owl2-wg-rl-negative";

    protected override void Judge(Reasoning reasoning, Dataset? conclusion)
    {
        if (!reasoning.Validate().IsValid || reasoning.Entails(conclusion!))
            throw new TestFailedException("It follows, and should not.");
    }
}

/// <summary>Ontologies that contradict themselves.</summary>
internal sealed class Owl2InconsistentSuite() : Owl2WorkingGroupSuite("InconsistencyTest")
{
    public override string Name => "owl2-wg-rl-inconsistent";

    protected override void Judge(Reasoning reasoning, Dataset? conclusion)
    {
        if (reasoning.Validate().IsValid)
            throw new TestFailedException("No inconsistency is found, and there is one.");
    }
}

/// <summary>Ontologies that do not contradict themselves.</summary>
internal sealed class Owl2ConsistentSuite() : Owl2WorkingGroupSuite("ConsistencyTest")
{
    public override string Name => "owl2-wg-rl-consistent";

    protected override void Judge(Reasoning reasoning, Dataset? conclusion)
    {
        if (reasoning.Validate() is { IsValid: false } report)
            throw new TestFailedException($"An inconsistency is found, and there is none: {report.Violations[0]}");
    }
}
