using System.Collections.Immutable;

namespace Knowledge.Rules;

/// <summary>Turns matches of a rule's body into the facts of its head.</summary>
/// <param name="environment">Terms.</param>
/// <param name="matching">Values of templates.</param>
/// <param name="options">Limits.</param>
/// <param name="emit">Takes the facts: subject, predicate, object.</param>
internal sealed class Firing(RuleEnvironment environment, Matching matching, ForwardOptions options, Action<uint, uint, uint> emit) : IMatchSink
{
    /// <summary>The rule whose body is matched.</summary>
    public CompiledRule Rule { get; set; } = null!;

    /// <inheritdoc/>
    public bool Match(uint[] bindings)
    {
        foreach (var slot in Rule.Unbound)
            bindings[slot] = Fresh(environment, Rule, slot, bindings);
        foreach (var head in Rule.Head)
            emit(Value(head.Subject, bindings), Value(head.Predicate, bindings), Value(head.Object, bindings));
        if (Rule.Actions.Length > 0)
            Act(bindings);
        foreach (var nested in Rule.Nested)
            options.Nested!(Instance(nested, bindings));
        foreach (var slot in Rule.Unbound)
            bindings[slot] = 0;
        return false;
    }

    /// <summary>The blank node of a variable that the body does not bind.</summary>
    public static uint Fresh(RuleEnvironment environment, CompiledRule rule, int slot, uint[] bindings)
    {
        var values = new TermId[rule.Rule.Variables.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = new TermId(rule.Unbound.Contains(i) ? 0 : bindings[i]);
        return environment.Fresh(rule.Rule, rule.Rule.Variables[slot], values).Value;
    }

    private uint Value(Template template, uint[] bindings)
    {
        if (template.IsPlain)
            return template.Slot >= 0 ? bindings[template.Slot] : template.Id;
        var value = matching.Value(template, bindings);
        var depth = Functor.Depth(environment.Term(new TermId(value)));
        if (depth > options.MaxFunctorDepth)
            throw new RuleLimitException(nameof(ForwardOptions.MaxFunctorDepth), options.MaxFunctorDepth, $"Functors stand {depth} deep in each other", Rule.Rule, Rule.Bindings(bindings, environment.Term));
        return value;
    }

    private void Act(uint[] bindings)
    {
        environment.Added = fact => emit(fact.Subject.Value, fact.Predicate.Value, fact.Object.Value);
        foreach (var action in Rule.Actions)
        {
            matching.Prepare(action, bindings);
            action.Builtin!.Head!(action.Call);
        }
    }

    private Rule Instance(Rule nested, uint[] bindings)
    {
        return nested with { Body = [.. nested.Body.Select(Clause)], Head = [.. nested.Head.Select(Clause)] };

        RuleClause Clause(RuleClause clause) => clause switch
        {
            TripleClause triple => new TripleClause(Node(triple.Subject), Node(triple.Predicate), Node(triple.Object)),
            BuiltinClause builtin => builtin with { Arguments = Nodes(builtin.Arguments) },
            NestedRule inner => new NestedRule(inner.Rule with { Body = [.. inner.Rule.Body.Select(Clause)], Head = [.. inner.Rule.Head.Select(Clause)] }),
            _ => clause,
        };

        RuleNode Node(RuleNode node) => node switch
        {
            VariableNode variable when bindings[variable.Index] != 0 => new TermNode(environment.Term(new TermId(bindings[variable.Index]))),
            FunctorNode functor => functor with { Arguments = Nodes(functor.Arguments) },
            _ => node,
        };

        ImmutableArray<RuleNode> Nodes(ImmutableArray<RuleNode> nodes) => [.. nodes.Select(Node)];
    }
}
