using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>One row of a batch, with what is given from outside.</summary>
/// <param name="Execution">Where the expression is evaluated.</param>
/// <param name="Batch">The batch.</param>
/// <param name="Index">Number of the row.</param>
internal readonly record struct Row(Execution Execution, Batch Batch, int Index)
{
    /// <summary>The id of a slot; 0 where it is unbound.</summary>
    public ulong Id(int slot) => Execution.Id(Batch, slot, Index);
}

/// <summary>A compiled expression. Null is an error or an unbound variable: SPARQL treats both alike wherever an expression can tell.</summary>
internal abstract class Evaluator
{
    /// <summary>The value in a row; null is an error.</summary>
    public abstract Term? Value(in Row row);

    /// <summary>The value's id in a row; 0 is an error.</summary>
    public virtual ulong Id(in Row row) => Value(row) is { } term ? row.Execution.Pool.Encode(term) : 0;

    /// <summary>The effective boolean value in a row; null is an error.</summary>
    public virtual bool? Truth(in Row row) => Value(row) is { } term ? EffectiveBoolean.Of(term) : null;
}

/// <summary>An expression whose value is true, false or an error.</summary>
internal abstract class BooleanEvaluator : Evaluator
{
    private static readonly Literal s_true = new("true", XsdVocabulary.Boolean);
    private static readonly Literal s_false = new("false", XsdVocabulary.Boolean);

    /// <summary>The term of a truth value.</summary>
    public static Literal? Term(bool? truth) => truth is { } value ? (value ? s_true : s_false) : null;

    public sealed override Term? Value(in Row row) => Term(Truth(row));

    public abstract override bool? Truth(in Row row);
}

internal sealed class ConstantEvaluator(Term value) : Evaluator
{
    private ulong _id;

    public Term Constant { get; } = value;

    public override Term? Value(in Row row) => Constant;

    public override ulong Id(in Row row) => _id != 0 ? _id : _id = row.Execution.Pool.Encode(Constant);
}

internal sealed class VariableEvaluator(int slot) : Evaluator
{
    public int Slot { get; } = slot;

    public override Term? Value(in Row row) => row.Id(Slot) is var id and not 0 ? row.Execution.Pool.Decode(id) : null;

    public override ulong Id(in Row row) => row.Id(Slot);
}

/// <summary>A function of arguments that are all evaluated first; an error in one is an error of the whole.</summary>
internal sealed class StrictEvaluator(Evaluator[] arguments, Func<Execution, Term[], Term?> function) : Evaluator
{
    public override Term? Value(in Row row)
    {
        var values = new Term[arguments.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (arguments[i].Value(row) is not { } value)
                return null;
            values[i] = value;
        }

        return function(row.Execution, values);
    }
}

/// <summary>A function that sees its errors.</summary>
internal sealed class LenientEvaluator(Evaluator[] arguments, Func<IReadOnlyList<Term?>, Term?> function) : Evaluator
{
    public override Term? Value(in Row row)
    {
        var values = new Term?[arguments.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = arguments[i].Value(row);
        return function(values);
    }
}

internal sealed class BoundEvaluator(int slot) : BooleanEvaluator
{
    public override bool? Truth(in Row row) => row.Id(slot) != 0;
}

// The truth tables of 17.2: an error gives way to a deciding operand.
internal sealed class LogicEvaluator(Evaluator left, Evaluator right, bool isOr) : BooleanEvaluator
{
    public override bool? Truth(in Row row)
    {
        var first = left.Truth(row);
        if (first == isOr)
            return isOr;
        var second = right.Truth(row);
        return second == isOr ? isOr : first is null || second is null ? null : !isOr;
    }
}

internal sealed class NotEvaluator(Evaluator operand) : BooleanEvaluator
{
    public override bool? Truth(in Row row) => !operand.Truth(row);
}

internal sealed class CompareEvaluator(Operator comparison, Evaluator left, Evaluator right) : BooleanEvaluator
{
    public override bool? Truth(in Row row)
    {
        if (comparison is Operator.Equal or Operator.NotEqual)
        {
            var (first, second) = (left.Id(row), right.Id(row));
            if (first == 0 || second == 0)
                return null;
            var pool = row.Execution.Pool;
            if (pool.Kind(first) != TermKind.Literal && pool.Kind(first) != TermKind.TripleTerm)
                return (first == second) == (comparison == Operator.Equal);
            var isEqual = TermComparison.AreEqual(pool.Decode(first), pool.Decode(second));
            return comparison == Operator.Equal ? isEqual : !isEqual;
        }

        return left.Value(row) is { } a && right.Value(row) is { } b ? TermComparison.Holds(comparison, a, b) : null;
    }
}

internal sealed class SameTermEvaluator(Evaluator left, Evaluator right) : BooleanEvaluator
{
    public override bool? Truth(in Row row) => left.Id(row) is var a and not 0 && right.Id(row) is var b and not 0 ? a == b : null;
}

// IN is a chain of equalities: true wins over errors.
internal sealed class InEvaluator(Evaluator value, Evaluator[] choices, bool isNegated) : BooleanEvaluator
{
    public override bool? Truth(in Row row)
    {
        if (value.Value(row) is not { } term)
            return null;
        var hasError = false;
        foreach (var choice in choices)
        {
            var isEqual = choice.Value(row) is { } other ? TermComparison.AreEqual(term, other) : null;
            if (isEqual == true)
                return !isNegated;
            hasError |= isEqual is null;
        }

        return hasError ? null : isNegated;
    }
}

internal sealed class IfEvaluator(Evaluator condition, Evaluator then, Evaluator otherwise) : Evaluator
{
    public override Term? Value(in Row row) => condition.Truth(row) switch { true => then.Value(row), false => otherwise.Value(row), null => null };
}

internal sealed class CoalesceEvaluator(Evaluator[] choices) : Evaluator
{
    public override Term? Value(in Row row)
    {
        foreach (var choice in choices)
            if (choice.Value(row) is { } value)
                return value;
        return null;
    }
}

/// <summary>BNODE with a label: one node for each label and solution, in all expressions of the query.</summary>
internal sealed class LabelledBlankEvaluator(Evaluator label) : Evaluator
{
    public override Term? Value(in Row row)
    {
        if (label.Value(row) is not Literal { Datatype: XsdVocabulary.String } text)
            return null;
        var nodes = row.Execution.Session.Labelled.GetOrCreateValue(row.Batch.Origin);
        if (!nodes.TryGetValue((row.Index, text.Lexical), out var node))
            nodes.Add((row.Index, text.Lexical), node = row.Execution.Session.NewBlankNode());
        return node;
    }
}

/// <summary>EXISTS within an expression: the pattern is asked with the row's terms in the place of its variables.</summary>
internal sealed class ExistsEvaluator(PlanNode pattern, bool isNegated) : BooleanEvaluator
{
    public PlanNode Pattern { get; } = pattern;

    public override bool? Truth(in Row row)
    {
        var seed = (ulong[])row.Execution.Seed.Clone();
        for (var slot = 0; slot < seed.Length; slot++)
            if (row.Batch[slot, row.Index] is var id and not 0)
                seed[slot] = id;
        return Pattern.Run(row.Execution with { Seed = seed }).Any() != isNegated;
    }
}
