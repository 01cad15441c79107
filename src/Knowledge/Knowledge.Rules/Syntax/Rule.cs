using System.Collections.Immutable;
using Knowledge.Rdf;

namespace Knowledge.Rules;

/// <summary>How a rule is meant to be run.</summary>
public enum RuleDirection : byte
{
    /// <summary>Written with an arrow to the right: when the body holds, the head is added.</summary>
    Forward,

    /// <summary>Written with an arrow to the left: the head is a goal, proved when it is asked for.</summary>
    Backward,
}

/// <summary>One rule.</summary>
/// <param name="Name">Its name; null where it has none.</param>
/// <param name="Direction">How it is meant to be run.</param>
/// <param name="Body">What must hold, in the order of the text; empty for an axiom.</param>
/// <param name="Head">What follows, in the order of the text.</param>
/// <param name="Variables">Names of the variables by index, with the question mark; a nested rule shares those of the rule around it.</param>
/// <param name="Origin">Where it stands.</param>
public sealed record Rule(
    string? Name,
    RuleDirection Direction,
    ImmutableArray<RuleClause> Body,
    ImmutableArray<RuleClause> Head,
    ImmutableArray<string> Variables,
    RuleOrigin Origin);

/// <summary>Where a rule stands.</summary>
/// <param name="Source">File or name of the text; null where it has none.</param>
/// <param name="Line">Its first line, from 1; 0 where it was not read from a text.</param>
public readonly record struct RuleOrigin(string? Source, int Line);

/// <summary>One part of a rule's body or head.</summary>
public abstract record RuleClause
{
    private protected RuleClause()
    {
    }
}

/// <summary>A triple pattern.</summary>
/// <param name="Subject">A variable or a term.</param>
/// <param name="Predicate">A variable or a term.</param>
/// <param name="Object">A variable, a term or a functor.</param>
public sealed record TripleClause(RuleNode Subject, RuleNode Predicate, RuleNode Object) : RuleClause;

/// <summary>A call of a builtin, as in <c>lessThan(?x, 5)</c>.</summary>
/// <param name="Name">Name of the builtin.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record BuiltinClause(string Name, ImmutableArray<RuleNode> Arguments) : RuleClause;

/// <summary>A rule in the head of a forward rule: it is instantiated with the bindings and joins the backward rules.</summary>
/// <param name="Rule">The rule; its variables are those of the rule around it.</param>
public sealed record NestedRule(Rule Rule) : RuleClause;

/// <summary>A variable, a term or a functor in a clause.</summary>
public abstract record RuleNode
{
    private protected RuleNode()
    {
    }
}

/// <summary>A variable of the rule.</summary>
/// <param name="Index">Its place in <see cref="Rule.Variables"/>.</param>
public sealed record VariableNode(int Index) : RuleNode;

/// <summary>A term.</summary>
/// <param name="Term">The term.</param>
public sealed record TermNode(Term Term) : RuleNode;

/// <summary>A structured value, as in <c>all(?p, ?c)</c>; it stands in the object of a triple.</summary>
/// <param name="Name">Name of the functor.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record FunctorNode(string Name, ImmutableArray<RuleNode> Arguments) : RuleNode;
