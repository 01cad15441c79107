using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <content>Expressions.</content>
internal sealed partial class SparqlParser
{
    private enum Aggregates
    {
        Forbidden,
        Allowed,
        Inside,
    }

    private Aggregates _aggregates;

    private Expression WithAggregates(Func<Expression> production)
    {
        var before = _aggregates;
        _aggregates = Aggregates.Allowed;
        var expression = production();
        _aggregates = before;
        return expression;
    }

    // [110] Expression, [111] ConditionalOrExpression
    private Expression Expression()
    {
        Enter();
        var left = ConditionalAnd();
        for (var count = 1; Take(Mark.OrOr); CheckElements(++count))
            left = new BinaryExpression(Operator.Or, left, ConditionalAnd());
        Leave();
        return left;
    }

    // [112] ConditionalAndExpression
    private Expression ConditionalAnd()
    {
        var left = Relational();
        for (var count = 1; Take(Mark.AndAnd); CheckElements(++count))
            left = new BinaryExpression(Operator.And, left, Relational());
        return left;
    }

    // [114] RelationalExpression
    private Expression Relational()
    {
        var left = Additive();
        if (TakeWord("IN"))
            return new InExpression(left, ExpressionList(), IsNegated: false);
        if (TakeWord("NOT"))
        {
            ExpectWord("IN");
            return new InExpression(left, ExpressionList(), IsNegated: true);
        }

        Operator? comparison = _token.Kind != TokenKind.Punctuation ? null : _token.Mark switch
        {
            Mark.Equal => Operator.Equal,
            Mark.NotEqual => Operator.NotEqual,
            Mark.Less => Operator.Less,
            Mark.Greater => Operator.Greater,
            Mark.LessEqual => Operator.LessEqual,
            Mark.GreaterEqual => Operator.GreaterEqual,
            _ => null,
        };
        if (comparison is not { } found)
            return left;
        Advance();
        return new BinaryExpression(found, left, Additive());
    }

    // [116] AdditiveExpression
    private Expression Additive()
    {
        var left = Multiplicative();
        for (var count = 1; ; CheckElements(++count))
        {
            if (Take(Mark.Plus))
                left = new BinaryExpression(Operator.Add, left, Multiplicative());
            else if (Take(Mark.Minus))
                left = new BinaryExpression(Operator.Subtract, left, Multiplicative());
            else
                return left;
        }
    }

    // [117] MultiplicativeExpression
    private Expression Multiplicative()
    {
        var left = Unary();
        for (var count = 1; ; CheckElements(++count))
        {
            if (Take(Mark.Star))
                left = new BinaryExpression(Operator.Multiply, left, Unary());
            else if (Take(Mark.Slash))
                left = new BinaryExpression(Operator.Divide, left, Unary());
            else
                return left;
        }
    }

    // [118] UnaryExpression
    private Expression Unary()
    {
        var mark = _token.Kind == TokenKind.Punctuation ? _token.Mark : Mark.None;
        if (mark is not (Mark.Bang or Mark.Plus or Mark.Minus))
            return Primary();
        Enter();
        var start = _token.Start;
        Advance();
        Expression expression;
        if (mark != Mark.Bang && _token.Start == start + 1 && _token.Kind is TokenKind.Integer or TokenKind.Decimal or TokenKind.Double)
        {
            var number = LiteralTerm();
            expression = new ConstantExpression(number with { Lexical = (mark == Mark.Minus ? "-" : "+") + number.Lexical });
        }
        else
        {
            expression = new UnaryExpression(mark switch { Mark.Bang => Operator.Not, Mark.Plus => Operator.Plus, _ => Operator.Minus }, mark == Mark.Bang ? Unary() : Primary());
        }

        Leave();
        return expression;
    }

    // [119] PrimaryExpression
    private Expression Primary()
    {
        if (Is(Mark.LeftParenthesis))
            return BracketedExpression();
        if (Is(Mark.TripleOpen))
            return ExpressionTripleTerm();
        if (_token.Kind == TokenKind.Variable)
            return new VariableExpression(VariableName());
        if (_token.Kind is TokenKind.Iri or TokenKind.PrefixedName || (_token.Kind == TokenKind.Word && !IsWord("TRUE") && !IsWord("FALSE")))
            return CallOrFunction();
        return new ConstantExpression(LiteralTerm());
    }

    // [120] BrackettedExpression
    private Expression BracketedExpression()
    {
        Expect(Mark.LeftParenthesis, "(");
        var expression = Expression();
        Expect(Mark.RightParenthesis, ")");
        return expression;
    }

    // ExprTripleTerm of SPARQL 1.2
    private CallExpression ExpressionTripleTerm()
    {
        Enter();
        Expect(Mark.TripleOpen, "<<(");
        Expression subject = _token.Kind == TokenKind.Variable ? new VariableExpression(VariableName()) : new ConstantExpression(IriOrName());
        Expression predicate = _token.Kind == TokenKind.Variable ? new VariableExpression(VariableName()) : new ConstantExpression(SimplePredicate());
        Expression @object = _token.Kind == TokenKind.Variable ? new VariableExpression(VariableName())
            : Is(Mark.TripleOpen) ? ExpressionTripleTerm() : new ConstantExpression(RdfTerm());
        Expect(Mark.TripleClose, ")>>");
        Leave();
        return new CallExpression("TRIPLE", [subject, predicate, @object]);
    }

    private bool IsCall() => _token.Kind is TokenKind.Iri or TokenKind.PrefixedName ||
        (_token.Kind == TokenKind.Word && (BuiltInArity(out _, out _) || IsAggregate() || IsWord("EXISTS") || IsWord("NOT")));

    // [70] FunctionCall, [121] BuiltInCall, [128] iriOrFunction
    private Expression CallOrFunction()
    {
        if (_token.Kind is TokenKind.Iri or TokenKind.PrefixedName)
        {
            var iri = IriOrName();
            return Is(Mark.LeftParenthesis) ? new FunctionExpression(iri.Value, ArgumentList()) : new ConstantExpression(iri);
        }

        if (IsWord("EXISTS") || IsWord("NOT"))
            return Exists();
        if (IsAggregate())
            return Aggregate();
        if (!BuiltInArity(out var least, out var most))
            throw Unexpected("an expression");
        var name = TokenText.ToString().ToUpperInvariant();
        var start = _token;
        Advance();
        var arguments = name == "BOUND" ? BoundArgument() : ExpressionList();
        if (arguments.Count < least || arguments.Count > most)
            throw _lexer.Error(start.Start, $"{name} has {arguments.Count} arguments; it takes {(least == most ? $"{least}" : $"{least} to {most}")}.");
        return new CallExpression(name, arguments);
    }

    private List<Expression> BoundArgument()
    {
        Expect(Mark.LeftParenthesis, "(");
        var variable = new VariableExpression(VariableName());
        Expect(Mark.RightParenthesis, ")");
        return [variable];
    }

    // [125] ExistsFunc, [126] NotExistsFunc
    private ExistsExpression Exists()
    {
        var isNegated = TakeWord("NOT");
        ExpectWord("EXISTS");
        var (aggregates, pattern) = (_aggregates, _basicPattern);
        _aggregates = Aggregates.Forbidden;
        var exists = new ExistsExpression(GroupGraphPattern(), null, isNegated);
        (_aggregates, _basicPattern) = (aggregates, pattern);
        return exists;
    }

    // [71] ArgList without DISTINCT, which no function here has
    private List<Expression> ArgumentList()
    {
        if (_lexer.Text.AsSpan(_token.End).TrimStart().StartsWith("DISTINCT", StringComparison.OrdinalIgnoreCase))
            throw Wrong("no aggregate has this name: DISTINCT is for aggregates alone.");
        return ExpressionList();
    }

    // [72] ExpressionList
    private List<Expression> ExpressionList()
    {
        Expect(Mark.LeftParenthesis, "(");
        var expressions = new List<Expression>();
        if (!Is(Mark.RightParenthesis))
        {
            do
            {
                expressions.Add(Expression());
                CheckElements(expressions.Count);
            }
            while (Take(Mark.Comma));
        }

        Expect(Mark.RightParenthesis, ")");
        return expressions;
    }

    private bool IsAggregate() => IsWord("COUNT") || IsWord("SUM") || IsWord("MIN") || IsWord("MAX") || IsWord("AVG") || IsWord("SAMPLE") || IsWord("GROUP_CONCAT");

    // [127] Aggregate
    private AggregateExpression Aggregate()
    {
        if (_aggregates != Aggregates.Allowed)
            throw Wrong(_aggregates == Aggregates.Inside ? "an aggregate stands inside another." : "an aggregate stands outside SELECT, HAVING and ORDER BY.");
        var name = TokenText.ToString().ToUpperInvariant();
        Advance();
        Expect(Mark.LeftParenthesis, "(");
        _aggregates = Aggregates.Inside;
        var isDistinct = TakeWord("DISTINCT");
        var argument = name == "COUNT" && Take(Mark.Star) ? null : Expression();
        var separator = " ";
        if (name == "GROUP_CONCAT" && Take(Mark.Semicolon))
        {
            ExpectWord("SEPARATOR");
            Expect(Mark.Equal, "=");
            separator = StringText();
        }

        _aggregates = Aggregates.Allowed;
        Expect(Mark.RightParenthesis, ")");
        return new AggregateExpression(name, argument, isDistinct, separator);
    }

    private bool BuiltInArity(out int least, out int most)
    {
        (least, most) = BuiltIns.Arity(TokenText);
        return most >= 0;
    }
}
