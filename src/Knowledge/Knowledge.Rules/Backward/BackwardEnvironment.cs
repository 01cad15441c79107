namespace Knowledge.Rules;

/// <summary>What builtins see of a backward proof: given triples alone, as in Jena, and nothing that they could change.</summary>
/// <param name="given">The given triples.</param>
/// <param name="terms">Terms.</param>
/// <param name="now">The time.</param>
/// <param name="print">Takes what <c>print</c> writes.</param>
internal sealed class BackwardEnvironment(ITripleSource given, ITermSpace terms, DateTimeOffset now, Action<string>? print) : IBuiltinEnvironment
{
    /// <summary>Nodes that no answer shows.</summary>
    public HashSet<TermId> Hidden { get; } = [];

    /// <inheritdoc/>
    public DateTimeOffset Now => now;

    /// <inheritdoc/>
    public Term Term(TermId id) => terms.Term(id);

    /// <inheritdoc/>
    public TermId Id(Term term) => terms.Id(term);

    /// <inheritdoc/>
    public IEnumerable<TripleIds> Match(TermId subject, TermId predicate, TermId @object) => given.Match(new TripleIds(subject, predicate, @object));

    /// <inheritdoc/>
    /// <remarks>A goal is proved once however often it is asked for, so the node hangs on the rule and its bindings.</remarks>
    public TermId Fresh(BuiltinCall call, int argument)
    {
        ArgumentNullException.ThrowIfNull(call);
        var bindings = call.Bindings.ToArray().Select(id => id.IsNone ? null : terms.Term(id));
        return terms.Id(NodeBuiltins.Skolem([new Literal(call.Rule.ToString()), new Literal($"{call.Rule.Origin} {call.Clause} {argument}"), .. bindings]));
    }

    /// <inheritdoc/>
    public void Print(string line) => print?.Invoke(line);

    /// <inheritdoc/>
    public void Add(BuiltinCall call, TripleIds fact) => throw Refused(call);

    /// <inheritdoc/>
    public void Remove(BuiltinCall call, int clause, bool silently) => throw Refused(call);

    /// <inheritdoc/>
    public void Hide(TermId node) => Hidden.Add(node);

    /// <inheritdoc/>
    /// <remarks>Every goal is tabled.</remarks>
    public void Table(TermId predicate)
    {
    }

    private static RuleException Refused(BuiltinCall call) => new($"The builtin '{call.Clause.Name}' changes facts; a rule that is run backward proves and changes nothing.", call.Rule);
}
