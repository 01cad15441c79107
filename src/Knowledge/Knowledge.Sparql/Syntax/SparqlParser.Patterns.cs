using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <content>Graph patterns.</content>
internal sealed partial class SparqlParser
{
    // A blank node's label belongs to one basic graph pattern: SPARQL 1.1, 5.1.1. Patterns are counted; a label remembers its pattern.
    private readonly Dictionary<string, int> _labelPatterns = [];
    private int _basicPattern;
    private int _basicPatterns;

    private void BeginBasicPattern() => _basicPattern = ++_basicPatterns;

    // [53] GroupGraphPattern
    private GroupPattern GroupGraphPattern()
    {
        Enter();
        Expect(Mark.LeftBrace, "{");
        GroupPattern group;
        if (IsWord("SELECT"))
        {
            BeginBasicPattern();
            group = new GroupPattern([new SubSelectElement(SubSelect())]);
        }
        else
        {
            group = GroupGraphPatternSub();
        }

        Expect(Mark.RightBrace, "}");
        Leave();
        return group;
    }

    // [54] GroupGraphPatternSub
    private GroupPattern GroupGraphPatternSub()
    {
        BeginBasicPattern();
        var elements = new List<GroupElement>();
        var others = 0;
        while (!Is(Mark.RightBrace))
        {
            if (IsTriplesStart())
            {
                elements.Add(new TriplesElement(TriplesBlock()));
                if (IsTriplesStart())
                    throw Unexpected("'.' between triples");
                continue;
            }

            CheckElements(++others);
            var element = GraphPatternNotTriples();
            if (element is BindElement bind && ScopeChecks.Visible(elements).Contains(bind.Variable))
                throw Wrong($"BIND gives ?{bind.Variable} a value, and it has one in this group already.");
            elements.Add(element);
            if (element is not FilterElement)
                BeginBasicPattern();
            Take(Mark.Dot);
        }

        return new GroupPattern(elements);
    }

    // [55] TriplesBlock
    private List<TriplePattern> TriplesBlock()
    {
        var triples = new TripleList(allowsPaths: true);
        TriplesSameSubject(triples);
        while (Take(Mark.Dot) && IsTriplesStart())
            TriplesSameSubject(triples);
        return triples.Triples;
    }

    // [56] GraphPatternNotTriples
    private GroupElement GraphPatternNotTriples()
    {
        if (Is(Mark.LeftBrace))
            return GroupOrUnion();
        if (TakeWord("OPTIONAL"))
            return new OptionalElement(GroupGraphPattern());
        if (TakeWord("MINUS"))
            return new MinusElement(GroupGraphPattern());
        if (TakeWord("GRAPH"))
            return new GraphElement(VariableOrIri(), GroupGraphPattern());
        if (TakeWord("SERVICE"))
            return ServiceGraphPattern();
        if (TakeWord("FILTER"))
            return FilterPattern();
        if (TakeWord("BIND"))
            return Bind();
        return TakeWord("VALUES") ? new ValuesElement(DataBlock()) : throw Unexpected("a triple pattern, a keyword of a pattern, '{' or '}'");
    }

    // [67] GroupOrUnionGraphPattern
    private UnionElement GroupOrUnion()
    {
        var choices = new List<GroupPattern> { GroupGraphPattern() };
        while (TakeWord("UNION"))
        {
            choices.Add(GroupGraphPattern());
            CheckElements(choices.Count);
        }

        return new UnionElement(choices);
    }

    // [59] ServiceGraphPattern
    private ServiceElement ServiceGraphPattern()
    {
        var isSilent = TakeWord("SILENT");
        var endpoint = VariableOrIri();
        var start = _token.Start;
        var pattern = GroupGraphPattern();
        return new ServiceElement(endpoint, isSilent, pattern, _lexer.Text[start.._previousEnd]);
    }

    // [68] Filter
    private FilterElement FilterPattern()
    {
        var pattern = _basicPattern;
        var condition = Constraint();
        _basicPattern = pattern;
        return new FilterElement(condition);
    }

    // [60] Bind
    private BindElement Bind()
    {
        Expect(Mark.LeftParenthesis, "(");
        var value = Expression();
        ExpectWord("AS");
        var name = VariableName();
        Expect(Mark.RightParenthesis, ")");
        return new BindElement(value, name);
    }

    // [69] Constraint
    private Expression Constraint()
    {
        if (Is(Mark.LeftParenthesis))
            return BracketedExpression();
        return IsCall() ? CallOrFunction() : throw Unexpected("'(' or a function call");
    }

    // [106] VarOrIri
    private PatternTerm VariableOrIri() => _token.Kind == TokenKind.Variable ? new Variable(VariableName()) : new Constant(IriOrName());

    private bool IsTriplesStart() => _token.Kind switch
    {
        TokenKind.Variable or TokenKind.Iri or TokenKind.PrefixedName or TokenKind.BlankLabel => true,
        TokenKind.String or TokenKind.Integer or TokenKind.Decimal or TokenKind.Double => true,
        TokenKind.Punctuation => _token.Mark is Mark.LeftParenthesis or Mark.LeftBracket or Mark.ReifiedOpen or Mark.TripleOpen or Mark.Plus or Mark.Minus,
        TokenKind.Word => IsWord("TRUE") || IsWord("FALSE"),
        _ => false,
    };
}
