
namespace Knowledge.Rules.Tests.Backward;

/// <summary>Terms and triples in plain collections: what the backward engine proves from in these tests.</summary>
internal sealed class MemoryTriples : ITermSpace, ITripleSource, IBuiltinEnvironment
{
    private readonly List<Term> _terms = [new Iri("urn:nothing")];
    private readonly Dictionary<Term, TermId> _ids = [];
    private readonly List<TripleIds> _triples = [];

    public MemoryTriples(IEnumerable<Triple> triples)
    {
        foreach (var triple in triples)
            _triples.Add(Ids(triple));
    }

    public List<string> Printed { get; } = [];

    public HashSet<Term> Hidden { get; } = [];

    public DateTimeOffset Now => DateTimeOffset.UnixEpoch;

    public Term Term(TermId id) => _terms[(int)id.Value];

    public TermId Id(Term term)
    {
        if (!_ids.TryGetValue(term, out var id))
        {
            _ids[term] = id = new TermId((uint)_terms.Count);
            _terms.Add(term);
        }

        return id;
    }

    public TripleIds Ids(Triple triple) => new(Id(triple.Subject), Id(triple.Predicate), Id(triple.Object));

    public Triple Triple(TripleIds ids) => new(Term(ids.Subject), Term(ids.Predicate), Term(ids.Object));

    public IEnumerable<TripleIds> Match(TripleIds pattern) => _triples.Where(t =>
        (pattern.Subject.IsNone || t.Subject == pattern.Subject) && (pattern.Predicate.IsNone || t.Predicate == pattern.Predicate) && (pattern.Object.IsNone || t.Object == pattern.Object)).Distinct();

    public IEnumerable<TripleIds> Match(TermId subject, TermId predicate, TermId @object) => Match(new TripleIds(subject, predicate, @object));

    public TermId Fresh(BuiltinCall call, int argument) => Id(new BlankNode($"fresh{_terms.Count}"));

    public void Print(string line) => Printed.Add(line);

    public void Add(BuiltinCall call, TripleIds fact) => throw new NotSupportedException();

    public void Remove(BuiltinCall call, int clause, bool silently) => throw new NotSupportedException();

    public void Hide(TermId node) => Hidden.Add(Term(node));

    public void Table(TermId predicate)
    {
    }

    /// <summary>Answers of a goal over these triples, as text.</summary>
    public static IReadOnlyList<string> Solve(string rules, string data, string goal, BackwardOptions? options = null) => Run(rules, data, goal, options).Answers;

    public static (IReadOnlyList<string> Answers, TabledEvaluation Evaluation, MemoryTriples Memory) Run(string rules, string data, string goal, BackwardOptions? options = null)
    {
        var memory = new MemoryTriples(Dataset.Parse("PREFIX eg: <urn:x-hp:eg/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n" + data, RdfFormat.Turtle).Quads.Select(q => new Triple(q.Subject, q.Predicate, q.Object)));
        var compiler = new BackwardCompiler(memory, BuiltinRegistry.Default, memory);
        var program = new BackwardProgram(RuleSet.Parse(rules).Rules.Select(compiler.Compile).OfType<BackwardClause>());
        var evaluation = new TabledEvaluation(program, memory, memory, options ?? new BackwardOptions());
        return ([.. evaluation.Solve(memory.Pattern(goal)).Select(t => memory.Text(t)).Order(StringComparer.Ordinal)], evaluation, memory);
    }

    public TripleIds Pattern(string goal) => goal.Split(' ') is [var s, var p, var o] ? new TripleIds(Node(s), Node(p), Node(o)) : throw new FormatException(goal);

    public string Text(TripleIds triple) => Triple(triple).ToString().Replace("<urn:x-hp:eg/", "", StringComparison.Ordinal).Replace(">", "", StringComparison.Ordinal).Replace(" .", "", StringComparison.Ordinal);

    private TermId Node(string text) => text == "-" ? TermId.None : Id(new Iri(text.StartsWith("eg:", StringComparison.Ordinal) ? "urn:x-hp:eg/" + text[3..] : text));
}
