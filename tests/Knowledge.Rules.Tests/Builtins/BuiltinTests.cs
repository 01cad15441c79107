namespace Knowledge.Rules.Tests.Builtins;

/// <summary>Each builtin by a table: a call in rule text, and what it answers, with its variables afterwards.</summary>
public sealed class BuiltinTests
{
    private const string Data = """
        @prefix : <http://x/> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        :a :p 1, "01"^^xsd:integer, 2, "x", :b .
        :l rdf:first 1 ; rdf:rest :l2 . :l2 rdf:first :b ; rdf:rest rdf:nil .
        :m rdf:first :b ; rdf:rest :m2 . :m2 rdf:first "01"^^xsd:integer ; rdf:rest rdf:nil .
        :bad rdf:first 1 . :loop rdf:first 1 ; rdf:rest :loop .
        """;

    private static readonly Dictionary<string, string> s_prefixes = new() { [""] = "http://x/" };

    public static TheoryData<string, string> Bodies => new()
    {
        { "isLiteral('a')", "true" }, { "isLiteral(:a)", "false" }, { "isLiteral(_b)", "false" }, { "isLiteral(f(1))", "false" }, { "isLiteral(?x)", "false" },
        { "notLiteral(:a)", "true" }, { "notLiteral('a')", "false" }, { "notLiteral(f(1))", "false" },
        { "isFunctor(f(1))", "true" }, { "isFunctor('f(1)')", "false" }, { "notFunctor(:a)", "true" }, { "notFunctor(f())", "false" },
        { "isBNode(_b)", "true" }, { "isBNode(:a)", "false" }, { "notBNode(:a)", "true" }, { "notBNode(_b)", "false" },
        { "isDType(5, xsd:int)", "true" }, { "isDType(5, xsd:integer)", "true" }, { "isDType(5, xsd:byte)", "true" }, { "isDType(500, xsd:byte)", "false" },
        { "isDType('5', xsd:int)", "false" }, { "isDType('5', xsd:string)", "true" }, { "isDType('x'^^xsd:int, rdfs:Literal)", "false" }, { "isDType('x', rdfs:Literal)", "true" },
        { "isDType(_b, xsd:int)", "true" }, { "isDType(:a, xsd:int)", "false" }, { "isDType(5, 'int')", "false" }, { "isDType(2.5, xsd:double)", "false" }, { "isDType('x'^^urn:t, urn:t)", "true" },
        { "notDType(500, xsd:byte)", "true" }, { "notDType(5, xsd:byte)", "false" },
        { "bound(:a, 1)", "true" }, { "bound(:a, ?x)", "false" }, { "bound()", "true" }, { "unbound(?x, ?y)", "true" }, { "unbound(?x, 1)", "false" },
        { "equal(5, 5.0)", "true" }, { "equal('5', 5)", "false" }, { "equal('a', 'a')", "true" }, { "equal(:a, :b)", "false" }, { "equal(?x, 5)", "false" },
        { "equal('2000-01-01T00:00:00Z'^^xsd:dateTime, '2000-01-01T01:00:00+01:00'^^xsd:dateTime)", "true" }, { "equal('5'^^xsd:byte, '05'^^xsd:integer)", "true" },
        { "equal('0a'^^xsd:hexBinary, '0A'^^xsd:hexBinary)", "true" }, { "equal('1'^^xsd:float, '1'^^xsd:double)", "true" }, { "equal('a'^^xsd:token, 'a')", "true" },
        { "lessThan(' 5 '^^xsd:int, 6)", "false" }, { "isDType(' 5 '^^xsd:int, xsd:int)", "false" }, { "lessThan('0001-01-01T00:00:00Z'^^xsd:dateTime, '-0001-01-01T00:00:00Z'^^xsd:dateTime)", "false" },
        { "notEqual(:a, :b)", "true" }, { "notEqual(5, 5.0)", "false" }, { "notEqual('1'^^xsd:boolean, 'true'^^xsd:boolean)", "false" },
        { "lessThan(1, 2)", "true" }, { "lessThan(2, 2)", "false" }, { "lessThan('1', 2)", "false" }, { "lessThan(1, 1.5)", "true" }, { "lessThan('a', 'b')", "false" },
        { "lessThan('2000-01-01T00:00:00Z'^^xsd:dateTime, '2000-01-01T00:00:01Z'^^xsd:dateTime)", "true" },
        { "lessThan('2000-01-01T00:00:00'^^xsd:dateTime, '2000-01-01T00:00:01Z'^^xsd:dateTime)", "false" },
        { "lessThan('2000-01-01T00:00:00'^^xsd:dateTime, '2000-01-02T00:00:00Z'^^xsd:dateTime)", "true" },
        { "greaterThan(2, 1)", "true" }, { "greaterThan(1, 1)", "false" }, { "greaterThan('NaN'^^xsd:double, 1)", "false" },
        { "le(1, 1)", "true" }, { "le(2, 1)", "false" }, { "le(:a, :a)", "false" }, { "ge(1, 1)", "true" }, { "ge(1, 2)", "false" },
        { "sum(1, 2, ?x)", "true x='3'^^xsd:int" }, { "sum(1, 2, 4)", "false" }, { "sum(1, 2, 3)", "true" }, { "sum(1, 0.5, ?x)", "true x='1.5'^^xsd:double" }, { "sum('a', 1, ?x)", "false" },
        { "sum('1.9'^^xsd:decimal, 1, ?x)", "true x='2'^^xsd:int" }, { "sum(2147483647, 1, ?x)", "true x='2147483648'^^xsd:long" }, { "sum(?x, 1, 2)", "false" },
        { "difference(1, 2, ?x)", "true x='-1'^^xsd:int" }, { "product(3, 4, ?x)", "true x='12'^^xsd:int" }, { "product(1.5, 2, ?x)", "true x='3.0'^^xsd:double" },
        { "quotient(7, 2, ?x)", "true x='3'^^xsd:int" }, { "quotient(7, 2.0, ?x)", "true x='3.5'^^xsd:double" }, { "quotient(7, 0, ?x)", "error" }, { "quotient(7, 0.0, ?x)", "true x='INF'^^xsd:double" },
        { "addOne(1, ?x)", "true x='2'^^xsd:int" }, { "addOne(?x, 2)", "true x='1'^^xsd:int" }, { "addOne(1, 3)", "false" }, { "addOne('a', ?x)", "false" }, { "addOne(2.9, ?x)", "true x='3'^^xsd:int" },
        { "min(1, 2, ?x)", "true x='1'^^xsd:int" }, { "min('1'^^xsd:byte, 1, ?x)", "true x='1'^^xsd:byte" }, { "max('1'^^xsd:byte, 1, ?x)", "true x='1'^^xsd:int" },
        { "max(1, 1.5, ?x)", "true x='1.5'^^xsd:float" }, { "max('a', 1, ?x)", "false" }, { "min(2, 1, 2)", "false" },
        { "regex('abc', 'a(b)c', ?x)", "true x='b'" }, { "regex('abc', 'b')", "false" }, { "regex('ac', 'a(b)?c', ?x)", "true x=''" }, { "regex(:a, 'a')", "false" }, { "regex('ab', '(a)(b)', ?x)", "true x='a'" },
        { "regex('ab', '(a)(b)', 'a', 'c')", "false" }, { "regex('a', '(')", "error" },
        { "strConcat('a', 1, :b, ?x)", "true x='a1http://x/b'" }, { "strConcat(?x)", "true x=''" }, { "strConcat(?y, ?x)", "false" }, { "strConcat('a', 'b', 'ab')", "true" },
        { "uriConcat('http://y/', 1, ?x)", "true x=<http://y/1>" }, { "now(?x)", "true x='2026-01-02T03:04:05Z'^^xsd:dateTime" },
        { "makeTemp(?x)", "true x=_fresh" }, { "makeInstance(:a, :p, ?x)", "true x=_s" }, { "makeInstance(:a, :p, :c, ?x)", "true x=_s" }, { "makeInstance(?y, :p, ?x)", "false" },
        { "makeSkolem(?x, 1, :a)", "true x=_s" }, { "makeSkolem(:a, 1)", "false" },
        { "noValue(:b, :p)", "true" }, { "noValue(:a, :p)", "false" }, { "noValue(:a, :p, 3)", "true" }, { "noValue(:a, :p, :b)", "false" }, { "noValue(?x, :p, :b)", "false" }, { "noValue(?x, :q)", "true" },
        { "countLiteralValues(:a, :p, ?x)", "true x='3'^^xsd:int" }, { "countLiteralValues(:b, :p, ?x)", "true x='0'^^xsd:int" }, { "countLiteralValues(:a, :p, 2)", "false" },
        { "listContains(:l, '1'^^xsd:byte)", "true" }, { "listContains(:l, :c)", "false" }, { "listContains(rdf:nil, 1)", "false" }, { "listContains(:loop, 1)", "true" },
        { "listNotContains(:l, :c)", "true" }, { "listNotContains(:l, :b)", "false" },
        { "listEntry(:l, 1, ?x)", "true x=<http://x/b>" }, { "listEntry(:l, 2, ?x)", "false" }, { "listEntry(:l, -1, ?x)", "false" }, { "listEntry(:l, 1, :c)", "false" },
        { "listLength(:l, ?x)", "true x='2'^^xsd:int" }, { "listLength(rdf:nil, ?x)", "true x='0'^^xsd:int" }, { "listLength(:bad, ?x)", "false" }, { "listLength(:loop, ?x)", "false" },
        { "listEqual(:l, :m)", "true" }, { "listEqual(:l, :l2)", "false" }, { "listNotEqual(:l, :m)", "false" }, { "listNotEqual(:l, rdf:nil)", "true" },
        { "hide(:a)", "true hide <http://x/a>" }, { "print('a', ?x)", "true print 'a' ?" },
    };

    public static TheoryData<string, string> Heads => new()
    {
        { "listMapAsObject(:s, :p, :l)", "add <http://x/s> <http://x/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>; add <http://x/s> <http://x/p> <http://x/b>" },
        { "listMapAsSubject(:l2, :p, :o)", "add <http://x/b> <http://x/p> <http://x/o>" },
        { "listMapAsSubject(rdf:nil, :p, :o)", "" },
        { "assertDisjointPairs(:l2)", "" },
        { "assertDisjointPairs(:l)", "add \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> <http://www.w3.org/2002/07/owl#differentFrom> <http://x/b>; add <http://x/b> <http://www.w3.org/2002/07/owl#differentFrom> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>" },
        { "remove(0)", "remove 0" }, { "drop(0)", "drop 0" }, { "remove(1)", "error" }, { "remove(:a)", "error" },
        { "table(:p, :q)", "table <http://x/p>; table <http://x/q>" }, { "tableAll()", "table all" },
        { "hide(:a)", "hide <http://x/a>" }, { "print(:a, 'b')", "print <http://x/a> 'b'" },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void Body_Call_AnswersAndBinds(string call, string expected) => Assert.Equal(expected, InBody(call));

    [Theory]
    [MemberData(nameof(Heads))]
    public void Head_Call_HasEffects(string call, string expected)
    {
        var environment = Environment();
        var prepared = Prepare(environment, call, inHead: true);
        try
        {
            BuiltinRegistry.Default.Find(prepared.Clause.Name)!.Head!(prepared);
            Assert.Equal(expected, string.Join("; ", environment.Effects));
        }
        catch (RuleException)
        {
            Assert.Equal("error", expected);
        }
    }

    [Fact]
    public void Default_Builtins_Are47AndAllStandInTheTables()
    {
        var tested = Bodies.Concat(Heads).Select(row => ((string)row[0])[..((string)row[0]).IndexOf('(', StringComparison.Ordinal)]).ToHashSet();
        var ofJena = BuiltinRegistry.Default.Builtins.Except(DatatypeBuiltins.All).ToList();
        Assert.Equal(47, ofJena.Count);
        Assert.Equal(ofJena.Select(b => b.Name).Order(), tested.Order());
    }

    [Fact]
    public void Skolem_Arguments_AreTheKey()
    {
        Assert.Equal(InBody("makeSkolem(?x, 1, :a)", whole: true), InBody("makeSkolem(?x, 1, :a)", whole: true));
        Assert.NotEqual(InBody("makeSkolem(?x, 1, :a)", whole: true), InBody("makeSkolem(?x, :a, 1)", whole: true));
        Assert.NotEqual(InBody("makeSkolem(?x, 'a')", whole: true), InBody("makeSkolem(?x, a)", whole: true));
        Assert.NotEqual(InBody("makeInstance(:a, :p, ?x)", whole: true), InBody("makeSkolem(?x, :a, :p)", whole: true));
    }

    [Theory]
    [InlineData("[r: (?a :p ?b) flag(?a) -> (?a :q ?b)]", "There is no builtin 'flag'.")]
    [InlineData("[r: (?a :p ?b) lessThan(?a) -> (?a :q ?b)]", "The builtin 'lessThan' has 1 arguments; it needs 2.")]
    [InlineData("[r: (?a :p ?b) remove(0) -> (?a :q ?b)]", "The builtin 'remove' stands in the rule's body; it may stand in its head alone.")]
    [InlineData("[r: (?a :p ?b) -> noValue(?a :p)]", "The builtin 'noValue' stands in the rule's head; it may stand in its body alone.")]
    [InlineData("[r: (?a :p ?b) noValue(?a) -> (?a :q ?b)]", "The builtin 'noValue' has 1 arguments; it needs 2 to 3.")]
    public void Check_WrongCall_NamesLineAndRule(string rule, string problem)
    {
        var error = Assert.Throws<RuleException>(() => BuiltinRegistry.Default.Check(RuleSet.Parse("\n" + rule, s_prefixes).Rules[0]));
        Assert.StartsWith($"Line 2, rule 'r': {problem}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Functor_Term_ReadsBack()
    {
        Term[] arguments = [new Iri("http://x/a"), new Literal("a \" ) b"), new Literal("1", XsdVocabulary.Integer), Functor.Term("g", [new BlankNode("b")]), new TripleTerm(new Iri("a"), new Iri("b"), new Literal(" )>> "))];
        var term = Functor.Term("f", arguments);
        Assert.True(Functor.TryRead(term, out var name, out var read));
        Assert.Equal("f", name);
        Assert.Equal(arguments, read);
        Assert.False(Functor.TryRead(new Literal("f()"), out _, out _));
    }

    private static string InBody(string text, bool whole = false)
    {
        var environment = Environment();
        var call = Prepare(environment, text, inHead: false);
        bool holds;
        try
        {
            holds = BuiltinRegistry.Default.Find(call.Clause.Name)!.Body!(call);
        }
        catch (RuleException)
        {
            return "error";
        }

        var answer = holds ? "true" : "false";
        for (var i = 0; holds && i < call.Count; i++)
            if (call.Clause.Arguments[i] is VariableNode variable && call.IsBound(i))
                answer += $" {call.Rule.Variables[variable.Index][1..]}={Shown(call.Term(i)!, whole)}";
        return string.Join(' ', [answer, .. environment.Effects]);
    }

    private static string Shown(Term term, bool whole) => !whole && term is BlankNode blank ? $"_{(blank.Label.StartsWith("fresh", StringComparison.Ordinal) ? "fresh" : "s")}" : RuleWriter.Write(term, RulePrefixes.BuiltIn);

    private static ListedEnvironment Environment()
    {
        var environment = new ListedEnvironment();
        foreach (var quad in Dataset.Parse(Data, RdfFormat.Turtle).Quads)
            environment.Facts.Add(new TripleIds(environment.Id(quad.Subject), environment.Id(quad.Predicate), environment.Id(quad.Object)));
        return environment;
    }

    private static BuiltinCall Prepare(ListedEnvironment environment, string text, bool inHead)
    {
        var rule = RuleSet.Parse(inHead ? $"[r: (?z :p :q) -> {text}]" : $"[r: {text} -> ]", s_prefixes).Rules[0];
        var clause = (BuiltinClause)(inHead ? rule.Head[0] : rule.Body[0]);
        var call = new BuiltinCall(environment, rule, clause);
        for (var i = 0; i < call.Count; i++)
            call[i] = clause.Arguments[i] switch
            {
                TermNode term => environment.Id(term.Term),
                FunctorNode functor => environment.Id(Functor.Term(functor.Name, functor.Arguments.Select(a => ((TermNode)a).Term))),
                _ => TermId.None,
            };
        return call;
    }
}
