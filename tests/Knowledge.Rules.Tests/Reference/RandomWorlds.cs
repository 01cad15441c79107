using Knowledge.Store;

namespace Knowledge.Rules.Tests.Reference;

/// <summary>Random graphs and rules of a few names, so that much follows from much.</summary>
/// <param name="seed">The same seed gives the same.</param>
/// <param name="hasNegation">Whether a second stratum negates or counts what the first concludes.</param>
/// <param name="hasEquality">Whether rules make a predicate equality.</param>
internal sealed class RandomWorlds(int seed, bool hasNegation = false, bool hasEquality = false)
{
    private static readonly Vocabulary s_x = new("http://x/");

    private readonly Random _random = new(seed);

    public List<List<Rule>> Strata()
    {
        var count = _random.Next(2, 7);
        List<string> first = [.. Enumerable.Range(0, count).Select(i => Rule($"r{i}")), .. hasEquality ? Equality() : []];
        List<List<string>> strata = [first];
        if (hasNegation)
        {
            strata.Add([.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => SecondStratum($"s{i}"))]);
            strata.Add([.. Enumerable.Range(0, _random.Next(3)).Select(i => ThirdStratum($"t{i}"))]);
        }

        return [.. strata.Select(s => RuleSet.Parse(string.Join('\n', s), new Dictionary<string, string> { [""] = "http://x/" }).Rules.ToList())];
    }

    /// <summary>Up to three rules with builtins, whose numbers and names go to predicates of their own, so that no more than a few steps follow.</summary>
    public IEnumerable<string> BuiltinRules() => Enumerable.Range(0, _random.Next(4)).Select(i => BuiltinRule($"b{i}"));

    /// <summary>A random fact; with negation also one that rules of the second stratum may conclude.</summary>
    public Triple Fact() => hasEquality && _random.Next(3) == 0 ? Same() : _random.Next(hasNegation ? 9 : 8) switch
    {
        8 => s_x.Triple(Node(), "q", Node()),
        0 => s_x.Triple(Node(), "p0", new Literal($"{_random.Next(3)}", XsdVocabulary.Integer)),
        1 => new Triple(s_x[Node()], new Iri(RdfVocabulary.Type), s_x[$"c{_random.Next(3)}"]),
        2 => new Triple(s_x[$"p{_random.Next(3)}"], s_x["sub"], s_x[$"p{_random.Next(3)}"]),
        3 => new Triple(s_x[$"c{_random.Next(3)}"], s_x["sub"], s_x[$"c{_random.Next(3)}"]),
        4 => new Triple(new BlankNode($"b{_random.Next(2)}"), s_x[$"p{_random.Next(3)}"], s_x[Node()]),
        _ => s_x.Triple(Node(), $"p{_random.Next(3)}", Node()),
    };

    public int Next(int below) => _random.Next(below);

    /// <summary>Adds and takes away a few facts, at most <paramref name="most"/>, in one transaction.</summary>
    public void Change(QuadDataset store, int most)
    {
        var there = Sources.Triples(store).OrderBy(t => t.ToString(), StringComparer.Ordinal).ToList();
        using var tx = store.Begin();
        for (var i = Next(most); i >= 0; i--)
        {
            if (there.Count > 0 && Next(2) == 0)
                tx.Retract(there[Next(there.Count)]);
            else
                tx.Add(Fact());
        }

        tx.Commit();
    }

    private string Node() => $"n{_random.Next(5)}";

    private Triple Same() => _random.Next(8) switch
    {
        0 => s_x.Triple($"p{_random.Next(3)}", "same", $"p{_random.Next(3)}"),
        1 => s_x.Triple($"c{_random.Next(3)}", "same", $"c{_random.Next(3)}"),
        2 => s_x.Triple("same", "same", $"p{_random.Next(3)}"),
        3 => s_x.Triple(Node(), "same", new Literal($"{_random.Next(3)}", XsdVocabulary.Integer)),
        _ => s_x.Triple(Node(), "same", Node()),
    };

    /// <summary>Rules that make :same equality, in one of the ways in which they are written.</summary>
    private IEnumerable<string> Equality()
    {
        var (from, to) = _random.Next(4) == 0 ? ("?y", "?x") : ("?x", "?y");
        yield return $"[rep-s: ({from} :same {to}) (?x ?p ?o) -> (?y ?p ?o)]";
        yield return $"[rep-o: (?s ?p ?x) ({from} :same {to}) -> (?s ?p ?y)]";
        if (_random.Next(2) == 0)
            yield return $"[rep-p: ({from} :same {to}) (?s ?x ?o) -> (?s ?y ?o)]";
        if (_random.Next(2) == 0)
            yield return "[trans: (?x :same ?y) (?y :same ?z) -> (?x :same ?z)]";
        if (_random.Next(2) == 0)
            yield return "[ref: (?s ?p ?o) -> (?s :same ?s)]";
        if (_random.Next(3) > 0)
        {
            yield return "[sym: (?x :same ?y) -> (?y :same ?x)]";
            yield break;
        }

        // What is not said of the predicate itself follows, or does not, from what is said of it.
        if (_random.Next(3) > 0)
            yield return "[axiom: -> (:same rdf:type :c0)]";
        yield return "[symmetric: (?p rdf:type :c0) (?x ?p ?y) -> (?y ?p ?x)]";
    }

    // A rule with a variable for its predicate reads what the second stratum concludes, and belongs to none of the two.
    private string Rule(string name) => _random.Next(12) switch
    {
        0 when !hasNegation => $"[{name}: (?p :sub ?q) (?x ?p ?y) -> (?x ?q ?y)]",
        1 => $"[{name}: (?c :sub ?d) (?x rdf:type ?c) -> (?x rdf:type ?d)]",
        2 => $"[{name}: (?a :sub ?b) (?b :sub ?c) -> (?a :sub ?c)]",
        3 => $"[{name}: (?a :p{_random.Next(3)} ?b) (?b :p{_random.Next(3)} ?c) -> (?a :p{_random.Next(3)} ?c)]",
        4 => $"[{name}: (?a :p{_random.Next(3)} ?b) -> (?b :p{_random.Next(3)} ?a)]",
        5 => $"[{name}: (?x :p{_random.Next(3)} ?y) (?y rdf:type :c{_random.Next(3)}) -> (?x rdf:type :c{_random.Next(3)})]",
        6 => $"[{name}: (?x rdf:type :c{_random.Next(3)}) (?x rdf:type :c{_random.Next(3)}) -> (?x rdf:type :c{_random.Next(3)}) (:n0 :p{_random.Next(3)} ?x)]",
        7 when !hasNegation => $"[{name}: (?x ?p ?y) (?y ?p ?x) notEqual(?x, ?y) -> (?x rdf:type :c{_random.Next(3)})]",
        8 => $"[{name}: (?x :p0 ?m) (?x :p0 ?n) max(?m, ?n, ?k) -> (?x :p{_random.Next(3)} ?k)]",
        9 => $"[{name}: -> (:n{_random.Next(5)} :p{_random.Next(3)} :n{_random.Next(5)})]",
        10 => $"[{name}: (?x :p{_random.Next(3)} ?x) -> (?x rdf:type :c{_random.Next(3)})]",
        _ => $"[{name}: {Atom()} {Atom()} {Atom()} -> ({Variable()} :p{_random.Next(3)} {Variable()})]".Replace("?d", "?a", StringComparison.Ordinal),
    };

    private string BuiltinRule(string name) => _random.Next(12) switch
    {
        0 => $"[{name}: (?x :p0 ?m) lessThan(?m, {_random.Next(4)}) -> (?x rdf:type :c{_random.Next(3)})]",
        1 => $"[{name}: (?x :p0 ?m) ge(?m, {_random.Next(4)}) -> (?x rdf:type :c{_random.Next(3)})]",
        2 => $"[{name}: (?x :p0 ?m) (?y :p0 ?n) lessThan(?m, 9) lessThan(?n, 9) sum(?m, ?n, ?k) -> (?x :sum ?k)]",
        3 => $"[{name}: (?x :p0 ?m) (?y :p0 ?n) le(?m, ?n) difference(?m, ?n, ?k) -> (?y :difference ?k)]",
        4 => $"[{name}: (?x :p0 ?m) greaterThan(?m, 0) product(?m, ?m, ?k) -> (?x :square ?k)]",
        5 => $"[{name}: (?x :p{_random.Next(3)} ?y) isLiteral(?y) -> (?x rdf:type :c{_random.Next(3)})]",
        6 => $"[{name}: (?x :p{_random.Next(3)} ?y) notLiteral(?y) isBNode(?x) -> (?y :p{_random.Next(3)} ?x)]",
        7 => $"[{name}: (?x :p0 ?m) isLiteral(?m) regex(?m, '[{_random.Next(2)}2]') -> (?x rdf:type :c{_random.Next(3)})]",
        8 => $"[{name}: (?x :p0 ?m) isLiteral(?m) uriConcat('http://x/n', ?m, ?u) -> (?x :p{_random.Next(3)} ?u)]",
        9 => $"[{name}: (?x :p0 ?m) isLiteral(?m) notBNode(?x) strConcat(?x, '-', ?m, ?s) -> (?x :label ?s)]",
        10 => $"[{name}: (?x :p0 ?m) (?y :p1 ?n) equal(?m, ?n) -> (?x :p2 ?y)]",
        _ => $"[{name}: (?x :p0 ?m) isDType(?m, xsd:integer) addOne(?m, ?k) -> (?x :next ?k)]",
    };

    private string SecondStratum(string name) => _random.Next(8) switch
    {
        5 => $"[{name}: (?x :p{_random.Next(3)} ?y) not {{ (?y :p{_random.Next(3)} ?z) (?z :p{_random.Next(3)} ?x) }} -> (?x :q ?y)]",
        6 => $"[{name}: (?x :p{_random.Next(3)} ?y) not {{ (?x :p0 ?m) lessThan(?m, {_random.Next(4)}) }} -> (?y :q ?x)]",
        2 => $"[{name}: (?x :q ?y) (?y :q ?z) -> (?x :q ?z)]",
        3 => $"[{name}: (?x :p{_random.Next(3)} ?y) noValue(?y, :p{_random.Next(3)}) -> (?y :q ?x)]",
        4 => $"[{name}: (?x :p{_random.Next(3)} ?y) noValue(?y, :p{_random.Next(3)}, ?x) -> (?x :q :none)]",
        0 => $"[{name}: (?x :p{_random.Next(3)} ?y) not {{ (?y :p{_random.Next(3)} ?z) }} -> (?x :q ?y)]",
        1 => $"[{name}: (?x rdf:type :c{_random.Next(3)}) not {{ (?x :p{_random.Next(3)} ?x) }} -> (?x :q :none)]",
        _ => $"[{name}: aggregate {{ (?x :p{_random.Next(3)} ?y) }} on ( ?x ) count ( ?y ?n ) -> (?x :n ?n)]",
    };

    private string ThirdStratum(string name) => _random.Next(4) switch
    {
        0 => $"[{name}: (?x :p{_random.Next(3)} ?y) not {{ (?x :q ?y) }} -> (?x :r ?y)]",
        1 => $"[{name}: (?x :q ?y) not {{ (?y :q ?x) }} not {{ (?x :p{_random.Next(3)} ?y) }} -> (?x :r ?y)]",
        2 => $"[{name}: (?x :q ?y) (?y :p{_random.Next(3)} ?z) not {{ (?z :q ?w) }} -> (?x :r ?z)]",
        _ => $"[{name}: (?x :r ?y) (?y :r ?z) -> (?x :r ?z)]",
    };

    // All three of the first rule's variables occur in its atoms often enough; where one does not, it is bound by the first.
    private string Atom() => $"({Variable()} :p{_random.Next(3)} {Variable()}) (?a :p{_random.Next(3)} ?b)";

    private string Variable() => _random.Next(2) == 0 ? "?a" : "?b";
}
