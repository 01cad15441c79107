namespace Knowledge.Rules;

/// <summary>The world of rules that run forward: terms of the source and those that rules made, all facts, and where heads put theirs.</summary>
/// <param name="source">Terms of the source.</param>
/// <param name="derived">Terms that rules made.</param>
/// <param name="facts">All facts.</param>
/// <param name="options">Clock and output.</param>
/// <param name="version">Version of the source, which tells terms of rules that it has come to know from others.</param>
internal sealed class RuleEnvironment(ITermDictionary source, DerivedTerms derived, FactColumns facts, ForwardOptions options, long version) : IBuiltinEnvironment, ITermSpace
{
    private TermView _terms = new(source, derived, version);
    private byte[] _kinds = new byte[1024];

    /// <inheritdoc/>
    public DateTimeOffset Now { get; private init; } = options.Time.GetUtcNow();

    /// <summary>Nodes that no answer shows.</summary>
    public HashSet<uint> Hidden { get; private init; } = [];

    /// <summary>Predicates of which a builtin asked for tabling.</summary>
    public HashSet<TermId> Tabled { get; private init; } = [];

    /// <summary>Takes facts that head builtins add.</summary>
    public Action<TripleIds>? Added { get; set; }

    /// <summary>Takes away the fact that a clause matched.</summary>
    public Action<BuiltinCall, int, bool>? Removed { get; set; }

    /// <summary>The world of a closure that was forked, with the same clock and what is known of the source's terms.</summary>
    public RuleEnvironment Fork(ITermDictionary forkSource, DerivedTerms forkDerived, FactColumns forkFacts) =>
        new(forkSource, forkDerived, forkFacts, options, version) { Now = Now, Hidden = [.. Hidden], Tabled = [.. Tabled], _terms = _terms.Fork(forkSource, forkDerived), _kinds = _kinds };

    /// <inheritdoc/>
    public Term Term(TermId id) => _terms.Term(id);

    /// <inheritdoc/>
    public TermId Id(Term term) => _terms.Id(term);

    /// <summary>What kind of term an id stands for.</summary>
    public TermKind Kind(uint id)
    {
        const int MaxCached = 1 << 26;
        if (id >= MaxCached)
            return _terms.Kind(new TermId(id));
        if (id >= _kinds.Length)
            Array.Resize(ref _kinds, (int)System.Numerics.BitOperations.RoundUpToPowerOf2(id + 1));
        if (_kinds[id] == 0)
            _kinds[id] = (byte)(1 + source.Kind(new TermId(id)));
        return (TermKind)(_kinds[id] - 1);
    }

    /// <inheritdoc/>
    public IEnumerable<TripleIds> Match(TermId subject, TermId predicate, TermId @object) => facts.Match(subject.Value, predicate.Value, @object.Value);

    /// <inheritdoc/>
    public TermId Fresh(BuiltinCall call, int argument) => Fresh(call.Rule, $"{call.Clause} {argument}", call.Bindings.Span);

    /// <summary>A blank node for one place in one firing of a rule.</summary>
    public TermId Fresh(Rule rule, string place, ReadOnlySpan<TermId> bindings)
    {
        var terms = new List<Term?> { new Literal(rule.ToString()), new Literal($"{rule.Origin} {place}") };
        foreach (var id in bindings)
            terms.Add(id.IsNone ? null : Term(id));
        return Id(NodeBuiltins.Skolem(terms));
    }

    /// <inheritdoc/>
    public void Print(string line) => options.Print?.Invoke(line);

    /// <inheritdoc/>
    public void Add(BuiltinCall call, TripleIds fact) => Added?.Invoke(fact);

    /// <inheritdoc/>
    public void Remove(BuiltinCall call, int clause, bool silently) => Removed?.Invoke(call, clause, silently);

    /// <inheritdoc/>
    public void Hide(TermId node) => Hidden.Add(node.Value);

    /// <inheritdoc/>
    public void Table(TermId predicate) => Tabled.Add(predicate);
}
