using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>Rules to clauses.</summary>
/// <param name="terms">Ids of the rules' terms.</param>
/// <param name="builtins">Builtins that rules may call.</param>
/// <param name="environment">What builtins see of the engine.</param>
internal sealed class BackwardCompiler(ITermSpace terms, BuiltinRegistry builtins, IBuiltinEnvironment environment)
{
    private static readonly TermId[] s_nothing = [];

    /// <summary>A rule as a clause; null where its head is a directive, which is obeyed.</summary>
    /// <exception cref="RuleException">The rule cannot be run backward.</exception>
    public BackwardClause? Compile(Rule rule) => Compile(rule, s_nothing, []);

    /// <summary>A rule that stood in a forward rule's head, under bindings of that rule.</summary>
    /// <param name="nested">The nested rule, with the forward rule's body before its own.</param>
    /// <param name="given">The forward rule's variables.</param>
    /// <param name="around">The forward rule's goals.</param>
    /// <exception cref="RuleException">The rule cannot be run backward.</exception>
    public BackwardClause? Compile(Rule nested, TermId[] given, BackwardGoal[] around)
    {
        if (nested.Direction == RuleDirection.Forward && around.Length > 0)
            throw new RuleException("A rule in the head of another points forward; only backward rules may stand there.", nested);
        if (nested.Head.Length > 0 && nested.Head.All(c => c is BuiltinClause))
        {
            Obey(nested, given);
            return null;
        }

        if (nested.Head is not [TripleClause head])
            throw new RuleException(nested.Head.Length == 1 ? "The head of a rule that is run backward holds something other than a triple." : $"A rule that is run backward has {nested.Head.Length} clauses in its head; it needs exactly one triple there. Write one rule for each, or run it forward.", nested);
        return new BackwardClause(nested, Triple(head), Goals(nested, nested.Body.RemoveRange(0, around.Length)), given, around);
    }

    /// <summary>A body as goals.</summary>
    /// <exception cref="RuleException">It holds a clause that is none for a backward rule.</exception>
    public BackwardGoal[] Goals(Rule rule, ImmutableArray<RuleClause> body) => [.. body.Select(c => c switch
    {
        TripleClause triple => (BackwardGoal)Triple(triple),
        BuiltinClause call => Builtin(rule, call),
        NegationClause => throw new RuleException("A rule that is run backward holds a 'not { ... }'; negation is for rules that are run forward.", rule),
        AggregateClause => throw new RuleException("A rule that is run backward holds an 'aggregate { ... }'; aggregates are for rules that are run forward.", rule),
        _ => throw new RuleException("A rule stands in the body of another; that may be in heads alone.", rule),
    })];

    private TripleGoal Triple(TripleClause clause) => new(Node(clause.Subject), Node(clause.Predicate), Node(clause.Object));

    private BuiltinGoal Builtin(Rule rule, BuiltinClause clause) => new(builtins.Find(clause.Name), new BuiltinCall(environment, rule, clause), [.. clause.Arguments.Select(Node)]);

    private GoalTerm Node(RuleNode node) => node switch
    {
        VariableNode variable => GoalTerm.Of(variable.Index),
        TermNode term => GoalTerm.Of(terms.Id(term.Term)),
        FunctorNode functor => GoalTerm.Of(new FunctorPattern(functor.Name, [.. functor.Arguments.Select(Node)])),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>Does what a head of builtins alone asks for: <c>table(p)</c>, <c>tableAll()</c>, <c>hide(p)</c>.</summary>
    private void Obey(Rule rule, TermId[] given)
    {
        foreach (var clause in rule.Head.Cast<BuiltinClause>())
        {
            if (rule.Body.Length > 0 || clause.Name is not ("table" or "tableAll" or "hide"))
                throw new RuleException($"The head of a rule that is run backward holds the builtin '{clause.Name}'; it needs a triple there, or a directive without a body: table, tableAll, hide.", rule);
            var call = new BuiltinCall(environment, rule, clause);
            for (var i = 0; i < clause.Arguments.Length; i++)
                call[i] = clause.Arguments[i] switch
                {
                    TermNode term => terms.Id(term.Term),
                    VariableNode variable when variable.Index < given.Length => given[variable.Index],
                    _ => TermId.None,
                };
            builtins.Find(clause.Name)!.Head!(call);
        }
    }
}
