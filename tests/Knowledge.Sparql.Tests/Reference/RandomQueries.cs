using System.Globalization;
using Knowledge.Rdf;

namespace Knowledge.Sparql.Tests.Reference;

/// <summary>Random small graphs, and random queries that find something in them.</summary>
internal sealed class RandomQueries(int seed)
{
    private readonly Random _random = new(seed);
    private int _names;

    public List<Quad> Quads()
    {
        var quads = new HashSet<Quad>();
        for (var i = 0; i < 24; i++)
        {
            Term o = _random.Next(4) == 0 ? new Literal(_random.Next(4).ToString(CultureInfo.InvariantCulture), XsdVocabulary.Integer) : Node();
            quads.Add(new Quad(Node(), new Iri($"http://x/p{_random.Next(3)}"), o, _random.Next(3) switch { 0 => new Iri($"http://x/g{_random.Next(2)}"), _ => null }));
        }

        return [.. quads];
    }

    private Iri Node() => new($"http://x/n{_random.Next(5)}");

    public string Query()
    {
        var where = Group(2);
        switch (_random.Next(8))
        {
            case 0:
                return $"SELECT ?a (COUNT(*) AS ?count) (COUNT(DISTINCT ?b) AS ?distinct) (MIN(?c) AS ?least) WHERE {where} GROUP BY ?a";
            case 1:
                return $"SELECT (SUM(?c) AS ?sum) (MAX(?b) AS ?most) WHERE {where} HAVING (COUNT(*) > {_random.Next(3)})";
            case 2:
                return $"SELECT DISTINCT ?a ?b WHERE {where}";
            case 3:
                return $"SELECT ?a ?b ?c ?d WHERE {where} ORDER BY {(_random.Next(2) == 0 ? "DESC(?a)" : "?a")} ?b ?c ?d LIMIT {_random.Next(1, 6)} OFFSET {_random.Next(3)}";
            default:
                return $"SELECT * WHERE {where}";
        }
    }

    private string Group(int depth)
    {
        var text = "{ " + Triples(_random.Next(1, 4));
        for (var i = _random.Next(0, 3); i > 0; i--)
            text += Element(depth);
        if (_random.Next(3) == 0)
            text += Triples(1);
        return text + "}";
    }

    private string Element(int depth)
    {
        if (depth == 0)
            return _random.Next(2) == 0 ? $"FILTER({Condition(0)}) " : $"{{ {Triples(1)}}} ";
        return _random.Next(11) switch
        {
            0 or 1 => $"OPTIONAL {Group(depth - 1)} ",
            2 => $"{Group(depth - 1)} UNION {Group(depth - 1)} ",
            3 => $"MINUS {Group(depth - 1)} ",
            4 or 5 => $"FILTER({Condition(depth)}) ",
            6 => $"BIND({Value()} AS ?bound{_names++}) ",
            7 => $"VALUES (?{Name()}) {{ ({Term()}) ({Term()}) (UNDEF) }} ",
            8 => $"GRAPH {(_random.Next(2) == 0 ? "?" + Name() : $":g{_random.Next(2)}")} {Group(depth - 1)} ",
            9 => $"{{ SELECT {(_random.Next(2) == 0 ? "?a ?b" : "DISTINCT ?a")} WHERE {Group(depth - 1)} }} ",
            _ => $"{Group(depth - 1)} ",
        };
    }

    private string Triples(int count)
    {
        var text = "";
        for (var i = 0; i < count; i++)
            text += $"{Subject()} {Predicate()} {Object()} . ";
        return text;
    }

    private string Name() => "abcd"[_random.Next(4)].ToString();

    private string Subject() => _random.Next(4) == 0 ? $":n{_random.Next(5)}" : "?" + Name();

    private string Object() => _random.Next(4) == 0 ? Term() : "?" + Name();

    private string Term() => _random.Next(3) == 0 ? _random.Next(4).ToString(CultureInfo.InvariantCulture) : $":n{_random.Next(6)}";

    private string Link() => $":p{_random.Next(3)}";

    private string Predicate() => _random.Next(12) switch
    {
        0 => "?" + Name(),
        1 => $"{Link()}+",
        2 => $"{Link()}*",
        3 => $"({Link()}|^{Link()})",
        4 => $"{Link()}/{Link()}",
        5 => $"!({Link()}|^{Link()})",
        6 => $"({Link()}/{Link()})?",
        7 => $"({Link()}|{Link()})+",
        _ => Link(),
    };

    private string Value() => _random.Next(4) switch
    {
        0 => $"?{Name()} + 1",
        1 => $"COALESCE(?{Name()}, ?{Name()}, 7)",
        2 => $"IF({Condition(0)}, ?{Name()}, :n0)",
        _ => $"STR(?{Name()})",
    };

    private string Condition(int depth) => _random.Next(depth > 0 ? 9 : 7) switch
    {
        0 => $"?{Name()} = ?{Name()}",
        1 => $"?{Name()} != {Term()}",
        2 => $"?{Name()} < {_random.Next(4)}",
        3 => $"BOUND(?{Name()})",
        4 => $"!BOUND(?{Name()}) || ?{Name()} = {Term()}",
        5 => $"?{Name()} = {Term()} || ?{Name()} > 1",
        6 => $"BOUND(?{Name()}) && ?{Name()} != ?{Name()}",
        7 => $"EXISTS {{ {Triples(2)}}}",
        _ => $"NOT EXISTS {{ {Triples(1)}FILTER({Condition(0)}) }}",
    };
}
