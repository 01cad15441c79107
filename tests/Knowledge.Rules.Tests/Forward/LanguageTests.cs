using System.Globalization;
using Knowledge.Store;

namespace Knowledge.Rules.Tests.Forward;

/// <summary>What rules mean: axioms, functors, negation, aggregates, rules that take away, limits.</summary>
public sealed class LanguageTests
{
    private static readonly Vocabulary s_x = new("http://x/");

    [Theory]
    [InlineData("[-> (:a :p :b)]", "", "a p b")]
    [InlineData("[(?a :p ?b) <- (?b :q ?a)]", "a q b", "a q b; b p a")]
    [InlineData("[(?a :p ?b) (?b :p ?a) -> (?a :both ?b)]", "a p b; b p a", "a both b; a p b; b both a; b p a")]
    [InlineData("[(?a :p f(?b, :c)) -> (?a :q ?b)] [(?a :r ?b) -> (?a :p f(?b, :c))]", "a r b; d r e", "a q b; a r b; d q e; d r e")]
    [InlineData("[(?a :r ?b) -> (?a :p f(?b))] [(?a :p g(?b)) -> (?a :q ?b)]", "a r b", "a r b")]
    [InlineData("[(?a :r ?b) -> (?a :p f(?b, g(:k)))] [(?a :p f(?b, g(?c))) -> (?b :q ?c)]", "a r b", "a r b; b q k")]
    [InlineData("[(?a :p ?b) not { (?b :p ?c) } -> (?b :is :leaf)]", "a p b; b p c", "a p b; b p c; c is leaf")]
    [InlineData("[(?a :p ?b) not { (?b :p ?c) (?c :q ?d) } -> (?b :ok :yes)]", "a p b; b p c; c q d; d p c", "a p b; b p c; c ok yes; c q d; d p c; d p c")]
    [InlineData("[(?a :p ?b) -> (?a :r ?b)] [(?a :r ?b) (?b :r ?c) -> (?a :r ?c)] [(?a :n ?x) (?b :n ?y) not { (?a :r ?b) } notEqual(?a ?b) -> (?a :far ?b)]",
        "a p b; b p c; a n a; c n c", "a n a; a p b; a r b; a r c; b p c; b r c; c far a; c n c")]
    [InlineData("[(?a :p ?b) noValue(?b :q) -> (?b :q ?a)]", "a p b; b q c; a p d", "a p b; a p d; b q c; d q a")]
    [InlineData("[(?a :p ?b) hide(?b) -> (?a :q ?b)]", "a p b; c r d", "c r d")]
    [InlineData("[(?a :list ?l) listMapAsObject(?a :member ?l) -> ]", "", "error")]
    [InlineData("[(?a :list ?l) -> listMapAsObject(?a :member ?l)]", "a list l; l first b; l rest nil", "a list l; a member b; l first b; l rest nil")]
    [InlineData("[(?a :p ?b) -> (?a :q ?new) (?new :of ?b)]", "a p b", "_ of b; a p b; a q _")]
    [InlineData("[(?a :p ?b) makeTemp(?t) -> (?a :q ?t)]", "a p b; a p c", "a p b; a p c; a q _; a q _")]
    public void Infer_Rules_Concludes(string rules, string facts, string expected)
    {
        if (expected == "error")
        {
            Assert.Throws<RuleException>(() => Infer(rules, facts));
            return;
        }

        Assert.Equal(expected.Split("; ").Order().Distinct().ToList(), Infer(rules, facts).Order().Distinct().ToList());
    }

    [Theory]
    [InlineData("count", "a n 3")]
    [InlineData("sum", "a n 9")]
    [InlineData("min", "a n 2")]
    [InlineData("max", "a n 4")]
    [InlineData("avg", "a n 3.0")]
    public void Aggregate_Numbers_HasValue(string function, string expected)
    {
        using var store = QuadStore.InMemory();
        using (var tx = store.Begin())
        {
            foreach (var value in new[] { 2, 3, 4 })
                tx.Add(s_x.Triple("a", "v", new Literal(value.ToString(CultureInfo.InvariantCulture), XsdVocabulary.Integer)));
            tx.Commit();
        }

        using var graph = InferredGraph.Over(store, Parse($"[aggregate {{ (?a :v ?v) }} on (?a) {function} (?v ?n) -> (?a :n ?n)]"));
        Assert.Contains(expected, Sources.Triples(graph).Select(Text));
        Assert.Null(new ProofChecker(graph.Rules, Sources.Triples(store).Contains, () => Sources.Triples(graph)).Check(graph.Explain(Sources.Triples(graph).Single(t => Text(t) == expected))!));
    }

    [Theory]
    [InlineData("[r1: (?a :p ?b) not { (?a :q ?b) } -> (?a :q ?b)]", "Line 1, rule 'r1': It negates or counts facts that hang on its own conclusions")]
    [InlineData("[a: (?a :q ?b) -> (?a :r ?b)]\n[b: aggregate { (?a :r ?b) } on (?a) count (?b ?n) -> (?a :q ?n)]", "Line 2, rule 'b': It negates or counts facts")]
    [InlineData("[a: (?x :p ?y) flag(?x) -> (?x :q ?y)]", "Line 1, rule 'a': There is no builtin 'flag'.")]
    [InlineData("[a: (?x :p ?y) -> [(?x :q ?y) <- (?y :r ?x)]]", "Line 1, rule 'a': A rule stands in the head of a forward rule.")]
    [InlineData("[a: aggregate { (?a :r ?b) } on (?c) count (?b ?n) (?c :r ?n) -> (?a :q ?n)]", "Line 1, rule 'a': The variables of an aggregate's groups")]
    public void Over_RulesThatCannotRun_SaysWhich(string rules, string message)
    {
        using var store = QuadStore.InMemory();
        Assert.StartsWith(message, Assert.Throws<RuleException>(() => InferredGraph.Over(store, Parse(rules))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[grow: (?a :p ?b) makeSkolem(?c ?b) -> (?b :p ?c)]", "MaxRounds", "?b = ")]
    [InlineData("[deep: (?a :p ?b) -> (?a :p f(?b))]", "MaxFunctorDepth", "?b = ")]
    [InlineData("[wide: (?a :p ?b) (?c :p ?d) -> (?a :q ?d) (?b :p ?c)]", "MaxInferred", "?a = ")]
    [InlineData("[flip: (?a :p ?b) -> remove(0) (?b :p ?a)]", "MaxRounds", "?a = ")]
    public void Over_RulesWithoutEnd_HitANamedLimit(string rules, string limit, string binding)
    {
        using var store = QuadStore.InMemory();
        using (var tx = store.Begin())
        {
            for (var i = 0; i < 20; i++)
                tx.Add(s_x.Triple($"n{i}", "p", $"n{i + 1}"));
            tx.Commit();
        }

        var options = new ForwardOptions { MaxRounds = 50, MaxFunctorDepth = 4, MaxInferred = 300 };
        if (limit == "MaxRounds")
            options = options with { MaxInferred = 1_000_000 };
        var error = Assert.Throws<RuleLimitException>(() => InferredGraph.Over(store, Parse(rules), options));
        Assert.Equal(limit, error.Limit);
        Assert.Contains(binding, error.Message, StringComparison.Ordinal);
        Assert.Contains($"rule '{error.Rule.Name}'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[(?a :p ?b) -> remove(0) (?a :q ?b)]", "a p b; c p d", "a q b; c q d")]
    [InlineData("[(?a :p ?b) (?a :r ?c) -> drop(1)]", "a p b; a r c; d r e", "a p b; d r e")]
    [InlineData("[(?a :p ?b) -> remove(0)] [(?a :q ?b) -> (?a :p ?b)]", "a q b; a p c", "a q b")]
    public void Infer_RulesThatTakeAway_LeaveTheRest(string rules, string facts, string expected) =>
        Assert.Equal(expected.Split("; "), Infer(rules, facts).Order());

    [Fact]
    public void Infer_TransitiveChain_IsClosedWithProofs()
    {
        const int Length = 300;
        using var store = QuadStore.InMemory();
        using (var tx = store.Begin())
        {
            for (var i = 0; i < Length; i++)
                tx.Add(s_x.Triple($"n{i}", "p", $"n{i + 1}"));
            tx.Add(s_x.Triple($"n{Length}", "p", $"n{Length - 5}")); // a circle at the end
            tx.Commit();
        }

        using var graph = InferredGraph.Over(store, Parse("[t: (?a :p ?b) (?b :p ?c) -> (?a :p ?c)] [s: (?a :p ?b) -> (?a :q ?b)]"));
        // Each node reaches those behind it; the six of the circle reach each other and themselves.
        var expected = (Length + 1) * Length / 2 + (6 * 7 / 2);
        Assert.Equal(2 * expected, graph.Count);
        var checker = new ProofChecker(graph.Rules, Sources.Triples(store).Contains);
        Assert.Null(checker.Check(graph.Explain(s_x.Triple("n0", "q", $"n{Length}"))!));
        Assert.Null(checker.Check(graph.Explain(s_x.Triple($"n{Length}", "p", $"n{Length}"))!));
    }

    [Fact]
    public void Print_Builtin_IsHandedOn()
    {
        using var store = QuadStore.InMemory();
        var lines = new List<string>();
        using var graph = InferredGraph.Over(store, Parse("[-> print('hello' :a)]"), new ForwardOptions { Print = lines.Add });
        Assert.Equal(["'hello' <http://x/a>"], lines);
    }

    private static List<string> Infer(string rules, string facts)
    {
        using var store = QuadStore.InMemory();
        using (var tx = store.Begin())
        {
            foreach (var fact in facts.Split("; ", StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split(' ')))
                tx.Add(new Triple(s_x[fact[0]], Predicate(fact[1]), fact[2] == "nil" ? new Iri(RdfVocabulary.Nil) : s_x[fact[2]]));
            tx.Commit();
        }

        using var graph = InferredGraph.Over(store, Parse(rules));
        return [.. Sources.Triples(graph).Select(Text)];
    }

    private static Iri Predicate(string name) => name is "first" or "rest" ? new Iri(RdfVocabulary.Namespace + name) : s_x[name];

    private static string Text(Triple triple) => $"{Short(triple.Subject)} {Short(triple.Predicate)} {Short(triple.Object)}";

    private static string Short(Term term) => term switch
    {
        Iri iri => iri.Value[(iri.Value.LastIndexOfAny(['/', '#']) + 1)..],
        Literal literal => literal.Lexical,
        _ => "_",
    };

    private static RuleSet Parse(string rules) => RuleSet.Parse(rules, new Dictionary<string, string> { [""] = "http://x/" });
}
