using Knowledge.Store;

namespace Knowledge.Rules.Tests.Configurations;

/// <summary>Rules that wait for the question <c>rb:validation on()</c>, in every mode.</summary>
public sealed class ValidationTests
{
    private const string Guarded = "[v: (?v rb:validation on()) (?x rdf:type eg:Cat) (?x rdf:type eg:Dog) -> (?x rb:violation error('both', 'A cat and a dog.', ?x))]";
    private const string Nested = "[v: (?v rb:validation on()) -> [(?x rb:violation error('both', 'A cat and a dog.', ?x)) <- (?x rdf:type eg:Cat) (?x rdf:type eg:Dog)]]";

    [Theory]
    [InlineData(Guarded, RuleMode.Forward)]
    [InlineData(Guarded, RuleMode.Backward)]
    [InlineData(Guarded, RuleMode.Hybrid)]
    [InlineData(Nested, RuleMode.Hybrid)]
    public void Validate_GuardedRule_RunsForTheQuestionAlone(string rule, RuleMode mode)
    {
        var eg = new Vocabulary("urn:x-hp:eg/");
        using var store = QuadStore.InMemory();
        using var graph = InferredGraph.Over(store, RuleSet.Parse(rule), mode);
        Assert.True(graph.Validate().IsClean);
        using (var transaction = store.Begin())
        {
            transaction.Add(new Triple(eg["tom"], new Iri(RdfVocabulary.Type), eg["Cat"]));
            transaction.Add(new Triple(eg["tom"], new Iri(RdfVocabulary.Type), eg["Dog"]));
            transaction.Commit();
        }

        var violation = Assert.Single(graph.Validate().Violations);
        Assert.Equal(("both", eg["tom"]), (violation.Name, (Iri)violation.Culprit));
        Assert.Equal(2, graph.Count); // neither the question nor the finding stays
        Assert.Equal(0, graph.InferredCount);
        using (var transaction = store.Begin())
        {
            transaction.Retract(new Triple(eg["tom"], new Iri(RdfVocabulary.Type), eg["Dog"]));
            transaction.Commit();
        }

        Assert.True(graph.Validate().IsValid);
    }

    [Theory]
    [InlineData(RuleMode.Forward)]
    [InlineData(RuleMode.Backward)]
    [InlineData(RuleMode.Hybrid)]
    public void InferredCount_GivenFactThatIsHidden_CountsInferredOnesAlone(RuleMode mode)
    {
        var eg = new Vocabulary("urn:x-hp:eg/");
        using var store = QuadStore.InMemory();
        using (var transaction = store.Begin())
        {
            transaction.Add(eg.Triple("a", "secret", "b"));
            transaction.Add(eg.Triple("a", "p", "b"));
            transaction.Commit();
        }

        using var graph = InferredGraph.Over(store, RuleSet.Parse("-> hide(eg:secret). [r: (?x eg:p ?y) -> (?y eg:q ?x)]"), mode);
        Assert.Equal((2L, 1L), (graph.Count, graph.InferredCount));
    }
}
