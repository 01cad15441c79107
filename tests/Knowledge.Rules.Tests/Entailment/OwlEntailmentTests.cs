using System.Globalization;
using Knowledge.Store;

namespace Knowledge.Rules.Tests.Entailment;

/// <summary>Entailment by inference and refutation; of random ontologies against all worlds of two things. <c>HUB_ENTAILMENT_CASES=1000</c> for the long run.</summary>
public sealed class OwlEntailmentTests
{
    private const int MostUntilFault = 300;

    private static readonly int s_cases = int.Parse(Environment.GetEnvironmentVariable("HUB_ENTAILMENT_CASES") ?? "40", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(":a :p :b . :p owl:propertyDisjointWith :q . :a :q :c .", ":b owl:differentFrom :c .", true)]
    [InlineData(":b a :Girl . :Boy owl:disjointWith :Girl .", ":b a [ owl:complementOf :Boy ] .", true)]
    [InlineData(":b a :Girl . :Boy owl:disjointWith :Girl .", ":b a :Boy .", false)]
    [InlineData(":a :p :b . :b a :C .", "_:x :p _:y . _:y a :C .", true)]
    [InlineData(":a :p :b . :c a :C .", "_:x :p _:y . _:y a :C .", false)]
    [InlineData(":a :p :b . :b a :C . :C owl:disjointWith :D .", "_:x :p _:y . _:y a [ owl:complementOf :D ] .", true)]
    [InlineData(":p rdfs:range xsd:byte .", ":p rdfs:range xsd:short .", true)]
    [InlineData(":p rdfs:range xsd:short .", ":p rdfs:range xsd:byte .", false)]
    [InlineData(":p rdfs:range xsd:short , xsd:unsignedInt .", ":p rdfs:range xsd:unsignedShort .", true)]
    [InlineData(":p rdfs:range xsd:token .", ":p rdfs:range xsd:string .", true)]
    [InlineData(":p rdfs:range xsd:string , xsd:integer .", ":p rdfs:range xsd:date .", true)]
    [InlineData(":p rdfs:range xsd:decimal , xsd:integer .", ":p rdfs:range xsd:date .", false)]
    [InlineData(":C rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom :D ] .", ":C rdfs:subClassOf [ owl:onProperty :p ; owl:allValuesFrom [ owl:unionOf (:D :E) ] ] .", true)]
    [InlineData(":C rdfs:subClassOf :D , :E .", ":C rdfs:subClassOf [ owl:intersectionOf (:D :E) ] .", true)]
    [InlineData(":C rdfs:subClassOf :D .", ":D rdfs:subClassOf :C .", false)]
    [InlineData(":a :p :b , :c . :b owl:differentFrom :c .", ":a a [ owl:onProperty :p ; owl:minCardinality 2 ] .", true)]
    [InlineData(":a :p :b , :c .", ":a a [ owl:onProperty :p ; owl:minCardinality 2 ] .", false)]
    [InlineData(":C a owl:Class .", ":D a owl:Class . :D rdfs:comment 'made up' .", true)]
    [InlineData(":a a owl:Nothing .", ":x :y :z .", true)]
    // Disjoint unions: one inclusion or the other, or disjointness, may fail.
    [InlineData(":C owl:equivalentClass :D . :E rdfs:subClassOf owl:Nothing .", ":C owl:disjointUnionOf (:D :E) .", true)]
    [InlineData(":C owl:equivalentClass :D . :E rdfs:subClassOf :D . :E owl:disjointWith :D .", ":C owl:disjointUnionOf (:E :D) .", true)]
    [InlineData(":C owl:equivalentClass :D . :E rdfs:subClassOf :D .", ":C owl:disjointUnionOf (:D :E) .", false)]
    [InlineData(":D rdfs:subClassOf :C . :E rdfs:subClassOf :C . :D owl:disjointWith :E .", ":C owl:disjointUnionOf (:D :E) .", false)]
    [InlineData(":C rdfs:subClassOf :D . :E rdfs:subClassOf owl:Nothing .", ":C owl:disjointUnionOf (:D :E) .", false)]
    [InlineData(":C owl:disjointUnionOf (:D :E :F) . :a a :E .", ":a a :C .", true)]
    [InlineData(":C owl:disjointUnionOf (:D :E :F) .", ":D owl:disjointWith :F .", true)]
    [InlineData(":C owl:disjointUnionOf (:D :E) . :a a :D , :E .", ":x :y :z .", true)]
    [InlineData(":C owl:disjointUnionOf (:D :E) . :a a :D .", ":a a :E .", false)]
    // Keys: of more properties and of fewer things; by functional properties; not of fewer properties or of more things.
    [InlineData(":C owl:hasKey (:p) .", ":C owl:hasKey (:p) .", true)]
    [InlineData(":C owl:hasKey (:p) . :D rdfs:subClassOf :C .", ":D owl:hasKey (:p :q) .", true)]
    [InlineData(":C owl:hasKey (:p :q) .", ":C owl:hasKey (:q :p) .", true)]
    [InlineData(":p a owl:InverseFunctionalProperty .", ":C owl:hasKey (:q :p) .", true)]
    [InlineData(":q a owl:FunctionalProperty ; owl:inverseOf :p .", ":C owl:hasKey (:p) .", true)]
    [InlineData(":q a owl:FunctionalProperty .", ":C owl:hasKey ([ owl:inverseOf :q ]) .", true)]
    [InlineData(":C owl:disjointWith :C .", ":C owl:hasKey (:p) .", true)]
    [InlineData(":C owl:hasKey (:p) .", "[ owl:intersectionOf (:D :C) ] owl:hasKey (:p) .", true)]
    [InlineData(":C owl:hasKey (:p :q) .", ":C owl:hasKey (:p) .", false)]
    [InlineData(":C owl:hasKey (:p) .", ":C owl:hasKey (:q) .", false)]
    [InlineData(":C owl:hasKey (:p) . :C rdfs:subClassOf :D .", ":D owl:hasKey (:p) .", false)]
    [InlineData(":p a owl:FunctionalProperty .", ":C owl:hasKey (:p) .", false)]
    // Keys are of things with names, and conclusions about classes and properties speak of others too.
    [InlineData(":C owl:hasKey (:p) . :p rdfs:domain :C .", ":p a owl:InverseFunctionalProperty .", false)]
    [InlineData(":C owl:hasKey (:p) . :a a :C ; :p :v .", "[ owl:intersectionOf (:C [ owl:onProperty :p ; owl:hasValue :v ]) ] rdfs:subClassOf [ owl:oneOf (:a) ] .", false)]
    [InlineData(":C owl:hasKey (:p) . :a a :C ; :p :v . :b a :C ; :p :v .", ":a owl:sameAs :b .", true)]
    [InlineData(":C owl:hasKey (:p) . :a a :C ; :p :v . :c a :C ; owl:differentFrom :a .", ":c a [ owl:complementOf [ owl:onProperty :p ; owl:hasValue :v ] ] .", true)]
    [InlineData(":C owl:hasKey (:p) . :a a :C ; :p :v . :b a :C ; :p :v . :D rdfs:subClassOf [ owl:onProperty :r ; owl:hasValue :b ] .",
        ":D rdfs:subClassOf [ owl:onProperty :r ; owl:hasValue :a ] .", true)]
    public void Check_DirectSemantics_FollowsOrNot(string premise, string conclusion, bool isEntailed)
    {
        using var store = Store(Triples(premise));
        Assert.Equal(isEntailed, OwlEntailment.Check(store, Triples(conclusion)).IsEntailed);
        Assert.Equal(Triples(premise).Count, store.Count); // what was put to it is gone again
    }

    [Fact]
    public void Check_RdfBasedSemantics_TakesDeclarationsAndAnnotationsAtTheirWord()
    {
        using var store = Store(Triples(":C a owl:Class ."));
        Assert.False(OwlEntailment.Check(store, Triples(":D a owl:Class ."), OwlSemantics.RdfBased).IsEntailed);
        Assert.True(OwlEntailment.Check(store, Triples(":C rdfs:subClassOf owl:Thing ."), OwlSemantics.RdfBased).IsEntailed);
    }

    [Fact]
    public void Check_CardinalityBeyondItsLimit_IsNotShown()
    {
        using var store = Store(Triples(":a :p :b ."));
        var report = OwlEntailment.Check(store, Triples(":a a [ owl:onProperty :p ; owl:maxCardinality 1000 ] ."));
        Assert.Equal(EntailmentGround.NotShown, Assert.Single(report.Statements).Ground);
    }

    [Fact]
    public void Check_RandomOntologies_IsSoundInAllSmallWorlds()
    {
        var worlds = SmallWorld.All().ToArray();
        var shown = 0;
        var following = 0;
        for (var seed = 0; seed < s_cases; seed++)
        {
            var (isEntailed, counterexample) = Case(seed, worlds, null);
            Assert.False(isEntailed && counterexample is not null, $"seed {seed}: {counterexample}");
            shown += isEntailed ? 1 : 0;
            following += counterexample is null ? 1 : 0;
        }

        // What holds in all worlds of two things need not hold in larger ones, so this is no measure of completeness, but nearly.
        Assert.True(shown > following / 2, $"{shown} of {following} that hold in all small worlds were shown.");
    }

    [Fact]
    public void Check_UnsoundRule_IsCaught()
    {
        var worlds = SmallWorld.All().ToArray();
        var rules = RuleSet.Parse("@include <owl2rl-extended>.\n[wrong: (?c rdfs:subClassOf ?d) (?x rdf:type ?d) -> (?x rdf:type ?c)]");
        Assert.Contains(Enumerable.Range(0, MostUntilFault), seed => Case(seed, worlds, rules) is (true, not null));
    }

    private static (bool IsEntailed, string? Counterexample) Case(int seed, SmallWorld[] worlds, RuleSet? rules)
    {
        var random = new Random(seed);
        var premise = Enumerable.Range(0, random.Next(2, 7)).Select(_ => SmallStatement.Random(random)).ToList();
        var conclusion = SmallStatement.Random(random);
        using var store = Store(SmallStatement.Triples(premise));
        var report = OwlEntailment.Check(store, SmallStatement.Triples(conclusion), rules: rules);
        var world = worlds.FirstOrDefault(w => premise.TrueForAll(s => s.Holds(w)) && !conclusion.Holds(w));
        return (report.IsEntailed, world is null ? null : $"{string.Join(' ', premise.Select(s => s.Turtle))}\n=> {conclusion.Turtle}\nnot so in {string.Join(',', world.Classes)} {string.Join(',', world.Roles)} {string.Join(',', world.Names)}\n{report}");
    }

    private static QuadStore Store(IEnumerable<Triple> triples)
    {
        var store = QuadStore.InMemory();
        using var transaction = store.Begin();
        foreach (var triple in triples)
            transaction.Add(triple);
        transaction.Commit();
        return store;
    }

    private static IReadOnlyList<Triple> Triples(string turtle) =>
        [.. Dataset.Parse("@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix : <http://x/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n" + turtle, RdfFormat.Turtle)
            .Quads.Select(q => new Triple(q.Subject, q.Predicate, q.Object))];
}
