using System.Globalization;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <content>Queries and their solution modifiers.</content>
internal sealed partial class SparqlParser
{
    // [2] Query
    private QuerySyntax Query()
    {
        var start = _token.Start;
        Prologue();
        var prologue = _lexer.Text[start.._token.Start];
        QuerySyntax query;
        if (IsWord("SELECT"))
            query = SelectQuery();
        else if (TakeWord("CONSTRUCT"))
            query = ConstructQuery();
        else if (TakeWord("DESCRIBE"))
            query = DescribeQuery();
        else if (TakeWord("ASK"))
            query = AskQuery();
        else
            throw Unexpected("SELECT, CONSTRUCT, DESCRIBE or ASK");
        query = query with { Prologue = prologue, BaseIri = _base, Select = query.Select with { Values = ValuesClause() } };
        ScopeChecks.Query(query, Wrong);
        return query;
    }

    // [7] SelectQuery
    private QuerySyntax SelectQuery()
    {
        var head = SelectHead();
        var (from, named) = DatasetClauses("FROM");
        return new QuerySyntax { Form = QueryForm.Select, Select = Body(head), From = from, FromNamed = named };
    }

    // [8] SubSelect
    private SelectClause SubSelect()
    {
        var select = Body(SelectHead()) with { Values = ValuesClause() };
        ScopeChecks.Select(select, Wrong);
        return select;
    }

    // [9] SelectClause
    private SelectClause SelectHead()
    {
        ExpectWord("SELECT");
        var isDistinct = TakeWord("DISTINCT");
        var isReduced = !isDistinct && TakeWord("REDUCED");
        List<(string, Expression?)>? projection = null;
        if (!Take(Mark.Star))
        {
            projection = [];
            while (_token.Kind == TokenKind.Variable || Is(Mark.LeftParenthesis))
                projection.Add(SelectedVariable());
            if (projection.Count == 0)
                throw Unexpected("'*', a variable or '(' after SELECT");
        }

        return new SelectClause { IsDistinct = isDistinct, IsReduced = isReduced, Projection = projection, Where = new GroupPattern([]) };
    }

    private (string, Expression?) SelectedVariable()
    {
        if (_token.Kind == TokenKind.Variable)
            return (VariableName(), null);
        Expect(Mark.LeftParenthesis, "(");
        var value = WithAggregates(Expression);
        ExpectWord("AS");
        var name = VariableName();
        Expect(Mark.RightParenthesis, ")");
        return (name, value);
    }

    private SelectClause Body(SelectClause head) => SolutionModifier(head with { Where = WhereClause() });

    // [10] ConstructQuery
    private QuerySyntax ConstructQuery()
    {
        var query = new QuerySyntax { Form = QueryForm.Construct, Select = new SelectClause { Where = new GroupPattern([]) } };
        if (Is(Mark.LeftBrace))
        {
            var template = ConstructTemplate();
            var (from, named) = DatasetClauses("FROM");
            return query with { Template = template, From = from, FromNamed = named, Select = Body(query.Select) };
        }

        var (shortFrom, shortNamed) = DatasetClauses("FROM");
        ExpectWord("WHERE");
        BeginBasicPattern();
        var triples = ConstructTemplate();
        var where = new GroupPattern([new TriplesElement(triples)]);
        return query with { Template = triples, From = shortFrom, FromNamed = shortNamed, Select = SolutionModifier(query.Select with { Where = where }) };
    }

    // [11] DescribeQuery
    private QuerySyntax DescribeQuery()
    {
        List<PatternTerm>? described = null;
        if (!Take(Mark.Star))
        {
            described = [];
            while (_token.Kind is TokenKind.Variable or TokenKind.Iri or TokenKind.PrefixedName)
                described.Add(VariableOrIri());
            if (described.Count == 0)
                throw Unexpected("'*', a variable or an IRI after DESCRIBE");
        }

        var (from, named) = DatasetClauses("FROM");
        var where = IsWord("WHERE") || Is(Mark.LeftBrace) ? WhereClause() : new GroupPattern([]);
        return new QuerySyntax
        {
            Form = QueryForm.Describe,
            Described = described,
            From = from,
            FromNamed = named,
            Select = SolutionModifier(new SelectClause { Where = where }),
        };
    }

    // [12] AskQuery
    private QuerySyntax AskQuery()
    {
        var (from, named) = DatasetClauses("FROM");
        return new QuerySyntax { Form = QueryForm.Ask, From = from, FromNamed = named, Select = Body(new SelectClause { Where = new GroupPattern([]) }) };
    }

    // [13] DatasetClause, [44] UsingClause
    private (List<Iri> Default, List<Iri> Named) DatasetClauses(string word)
    {
        var (plain, named) = (new List<Iri>(), new List<Iri>());
        while (TakeWord(word))
            (TakeWord("NAMED") ? named : plain).Add(IriOrName());
        return (plain, named);
    }

    // [17] WhereClause
    private GroupPattern WhereClause()
    {
        TakeWord("WHERE");
        return GroupGraphPattern();
    }

    // [18] SolutionModifier
    private SelectClause SolutionModifier(SelectClause select)
    {
        if (TakeWord("GROUP"))
            select = select with { GroupBy = GroupClause() };
        if (TakeWord("HAVING"))
            select = select with { Having = HavingClause() };
        if (TakeWord("ORDER"))
            select = select with { OrderBy = OrderClause() };
        while (true)
        {
            if (select.Limit is null && TakeWord("LIMIT"))
                select = select with { Limit = WholeNumber() };
            else if (select.Offset == 0 && TakeWord("OFFSET"))
                select = select with { Offset = WholeNumber() };
            else
                return select;
        }
    }

    private long WholeNumber()
    {
        if (_token.Kind != TokenKind.Integer || !long.TryParse(TokenText, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw Unexpected("a whole number of at most 64 bits");
        Advance();
        return number;
    }

    // [19] GroupClause
    private List<(Expression, string?)> GroupClause()
    {
        ExpectWord("BY");
        var keys = new List<(Expression, string?)>();
        while (true)
        {
            if (_token.Kind == TokenKind.Variable)
            {
                keys.Add((new VariableExpression(VariableName()), null));
            }
            else if (Take(Mark.LeftParenthesis))
            {
                var value = Expression();
                keys.Add((value, TakeWord("AS") ? VariableName() : null));
                Expect(Mark.RightParenthesis, ")");
            }
            else if (IsCall())
            {
                keys.Add((CallOrFunction(), null));
            }
            else
            {
                return keys.Count > 0 ? keys : throw Unexpected("a variable, '(' or a function call after GROUP BY");
            }

            CheckElements(keys.Count);
        }
    }

    // [21] HavingClause
    private List<Expression> HavingClause()
    {
        var conditions = new List<Expression>();
        while (Is(Mark.LeftParenthesis) || IsCall())
        {
            conditions.Add(WithAggregates(Constraint));
            CheckElements(conditions.Count);
        }

        return conditions.Count > 0 ? conditions : throw Unexpected("a condition after HAVING");
    }

    // [23] OrderClause
    private List<OrderCondition> OrderClause()
    {
        ExpectWord("BY");
        var conditions = new List<OrderCondition>();
        while (true)
        {
            if (TakeWord("ASC"))
                conditions.Add(new OrderCondition(WithAggregates(BracketedExpression), false));
            else if (TakeWord("DESC"))
                conditions.Add(new OrderCondition(WithAggregates(BracketedExpression), true));
            else if (_token.Kind == TokenKind.Variable)
                conditions.Add(new OrderCondition(new VariableExpression(VariableName()), false));
            else if (Is(Mark.LeftParenthesis) || IsCall())
                conditions.Add(new OrderCondition(WithAggregates(Constraint), false));
            else
                return conditions.Count > 0 ? conditions : throw Unexpected("a condition after ORDER BY");
            CheckElements(conditions.Count);
        }
    }

    // [28] ValuesClause
    private ValuesTable? ValuesClause() => TakeWord("VALUES") ? DataBlock() : null;

    // [62] DataBlock
    private ValuesTable DataBlock()
    {
        var names = new List<string>();
        var isSingle = _token.Kind == TokenKind.Variable;
        if (isSingle)
        {
            names.Add(VariableName());
        }
        else
        {
            Expect(Mark.LeftParenthesis, "(");
            while (_token.Kind == TokenKind.Variable)
                names.Add(VariableName());
            Expect(Mark.RightParenthesis, ")");
            if (names.Distinct().Count() < names.Count)
                throw Wrong("a variable stands twice in one VALUES.");
        }

        Expect(Mark.LeftBrace, "{");
        var rows = new List<IReadOnlyList<Term?>>();
        while (!Take(Mark.RightBrace))
            rows.Add(isSingle ? [DataBlockValue()] : DataRow(names.Count));
        return new ValuesTable(names, rows);
    }

    private Term?[] DataRow(int width)
    {
        Expect(Mark.LeftParenthesis, "(");
        var row = new List<Term?>(width);
        while (!Is(Mark.RightParenthesis))
            row.Add(DataBlockValue());
        if (row.Count != width)
            throw Wrong($"a row has {row.Count} values, and VALUES names {width} variables.");
        Advance();
        return [.. row];
    }

    // [65] DataBlockValue
    private Term? DataBlockValue() => TakeWord("UNDEF") ? null : DataTerm();
}
