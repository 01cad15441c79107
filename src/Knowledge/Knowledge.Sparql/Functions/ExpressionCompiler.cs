using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Expressions to evaluators over slots. Parts without variables are computed once.</summary>
/// <param name="slotOf">The slot of a variable.</param>
/// <param name="plan">Plans the pattern of EXISTS.</param>
/// <param name="options">Where functions of IRIs are found.</param>
/// <param name="baseIri">Against which IRI() resolves; may be null.</param>
internal sealed class ExpressionCompiler(Func<string, int> slotOf, Func<Algebra, PlanNode> plan, QueryOptions options, string? baseIri)
{
    private static readonly string[] s_impure = ["RAND", "NOW", "UUID", "STRUUID", "BNODE"];

    /// <summary>Compiles an expression.</summary>
    public Evaluator Compile(Expression expression) => expression switch
    {
        ConstantExpression constant => new ConstantEvaluator(constant.Value),
        VariableExpression variable => new VariableEvaluator(slotOf(variable.Name)),
        UnaryExpression unary => Unary(unary),
        BinaryExpression binary => Fold(Binary(binary), binary.Left, binary.Right),
        InExpression inside => new InEvaluator(Compile(inside.Value), [.. inside.Choices.Select(Compile)], inside.IsNegated),
        CallExpression call => Call(call),
        FunctionExpression call => Function(call),
        ExistsExpression exists => new ExistsEvaluator(plan(exists.Pattern!), exists.IsNegated),
        _ => throw new System.Diagnostics.UnreachableException($"{expression.GetType().Name} is left after translation."),
    };

    private Evaluator Unary(UnaryExpression unary)
    {
        var operand = Compile(unary.Operand);
        return unary.Operator switch
        {
            Operator.Not => new NotEvaluator(operand),
            Operator.Plus => new StrictEvaluator([operand], (_, a) => Numeric.Of(a[0])?.ToLiteral()),
            _ => new StrictEvaluator([operand], (_, a) => Numeric.Of(a[0])?.Map(decimal.Negate, v => -v).ToLiteral()),
        };
    }

    private Evaluator Binary(BinaryExpression binary)
    {
        var (left, right) = (Compile(binary.Left), Compile(binary.Right));
        return binary.Operator switch
        {
            Operator.Or => new LogicEvaluator(left, right, isOr: true),
            Operator.And => new LogicEvaluator(left, right, isOr: false),
            Operator.Add or Operator.Subtract or Operator.Multiply or Operator.Divide => new StrictEvaluator([left, right], (_, a) =>
                Numeric.Of(a[0]) is { } x && Numeric.Of(a[1]) is { } y ? Numeric.Apply(binary.Operator, x, y)?.ToLiteral() : null),
            _ => new CompareEvaluator(binary.Operator, left, right),
        };
    }

    private Evaluator Call(CallExpression call)
    {
        Evaluator[] Arguments() => [.. call.Arguments.Select(Compile)];
        switch (call.Name)
        {
            case "BOUND":
                return new BoundEvaluator(slotOf(((VariableExpression)call.Arguments[0]).Name));
            case "IF":
                var parts = Arguments();
                return new IfEvaluator(parts[0], parts[1], parts[2]);
            case "COALESCE":
                return new CoalesceEvaluator(Arguments());
            case "SAMETERM":
                var pair = Arguments();
                return new SameTermEvaluator(pair[0], pair[1]);
            case "REGEX" or "REPLACE":
                return new RegexEvaluator(Arguments(), call.Name == "REPLACE");
            case "BNODE" when call.Arguments.Count == 1:
                return new LabelledBlankEvaluator(Compile(call.Arguments[0]));
            case "IRI" or "URI":
                return new StrictEvaluator(Arguments(), (_, a) => ToIri(a[0]));
            default:
                var strict = new StrictEvaluator(Arguments(), FunctionLibrary.Find(call.Name));
                return s_impure.Contains(call.Name) ? strict : Fold(strict, [.. call.Arguments]);
        }
    }

    private Iri? ToIri(Term term) => term switch
    {
        Iri iri => iri,
        Literal { Datatype: XsdVocabulary.String } text when IriResolution.IsAbsolute(text.Lexical) => new Iri(text.Lexical),
        Literal { Datatype: XsdVocabulary.String } text when baseIri is not null => new Iri(IriResolution.Resolve(baseIri, text.Lexical)),
        _ => null,
    };

    private Evaluator Function(FunctionExpression call)
    {
        Evaluator[] arguments = [.. call.Arguments.Select(Compile)];
        if (options.Functions.TryGetValue(call.Iri, out var custom))
            return new LenientEvaluator(arguments, custom);
        if (Casts.Find(call.Iri) is not { } cast || arguments.Length != 1)
            return new LenientEvaluator([], _ => null);
        return Fold(new StrictEvaluator(arguments, (_, a) => cast(a[0])), [.. call.Arguments]);
    }

    // Constant folding: an operator of constants is a constant. Errors are left as they are.
    private static Evaluator Fold(Evaluator evaluator, params Expression[] operands)
    {
        if (evaluator is not StrictEvaluator || operands.Length == 0 || !operands.All(o => o is ConstantExpression))
            return evaluator;
        return evaluator.Value(default) is { } value ? new ConstantEvaluator(value) : evaluator;
    }
}
