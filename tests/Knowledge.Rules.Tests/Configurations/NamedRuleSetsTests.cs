using Knowledge.Store;

namespace Knowledge.Rules.Tests.Configurations;

public sealed class NamedRuleSetsTests
{
    public static TheoryData<string> Names => new(NamedRuleSets.Names);

    [Theory, MemberData(nameof(Names))]
    public void Named_EverySet_IsReadAndItsBuiltinsAreRight(string name)
    {
        var rules = RuleSet.Named(name);
        Assert.NotEmpty(rules.Rules);
        foreach (var rule in rules.Rules)
            BuiltinRegistry.Default.Check(rule);
        Assert.All(rules.Rules, r => Assert.True(r.Head.Length == 1, $"{r.Name} has several heads and could not be run backward."));
    }

    [Theory, MemberData(nameof(Names))]
    public void Named_EverySet_ShowsNoNamesOfItsOwn(string name)
    {
        const string Data = """
            @prefix : <http://x/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
            :C owl:intersectionOf (:D :E) ; owl:hasKey (:p) . :D owl:disjointUnionOf (:F :G) . :H owl:unionOf (:F :C) . :I owl:oneOf (:a :c) .
            [] a owl:AllDifferent ; owl:members (:u :v) . [] a owl:AllDifferent ; owl:distinctMembers (:u :w) . :r owl:propertyChainAxiom (:p :q) .
            :a a :D , :E ; :p 1, "x" ; owl:sameAs :b . :C rdfs:subClassOf [ owl:onProperty :q ; owl:someValuesFrom :D ] , [ owl:onProperty :q ; owl:minCardinality 1 ] . :l rdf:_1 :m .
            """;
        using var store = QuadStore.InMemory();
        using (var tx = store.Begin())
        {
            foreach (var quad in Dataset.Parse(Data, RdfFormat.Turtle).Quads)
                tx.Add(quad);
            tx.Commit();
        }

        using var graph = InferredGraph.Over(store, RuleSet.Named(name));
        Assert.DoesNotContain(Sources.Triples(graph), t => t.ToString().Contains("urn:x-hub:", StringComparison.Ordinal));
    }

    [Fact]
    public void Named_UnknownName_NamesThoseThereAre()
    {
        var error = Assert.Throws<ArgumentException>(() => RuleSet.Named("owl3"));
        Assert.StartsWith("There is no rule set 'owl3'. There are direct, owl, owl-micro, owl-mini, owl2rl,", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_IncludeOfANameInAnyCase_ReadsItFirst()
    {
        var rules = RuleSet.Parse("@include <RDFS>.\n[mine: (?x eg:p ?y) -> (?y eg:p ?x)]");
        Assert.Equal(RuleSet.Named("rdfs").Rules.Length + 1, rules.Rules.Length);
        Assert.Equal("mine", rules.Rules[^1].Name);
    }

    [Fact]
    public void Owl2Rl_Rules_AreThoseOfTheStandardsTables()
    {
        // All rules of tables 4 to 9 by name; two of them are here in two parts.
        const string Standard = "eq-ref eq-sym eq-trans eq-rep-s eq-rep-p eq-rep-o eq-diff1 eq-diff2 eq-diff3 prp-ap prp-dom prp-rng prp-fp prp-ifp prp-irp prp-symp prp-asyp prp-trp prp-spo1 prp-spo2 "
            + "prp-eqp1 prp-eqp2 prp-pdw prp-adp prp-inv1 prp-inv2 prp-key prp-npa1 prp-npa2 cls-thing cls-nothing1 cls-nothing2 cls-int1 cls-int2 cls-uni cls-com cls-svf1 cls-svf2 cls-avf cls-hv1 cls-hv2 "
            + "cls-maxc1 cls-maxc2 cls-maxqc1 cls-maxqc2 cls-maxqc3 cls-maxqc4 cls-oo cax-sco cax-eqc1 cax-eqc2 cax-dw cax-adc dt-type1 dt-type2 dt-eq dt-diff dt-not-type "
            + "scm-cls scm-sco scm-eqc1 scm-eqc2 scm-op scm-dp scm-spo scm-eqp1 scm-eqp2 scm-dom1 scm-dom2 scm-rng1 scm-rng2 scm-hv scm-svf1 scm-svf2 scm-avf1 scm-avf2 scm-int scm-uni";
        var names = RuleSet.Named("owl2rl").Rules.Select(r => r.Name).ToHashSet();
        Assert.All(Standard.Split(' '), n => Assert.Contains(n, names));
    }
}
