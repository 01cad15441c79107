using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>Rules of terms to rules of ids.</summary>
/// <param name="environment">Gives ids; builtins are called with it.</param>
/// <param name="builtins">Builtins.</param>
internal sealed class RuleCompiler(RuleEnvironment environment, BuiltinRegistry builtins)
{
    private int _slots;
    private Rule _rule = null!;

    /// <summary>Compiles forward rules, and backward ones as if they were written forward.</summary>
    /// <exception cref="RuleException">A rule cannot be run forward.</exception>
    public static CompiledRule[] Compile(RuleSet rules, RuleEnvironment environment, ForwardOptions options)
    {
        var compiler = new RuleCompiler(environment, options.Builtins);
        var compiled = new List<CompiledRule>();
        foreach (var rule in rules.Rules)
        {
            if (!BackwardRules.IsForward(rule) && !options.RunBackwardRulesForward)
                continue;
            options.Builtins.Check(rule, options.AllowUnknownBuiltins);
            compiled.Add(compiler.Compile(rule, compiled.Count, options));
        }

        Stratification.Assign(compiled);
        return [.. compiled];
    }

    private CompiledRule Compile(Rule rule, int number, ForwardOptions options)
    {
        (_rule, _slots) = (rule, rule.Variables.Length);
        var body = Parts(rule.Body, isGroup: false, []);
        var atoms = body.OfType<AtomPart>().ToArray();
        var heads = rule.Head.OfType<TripleClause>().Select(t => new HeadAtom(Compile(t.Subject), Compile(t.Predicate), Compile(t.Object))).ToArray();
        var nested = rule.Head.OfType<NestedRule>().Select(n => n.Rule).ToArray();
        if (nested.Length > 0 && options.Nested is null)
            throw new RuleException("A rule stands in the head of a forward rule. It becomes a backward rule when the outer one fires; run these rules in hybrid mode.", rule);
        if (rule.Body.Any(c => c is NestedRule))
            throw new RuleException("A rule stands in a body; it may stand in the head of a forward rule alone.", rule);
        var actions = rule.Head.OfType<BuiltinClause>().Select(Call).ToArray();
        var bound = body.SelectMany(Binds).ToHashSet();
        var unbound = heads.SelectMany(h => h.Subject.Slots.Concat(h.Predicate.Slots).Concat(h.Object.Slots)).Where(s => !bound.Contains(s)).Distinct().Order().ToArray();
        return new CompiledRule
        {
            Rule = rule,
            Number = number,
            Slots = _slots,
            Body = body,
            Atoms = atoms,
            Head = heads,
            Actions = actions,
            Nested = nested,
            Unbound = unbound,
        };
    }

    private BodyPart[] Parts(ImmutableArray<RuleClause> clauses, bool isGroup, HashSet<int> outer)
    {
        var parts = new List<BodyPart>();
        var functors = new List<FunctorPart>();
        for (var i = 0; i < clauses.Length; i++)
        {
            switch (clauses[i])
            {
                case TripleClause triple:
                    var @object = Compile(triple.Object);
                    if (!@object.IsPlain)
                    {
                        functors.Add(new FunctorPart(_slots, @object));
                        @object = new Template(_slots++, 0, null, []);
                    }

                    parts.Add(new AtomPart(Compile(triple.Subject).Operand, Compile(triple.Predicate).Operand, @object.Operand, isGroup ? -1 : i));
                    break;
                case BuiltinClause builtin:
                    parts.Add(Call(builtin));
                    break;
                case NegationClause negation:
                    var others = Variables(clauses.RemoveAt(i)).Concat(Variables(_rule.Head)).Concat(outer).ToHashSet();
                    parts.Add(new NegationPart(Parts(negation.Clauses, isGroup: true, others), [.. Variables(negation.Clauses).Where(others.Contains).Distinct()]));
                    break;
                case AggregateClause aggregate:
                    Check(aggregate, clauses.RemoveAt(i));
                    parts.Add(new AggregatePart(Parts(aggregate.Clauses, isGroup: true, new HashSet<int>()), aggregate));
                    break;
            }
        }

        // Functors are taken apart before builtins see their parts.
        var at = parts.FindIndex(p => p is not AtomPart);
        parts.InsertRange(at < 0 ? parts.Count : at, functors);
        return [.. parts];
    }

    private void Check(AggregateClause aggregate, ImmutableArray<RuleClause> others)
    {
        var inside = Variables(aggregate.Clauses).ToHashSet();
        var groups = aggregate.Groups.Select(g => g.Index).ToHashSet();
        if (!inside.Contains(aggregate.Argument.Index) || !groups.IsSubsetOf(inside))
            throw new RuleException("The variables of an aggregate's groups and its argument must occur in its braces.", _rule);
        if (inside.Contains(aggregate.Result.Index))
            throw new RuleException($"{_rule.Variables[aggregate.Result.Index]} gets the value of an aggregate; it may not occur in its braces.", _rule);
        if (Variables(others).FirstOrDefault(v => inside.Contains(v) && !groups.Contains(v), -1) is >= 0 and var shared)
            throw new RuleException($"{_rule.Variables[shared]} occurs in an aggregate's braces and outside; name it after 'on', or give it another name.", _rule);
    }

    private BuiltinPart Call(BuiltinClause clause) =>
        new(builtins.Find(clause.Name), new BuiltinCall(environment, _rule, clause), [.. clause.Arguments.Select(Compile)]);

    private Template Compile(RuleNode node) => node switch
    {
        VariableNode variable => new Template(variable.Index, 0, null, []),
        TermNode term => new Template(-1, environment.Id(term.Term).Value, null, []),
        FunctorNode functor when functor.Arguments.All(IsGround) => new Template(-1, environment.Id(Ground(functor)).Value, null, []),
        FunctorNode functor => new Template(-1, 0, functor.Name, [.. functor.Arguments.Select(Compile)]),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static bool IsGround(RuleNode node) => node is TermNode || (node is FunctorNode functor && functor.Arguments.All(IsGround));

    private static Term Ground(RuleNode node) => node is FunctorNode functor ? Functor.Term(functor.Name, functor.Arguments.Select(Ground)) : ((TermNode)node).Term;

    private static IEnumerable<int> Binds(BodyPart part) => part switch
    {
        AtomPart atom => atom.Slots,
        FunctorPart functor => functor.Pattern.Slots,
        BuiltinPart { Builtin.Binds: true } builtin => builtin.Slots,
        AggregatePart aggregate => [.. aggregate.Groups, aggregate.Result],
        _ => [],
    };

    private static IEnumerable<int> Variables(IEnumerable<RuleClause> clauses) => clauses.SelectMany(Variables);

    private static IEnumerable<int> Variables(RuleClause clause) => clause switch
    {
        TripleClause triple => [.. Variables(triple.Subject), .. Variables(triple.Predicate), .. Variables(triple.Object)],
        BuiltinClause builtin => builtin.Arguments.SelectMany(Variables),
        NestedRule nested => Variables(nested.Rule.Head).Concat(Variables(nested.Rule.Body)),
        NegationClause negation => Variables(negation.Clauses),
        AggregateClause aggregate => [.. aggregate.Groups.Select(g => g.Index), aggregate.Result.Index],
        _ => [],
    };

    private static IEnumerable<int> Variables(RuleNode node) => node switch
    {
        VariableNode variable => [variable.Index],
        FunctorNode functor => functor.Arguments.SelectMany(Variables),
        _ => [],
    };
}
