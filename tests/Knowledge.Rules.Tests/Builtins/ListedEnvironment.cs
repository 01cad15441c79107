namespace Knowledge.Rules.Tests.Builtins;

/// <summary>An environment over a list of triples.</summary>
internal sealed class ListedEnvironment : IBuiltinEnvironment
{
    private readonly List<Term> _terms = [];

    public HashSet<TripleIds> Facts { get; } = [];

    public List<string> Effects { get; } = [];

    public DateTimeOffset Now { get; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public Term Term(TermId id) => _terms[(int)id.Value - 1];

    public TermId Id(Term term)
    {
        var at = _terms.IndexOf(term);
        if (at < 0)
        {
            at = _terms.Count;
            _terms.Add(term);
        }

        return new TermId((uint)at + 1);
    }

    public IEnumerable<TripleIds> Match(TermId subject, TermId predicate, TermId @object) =>
        Facts.Where(f => (subject.IsNone || f.Subject == subject) && (predicate.IsNone || f.Predicate == predicate) && (@object.IsNone || f.Object == @object));

    public TermId Fresh(BuiltinCall call, int argument) => Id(new BlankNode($"fresh{_terms.Count}"));

    public void Print(string line) => Effects.Add($"print {line}");

    public void Add(BuiltinCall call, TripleIds fact) => Effects.Add($"add {Text(fact)}");

    public void Remove(BuiltinCall call, int clause, bool silently) => Effects.Add($"{(silently ? "drop" : "remove")} {clause}");

    public void Hide(TermId node) => Effects.Add($"hide {Term(node)}");

    public void Table(TermId predicate) => Effects.Add(predicate.IsNone ? "table all" : $"table {Term(predicate)}");

    private string Text(TripleIds fact) => $"{Term(fact.Subject)} {Term(fact.Predicate)} {Term(fact.Object)}";
}
