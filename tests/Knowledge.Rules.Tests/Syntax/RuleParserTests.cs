using CsCheck;

namespace Knowledge.Rules.Tests.Syntax;

public sealed class RuleParserTests
{
    private const string Xsd = XsdVocabulary.Namespace;

    private static readonly Dictionary<string, string> s_prefixes = new() { [""] = "http://x/" };

    [Theory]
    [InlineData("[r: (?a :p ?b) -> (?b :q ?a)]", "[ r: (?a <http://x/p> ?b) -> (?b <http://x/q> ?a) ]")]
    [InlineData("(?a :p ?b) -> (?b :q ?a) .", "[ (?a <http://x/p> ?b) -> (?b <http://x/q> ?a) ]")]
    [InlineData("-> (:a :b 'c').", "[ -> (<http://x/a> <http://x/b> 'c') ]")]
    [InlineData("[(?a :p ?b) <- (?b, :q, ?a)]", "[ (?a <http://x/p> ?b) <- (?b <http://x/q> ?a) ]")]
    [InlineData("[(?a rdf:type t) -> [n: (?x :p ?a) <- (?a :p ?x)]]", "[ (?a rdf:type <t>) -> [ n: (?x <http://x/p> ?a) <- (?a <http://x/p> ?x) ] ]")]
    [InlineData("[(?a :p 5) lessThan(?a, -2) -> (?a :p 2.5)]", "[ (?a <http://x/p> '5'^^xsd:int) lessThan(?a '-2'^^xsd:int) -> (?a <http://x/p> '2.5'^^xsd:float) ]")]
    [InlineData("[(?a :p 99999999999) -> (?a :p 1.x)]", "[ (?a <http://x/p> '99999999999') -> (?a <http://x/p> '1.x') ]")]
    [InlineData("[(?a :p 'it\\'s') -> (?a :p \"a\\\\b\")]", "[ (?a <http://x/p> 'it\\'s') -> (?a <http://x/p> 'a\\\\b') ]")]
    [InlineData("[(?a :p 'x'^^xsd:int) -> (?a :p 'y'^^http://t/u)]", "[ (?a <http://x/p> 'x'^^xsd:int) -> (?a <http://x/p> 'y'^^<http://t/u>) ]")]
    [InlineData("[(?a :p all(?b, :c, 1)) -> (?a :p _x)]", "[ (?a <http://x/p> all(?b <http://x/c> '1'^^xsd:int)) -> (?a <http://x/p> _x) ]")]
    [InlineData("-> tableAll().", "[ -> tableAll() ]")]
    [InlineData("[(?a :p http://y/z) -> (?a :p urn:a:b)]", "[ (?a <http://x/p> <http://y/z>) -> (?a <http://x/p> <urn:a:b>) ]")]
    [InlineData("[(?a :p ?b) not { (?b :q ?c) } -> (?a :r ?b)]", "[ (?a <http://x/p> ?b) not { (?b <http://x/q> ?c) } -> (?a <http://x/r> ?b) ]")]
    [InlineData("[aggregate { (?a :p ?b) } on (?a) count(?b, ?n) -> (?a :n ?n)]", "[ aggregate { (?a <http://x/p> ?b) } on (?a) count(?b ?n) -> (?a <http://x/n> ?n) ]")]
    [InlineData("# no\n  // no\n@prefix y: <http://y/>.\n-> (y:a y:b y:c).", "[ -> (<http://y/a> <http://y/b> <http://y/c>) ]")]
    [InlineData("-> (y:a y:b y:c).\n@prefix y: <http://y/>", "[ -> (<http://y/a> <http://y/b> <http://y/c>) ]")]
    public void Parse_Text_IsThisRule(string text, string printed)
    {
        var rule = Assert.Single(RuleSet.Parse(text, s_prefixes).Rules);
        Assert.Equal(printed, rule.ToString());
        Assert.Equal(rule, Assert.Single(RuleSet.Parse(printed).Rules));
    }

    [Theory]
    [InlineData("\n[r: (?a :p) -> (?a :q ?a)]", "Text.rules, line 2, rule 'r': A triple with 2 nodes; it needs subject, predicate and object.")]
    [InlineData("[(?a :p f(?b)) -> (f(?a) :q ?a)]", "Text.rules, line 1: A functor stands as subject or predicate of a triple; it may stand as its object alone.")]
    [InlineData("[(?a :p *) -> (?a :q ?a)]", "Text.rules, line 1: '*' as a wildcard is no longer supported; give the variable a name, as in ?x.")]
    [InlineData("[(?a z:p ?b) -> (?a :q ?a)]", "Text.rules, line 1: The prefix 'z:' of 'z:p' is not known. Declare it with '@prefix z: <iri>'; known are :, drdfs:, eg:, jr:, owl:, rb:, rdf:, rdfs:, xsd:.")]
    [InlineData("[(?a :p ?b) ->", "Text.rules, line 1: Found the end of the text where '.' or ']', a triple in parentheses or a builtin is needed.")]
    [InlineData("[(?a :p 'b) -> (?a :q ?a)]", "Text.rules, line 1: A literal begins with ' and does not end. Put ' behind it, and a backslash before each ' inside.")]
    [InlineData("[(?a :p ?b -> (?a :q ?a)]", "Text.rules, line 1: Found '->' where a variable, a term or a functor is needed.")]
    [InlineData("@include <Nothing>.", "Text.rules, line 1: No rules are known by <Nothing>. Includes need a file: IRI of a file that is there, or a name that the program knows.")]
    [InlineData("@prefix p <x>", "Text.rules, line 1: '@prefix p <x>' has no colon; what is needed is @prefix p: <iri>.")]
    public void Parse_Wrong_SaysWhereAndWhatIsNeeded(string text, string message)
    {
        var error = Assert.Throws<RuleSyntaxException>(() => RuleSet.Parse(text, s_prefixes, new RuleReaderOptions { Source = "text.rules" }));
        Assert.Equal(message, error.Message);
    }

    [Fact]
    public void Equals_OtherNamesOfVariables_IsTrue()
    {
        var rules = RuleSet.Parse("[r: (?a :p ?b) -> (?b :q f(?a))] [r: (?x :p ?y) -> (?y :q f(?x))] [r: (?x :p ?y) -> (?x :q f(?y))] [s: (?a :p ?b) -> (?b :q f(?a))]", s_prefixes).Rules;
        Assert.Equal(rules[0], rules[1]);
        Assert.Equal(rules[0].GetHashCode(), rules[1].GetHashCode());
        Assert.NotEqual(rules[0], rules[2]);
        Assert.NotEqual(rules[0], rules[3]);
    }

    [Fact]
    public void Parse_Includes_ComeFirstAndEndAtTheirLimit()
    {
        var options = new RuleReaderOptions { Include = name => new RuleDocument(name == "a" ? "@include <b>\n-> (eg:a eg:a eg:a)." : "-> (eg:b eg:b eg:b).", name) };
        Assert.Equal(["b", "a", null], RuleSet.Parse("-> (eg:c eg:c eg:c).\n@include <a>.", null, options).Rules.Select(r => r.Origin.Source));
        var endless = new RuleReaderOptions { Include = name => new RuleDocument($"@include <{name}x>", name), MaxIncludeDepth = 4 };
        Assert.Contains("(MaxIncludeDepth)", Assert.Throws<RuleSyntaxException>(() => RuleSet.Parse("@include <a>", null, endless)).Message, StringComparison.Ordinal);
        var loop = new RuleReaderOptions { Include = name => new RuleDocument("@include <a>", name) };
        Assert.Contains("includes itself", Assert.Throws<RuleSyntaxException>(() => RuleSet.Parse("@include <a>", null, loop)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Print_AnyRule_ReadsBackAsItself()
    {
        RandomRules.Rule.Sample(rule =>
        {
            var printed = RuleWriter.Write(rule);
            return rule.Equals(Assert.Single(RuleSet.Parse(printed).Rules)) ? true : throw new InvalidOperationException(printed);
        }, iter: 500);
    }

    [Fact]
    public void Oracle_PrinterThatForgetsEscapes_IsCaught() =>
        Assert.ThrowsAny<Exception>(() => RandomRules.Rule.Sample(rule => rule.Equals(RuleSet.Parse(RuleWriter.Write(rule).Replace("\\", "", StringComparison.Ordinal)).Rules[0]), iter: 500));

    [SharedDataFact("jena-reasoners")]
    public void Load_FilesOfJena_ReadOrFailAsThere()
    {
        string[] fails = ["bad-encoding.rules", "importTest.rules", "include-test-not-found.rules"];
        foreach (var file in Directory.EnumerateFiles(SharedData.Path("jena-reasoners"), "*.rules", SearchOption.AllDirectories))
        {
            var options = new RuleReaderOptions { Include = name => name == "RDFS" ? new RuleDocument("", name) : name.EndsWith("/include.rules", StringComparison.Ordinal) ? new RuleDocument("-> (eg:a eg:a eg:a).", name) : null };
            if (fails.Contains(Path.GetFileName(file)))
            {
                Assert.Throws<RuleSyntaxException>(() => RuleSet.Load(file, options)); // a prefix that nobody declared, includes that are not there
                continue;
            }

            var rules = RuleSet.Load(file, options);
            Assert.NotEmpty(rules.Rules);
            Assert.True(rules.Rules.SequenceEqual(RuleSet.Parse(rules.ToString()).Rules), file);
        }
    }

    [Fact]
    public void Parse_DeepNesting_EndsAtItsLimit() =>
        Assert.Contains("(MaxDepth)", Assert.Throws<RuleSyntaxException>(() => RuleSet.Parse($"[-> {string.Concat(Enumerable.Repeat("[ -> ", 100))}")).Message, StringComparison.Ordinal);

    private static class RandomRules
    {
        private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

        private static readonly Gen<string> s_text = Gen.Char["a'\"\\ ](^ü\n"].Array[0, 6].Select(c => new string(c));

        private static readonly Gen<Term> s_term = Gen.OneOf(
            OneOf("http://x/a", "http://x/a(b),c", Xsd + "int", RdfVocabulary.Type, "bare", "urn:a#b").Select(i => (Term)new Iri(i)),
            OneOf("a", "b1").Select(l => (Term)new BlankNode(l)),
            s_text.Select(t => (Term)new Literal(t)),
            Gen.Select(s_text, OneOf(Xsd + "int", "urn:t", "mine")).Select((t, d) => (Term)new Literal(t, d)),
            s_text.Select(t => (Term)Literal.InLanguage(t, "en-gb")));

        private static readonly Gen<RuleNode> s_node = Gen.OneOf(Gen.Int[0, 3].Select(i => (RuleNode)new VariableNode(i)), s_term.Select(t => (RuleNode)new TermNode(t)));

        private static readonly Gen<RuleNode> s_object = Gen.OneOf(s_node, s_node.Array[0, 3].Select(a => (RuleNode)new FunctorNode("f", [.. a])));

        private static readonly Gen<RuleClause> s_simple = Gen.OneOf(
            Gen.Select(s_node, s_node, s_object).Select((s, p, o) => (RuleClause)new TripleClause(s, p, o)),
            s_object.Array[0, 3].Select(a => (RuleClause)new BuiltinClause("print", [.. a])));

        private static readonly Gen<RuleClause> s_clause = Gen.Frequency(
            (6, s_simple),
            (1, s_simple.Array[1, 2].Select(c => (RuleClause)new NegationClause([.. c]))),
            (1, s_simple.Array[1, 2].Select(c => (RuleClause)new AggregateClause([.. c], [new VariableNode(0)], AggregateFunction.Max, new VariableNode(1), new VariableNode(2)))));

        public static readonly Gen<Rule> Rule = Gen.Select(OneOf<string?>(null, "r1", "a-b"), Gen.Bool, s_clause.Array[0, 3], s_simple.Array[0, 2])
            .Select((name, backward, body, head) => Numbered(new Rule(name, backward ? RuleDirection.Backward : RuleDirection.Forward, [.. body], [.. head], ["?a", "?b", "?c", "?d"], default)));

        /// <summary>Variables numbered as they come in the text.</summary>
        private static Rule Numbered(Rule rule)
        {
            var order = new List<int>();
            var (left, right) = rule.Direction == RuleDirection.Forward ? (rule.Body, rule.Head) : (rule.Head, rule.Body);
            (left, right) = ([.. left.Select(Clause)], [.. right.Select(Clause)]);
            return rule.Direction == RuleDirection.Forward ? rule with { Body = left, Head = right } : rule with { Head = left, Body = right };

            RuleClause Clause(RuleClause clause) => clause switch
            {
                TripleClause t => new TripleClause(Node(t.Subject), Node(t.Predicate), Node(t.Object)),
                BuiltinClause b => b with { Arguments = [.. b.Arguments.Select(Node)] },
                NegationClause n => n with { Clauses = [.. n.Clauses.Select(Clause)] },
                AggregateClause a => new AggregateClause(
                    [.. a.Clauses.Select(Clause)], [.. a.Groups.Select(v => (VariableNode)Node(v))], a.Function, (VariableNode)Node(a.Argument), (VariableNode)Node(a.Result)),
                _ => clause,
            };

            RuleNode Node(RuleNode node)
            {
                if (node is FunctorNode functor)
                    return functor with { Arguments = [.. functor.Arguments.Select(Node)] };
                if (node is not VariableNode variable)
                    return node;
                if (!order.Contains(variable.Index))
                    order.Add(variable.Index);
                return new VariableNode(order.IndexOf(variable.Index));
            }
        }
    }
}
