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
