using System.Collections.Immutable;

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
/// <remarks>Rules are equal when names, directions and clauses are; variables are compared by index, whatever their names, and origins are not compared.</remarks>
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
    RuleOrigin Origin)
{
    /// <inheritdoc/>
    public bool Equals(Rule? other) =>
        other is not null && Name == other.Name && Direction == other.Direction && Body.AsSpan().SequenceEqual(other.Body.AsSpan()) && Head.AsSpan().SequenceEqual(other.Head.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Direction, Body.Length, Head.Length, Head.Length > 0 ? Head[0] : null);

    /// <summary>The rule as text that reads back as an equal rule.</summary>
    public override string ToString() => RuleWriter.Write(this);

    /// <summary>How messages call the rule: its name, or its text where it has none.</summary>
    internal string Title => Name ?? RuleWriter.Write(this);
}

/// <summary>Where a rule stands.</summary>
/// <param name="Source">File or name of the text; null where it has none.</param>
/// <param name="Line">Its first line, from 1; 0 where it was not read from a text.</param>
public readonly record struct RuleOrigin(string? Source, int Line)
{
    /// <summary>As in <c>family.rules, line 3</c>.</summary>
    public override string ToString() => (Source, Line) switch
    {
        (null, 0) => "rule",
        (null, _) => $"line {Line}",
        (_, 0) => Source,
        _ => $"{Source}, line {Line}",
    };
}

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
public sealed record BuiltinClause(string Name, ImmutableArray<RuleNode> Arguments) : RuleClause
{
    /// <inheritdoc/>
    public bool Equals(BuiltinClause? other) => other is not null && Name == other.Name && Arguments.AsSpan().SequenceEqual(other.Arguments.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Arguments.Length, Arguments.Length > 0 ? Arguments[0] : null);
}

/// <summary>A rule in the head of a forward rule: it is instantiated with the bindings and joins the backward rules.</summary>
/// <param name="Rule">The rule; its variables are those of the rule around it.</param>
public sealed record NestedRule(Rule Rule) : RuleClause;

/// <summary>Holds where the clauses have no match, as in <c>not { (?x :parent ?y) }</c>. An extension of Jena's language.</summary>
/// <param name="Clauses">Triple patterns and builtins; variables that do not occur outside mean any term.</param>
public sealed record NegationClause(ImmutableArray<RuleClause> Clauses) : RuleClause
{
    /// <inheritdoc/>
    public bool Equals(NegationClause? other) => other is not null && Clauses.AsSpan().SequenceEqual(other.Clauses.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Clauses.Length, Clauses.Length > 0 ? Clauses[0] : null);
}

/// <summary>What an aggregate computes.</summary>
public enum AggregateFunction : byte
{
    /// <summary>Number of distinct terms.</summary>
    Count,

    /// <summary>Sum over the distinct matches; those that are not numbers are left out.</summary>
    Sum,

    /// <summary>The least; numbers and times by value.</summary>
    Min,

    /// <summary>The greatest; numbers and times by value.</summary>
    Max,

    /// <summary>The mean over the distinct matches, an <c>xsd:double</c>.</summary>
    Avg,
}

/// <summary>A value over all matches of some clauses, one for each group, as in <c>aggregate { (?x :worksFor ?d) } on ( ?d ) count ( ?x ?n )</c>. An extension of Jena's language.</summary>
/// <param name="Clauses">Triple patterns and builtins.</param>
/// <param name="Groups">Variables whose values make a group.</param>
/// <param name="Function">What is computed.</param>
/// <param name="Argument">What it is computed over.</param>
/// <param name="Result">Variable that gets the value.</param>
public sealed record AggregateClause(ImmutableArray<RuleClause> Clauses, ImmutableArray<VariableNode> Groups, AggregateFunction Function, VariableNode Argument, VariableNode Result)
    : RuleClause
{
    /// <inheritdoc/>
    public bool Equals(AggregateClause? other) => other is not null && Clauses.AsSpan().SequenceEqual(other.Clauses.AsSpan()) && Groups.AsSpan().SequenceEqual(other.Groups.AsSpan()) &&
        Function == other.Function && Argument == other.Argument && Result == other.Result;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Clauses.Length, Function, Argument, Result);
}

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

/// <summary>A constant in a clause.</summary>
/// <param name="Term">Its term.</param>
public sealed record TermNode(Term Term) : RuleNode;

/// <summary>A structured value, as in <c>all(?p, ?c)</c>; it stands in the object of a triple.</summary>
/// <param name="Name">Name of the functor.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record FunctorNode(string Name, ImmutableArray<RuleNode> Arguments) : RuleNode
{
    /// <inheritdoc/>
    public bool Equals(FunctorNode? other) => other is not null && Name == other.Name && Arguments.AsSpan().SequenceEqual(other.Arguments.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Arguments.Length, Arguments.Length > 0 ? Arguments[0] : null);
}
