using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>An expression of FILTER, BIND, SELECT, HAVING, GROUP BY or ORDER BY.</summary>
internal abstract record Expression;

/// <summary>What a solution binds a name to; an error where it is unbound.</summary>
internal sealed record VariableExpression(string Name) : Expression
{
    public override string ToString() => "?" + Name;
}

/// <summary>A term that is written in the query.</summary>
internal sealed record ConstantExpression(Term Value) : Expression
{
    public override string ToString() => Value.ToString();
}

/// <summary>Operators with one or two operands.</summary>
internal enum Operator : byte
{
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    Greater,
    LessEqual,
    GreaterEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Not,
    Plus,
    Minus,
}

/// <summary>An operator with one operand.</summary>
internal sealed record UnaryExpression(Operator Operator, Expression Operand) : Expression
{
    public override string ToString() => $"({Operator} {Operand})";
}

/// <summary>An operator with two operands.</summary>
internal sealed record BinaryExpression(Operator Operator, Expression Left, Expression Right) : Expression
{
    public override string ToString() => $"({Operator} {Left} {Right})";
}

/// <summary>IN and NOT IN.</summary>
internal sealed record InExpression(Expression Value, IReadOnlyList<Expression> Choices, bool IsNegated) : Expression
{
    public override string ToString() => $"({(IsNegated ? "NotIn" : "In")} {Value} {string.Join(' ', Choices)})";
}

/// <summary>A built-in function.</summary>
/// <param name="Name">Name in capitals.</param>
/// <param name="Arguments">Arguments, as many as the grammar allows.</param>
internal sealed record CallExpression(string Name, IReadOnlyList<Expression> Arguments) : Expression
{
    public override string ToString() => $"({Name}{string.Concat(Arguments.Select(a => " " + a))})";
}

/// <summary>A function named by an IRI: a cast, or an extension.</summary>
internal sealed record FunctionExpression(string Iri, IReadOnlyList<Expression> Arguments) : Expression
{
    public override string ToString() => $"(<{Iri}>{string.Concat(Arguments.Select(a => " " + a))})";
}

/// <summary>EXISTS and NOT EXISTS.</summary>
/// <param name="Syntax">The group as it was parsed; its translation takes its place.</param>
/// <param name="Pattern">The group's algebra; null before translation.</param>
/// <param name="IsNegated">Whether it is NOT EXISTS.</param>
internal sealed record ExistsExpression(GroupPattern? Syntax, Algebra? Pattern, bool IsNegated) : Expression
{
    public override string ToString() => $"({(IsNegated ? "NotExists" : "Exists")} {Pattern})";
}

/// <summary>A value made of a group of solutions, as COUNT and SUM are.</summary>
/// <param name="Name">Name in capitals.</param>
/// <param name="Argument">What is aggregated; null for <c>COUNT(*)</c>.</param>
/// <param name="IsDistinct">Whether equal values count once.</param>
/// <param name="Separator">Of GROUP_CONCAT.</param>
internal sealed record AggregateExpression(string Name, Expression? Argument, bool IsDistinct, string Separator = " ") : Expression
{
    public override string ToString() => $"({Name}{(IsDistinct ? " distinct" : "")} {(object?)Argument ?? "*"})";
}
