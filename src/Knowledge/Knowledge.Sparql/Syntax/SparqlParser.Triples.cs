using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <content>Triples of patterns, templates and data.</content>
internal sealed partial class SparqlParser
{
    private static readonly Iri s_type = new(RdfVocabulary.Type);
    private static readonly Constant s_reifies = new(new Iri(RdfVocabulary.Reifies));
    private static readonly Constant s_first = new(new Iri(RdfVocabulary.First));
    private static readonly Constant s_rest = new(new Iri(RdfVocabulary.Rest));
    private static readonly Constant s_nil = new(new Iri(RdfVocabulary.Nil));

    /// <summary>Triples as they are found. Templates and data take no paths.</summary>
    private sealed class TripleList(bool allowsPaths)
    {
        public List<TriplePattern> Triples { get; } = [];

        public bool AllowsPaths { get; } = allowsPaths;

        public void Add(PatternTerm subject, PatternTerm predicate, PatternTerm @object) => Triples.Add(new TriplePattern(subject, predicate, @object));
    }

    // [73] ConstructTemplate
    private List<TriplePattern> ConstructTemplate()
    {
        Expect(Mark.LeftBrace, "{");
        var triples = new TripleList(allowsPaths: false);
        while (!Is(Mark.RightBrace))
        {
            TriplesSameSubject(triples);
            if (!Take(Mark.Dot) && !Is(Mark.RightBrace))
                throw Unexpected("'.' or '}'");
        }

        Advance();
        return triples.Triples;
    }

    // [75] TriplesSameSubject, [81] TriplesSameSubjectPath
    private void TriplesSameSubject(TripleList triples)
    {
        var before = triples.Triples.Count;
        if (Is(Mark.ReifiedOpen))
        {
            var reifier = ReifiedTriple(triples);
            PropertyList(reifier, triples);
            return;
        }

        var isTripleTerm = Is(Mark.TripleOpen);
        var isNode = Is(Mark.LeftBracket) || Is(Mark.LeftParenthesis);
        var subject = GraphNode(triples);
        var mayStandAlone = isNode && triples.Triples.Count > before;
        if (mayStandAlone || IsVerb())
            PropertyList(subject, triples);
        else
            throw Unexpected(isTripleTerm ? "a predicate: a triple term alone is no pattern" : "a predicate");
    }

    private bool IsVerb() => _token.Kind switch
    {
        TokenKind.Variable or TokenKind.Iri or TokenKind.PrefixedName => true,
        TokenKind.Word => _token.End - _token.Start == 1 && _lexer.Text[_token.Start] == 'a',
        TokenKind.Punctuation => _token.Mark is Mark.Caret or Mark.Bang or Mark.LeftParenthesis,
        _ => false,
    };

    // [76] PropertyList, [77] PropertyListNotEmpty, [83] PropertyListPathNotEmpty
    private void PropertyList(PatternTerm subject, TripleList triples)
    {
        if (!IsVerb())
            return;
        do
        {
            if (IsVerb())
                ObjectList(subject, triples);
        }
        while (Take(Mark.Semicolon));
    }

    // [79] ObjectList, [86] ObjectListPath
    private void ObjectList(PatternTerm subject, TripleList triples)
    {
        var (predicate, path) = Verb(triples);
        do
        {
            var at = triples.Triples.Count;
            var @object = GraphNode(triples);
            triples.Triples.Insert(at, new TriplePattern(subject, predicate, @object, path));
            if (Is(Mark.Tilde) || Is(Mark.AnnotationOpen))
                Annotations(new TriplePattern(subject, predicate, @object), triples);
        }
        while (Take(Mark.Comma));
    }

    // [78] Verb, [84] VerbPath, [85] VerbSimple
    private (PatternTerm? Predicate, PropertyPath? Path) Verb(TripleList triples)
    {
        if (_token.Kind == TokenKind.Variable)
            return (new Variable(VariableName()), null);
        if (!triples.AllowsPaths)
            return (new Constant(SimplePredicate()), null);
        var path = Path();
        return path is LinkPath link ? (new Constant(link.Predicate), null) : (null, path);
    }

    private Iri SimplePredicate()
    {
        if (_token.Kind == TokenKind.Word && IsVerb())
        {
            Advance();
            return s_type;
        }

        return IriOrName();
    }

    // Annotation and Reifier of SPARQL 1.2
    private void Annotations(TriplePattern triple, TripleList triples)
    {
        if (triple.Predicate is null)
            throw Wrong("a path has no reifier and no annotation: write a single property.");
        PatternTerm? reifier = null;
        while (true)
        {
            if (Take(Mark.Tilde))
            {
                reifier = Reifier();
                Reify(triple, reifier, triples);
            }
            else if (Take(Mark.AnnotationOpen))
            {
                if (reifier is null)
                    Reify(triple, reifier = NewBlank(), triples);
                if (!IsVerb())
                    throw Unexpected("a predicate");
                Enter();
                PropertyList(reifier, triples);
                Leave();
                Expect(Mark.AnnotationClose, "|}");
                reifier = null;
            }
            else
            {
                return;
            }
        }
    }

    private PatternTerm Reifier() => _token.Kind switch
    {
        TokenKind.Variable => new Variable(VariableName()),
        TokenKind.Iri or TokenKind.PrefixedName => new Constant(IriOrName()),
        TokenKind.BlankLabel => Blank(),
        TokenKind.Punctuation when _token.Mark == Mark.LeftBracket => Blank(),
        _ => NewBlank(),
    };

    private static void Reify(TriplePattern triple, PatternTerm reifier, TripleList triples) =>
        triples.Add(reifier, s_reifies, TripleTermPattern.Of(triple.Subject, triple.Predicate!, triple.Object));

    // ReifiedTriple of SPARQL 1.2
    private PatternTerm ReifiedTriple(TripleList triples)
    {
        Enter();
        Expect(Mark.ReifiedOpen, "<<");
        var subject = ReifiedPart(triples, "a subject");
        PatternTerm predicate = _token.Kind == TokenKind.Variable ? new Variable(VariableName()) : new Constant(SimplePredicate());
        var @object = ReifiedPart(triples, "an object");
        var reifier = Take(Mark.Tilde) ? Reifier() : NewBlank();
        Expect(Mark.ReifiedClose, ">>");
        Reify(new TriplePattern(subject, predicate, @object), reifier, triples);
        Leave();
        return reifier;
    }

    private PatternTerm ReifiedPart(TripleList triples, string needed)
    {
        if (Is(Mark.ReifiedOpen))
            return ReifiedTriple(triples);
        if (Is(Mark.LeftParenthesis))
            throw Unexpected(needed + ", and no list");
        return SimpleNode(needed);
    }

    // TripleTerm of SPARQL 1.2
    private PatternTerm TripleTerm()
    {
        Enter();
        Expect(Mark.TripleOpen, "<<(");
        var subject = SimpleNode("a subject");
        PatternTerm predicate = _token.Kind == TokenKind.Variable ? new Variable(VariableName()) : new Constant(SimplePredicate());
        var @object = SimpleNode("an object");
        Expect(Mark.TripleClose, ")>>");
        Leave();
        return TripleTermPattern.Of(subject, predicate, @object);
    }

    private PatternTerm SimpleNode(string needed)
    {
        if (Is(Mark.TripleOpen))
            return TripleTerm();
        if (_token.Kind == TokenKind.Variable)
            return new Variable(VariableName());
        if (_token.Kind == TokenKind.BlankLabel || Is(Mark.LeftBracket))
            return Blank();
        return IsTriplesStart() && !Is(Mark.LeftParenthesis) ? new Constant(RdfTerm()) : throw Unexpected(needed);
    }

    // [104] GraphNode, [105] GraphNodePath
    private PatternTerm GraphNode(TripleList triples)
    {
        if (Is(Mark.ReifiedOpen))
            return ReifiedTriple(triples);
        if (Is(Mark.LeftParenthesis))
            return Collection(triples);
        return Is(Mark.LeftBracket) ? BlankNodePropertyList(triples) : SimpleNode("a term or a variable");
    }

    // [99] BlankNodePropertyList, [101] BlankNodePropertyListPath
    private Variable BlankNodePropertyList(TripleList triples)
    {
        Enter();
        Expect(Mark.LeftBracket, "[");
        var node = NewBlank();
        if (!Is(Mark.RightBracket))
        {
            if (!IsVerb())
                throw Unexpected("a predicate or ']'");
            PropertyList(node, triples);
        }

        Expect(Mark.RightBracket, "]");
        Leave();
        return node;
    }

    // [102] Collection, [103] CollectionPath
    private PatternTerm Collection(TripleList triples)
    {
        Enter();
        Expect(Mark.LeftParenthesis, "(");
        PatternTerm head = s_nil;
        Variable? last = null;
        while (!Is(Mark.RightParenthesis))
        {
            var cell = NewBlank();
            if (last is null)
                head = cell;
            else
                triples.Add(last, s_rest, cell);
            var at = triples.Triples.Count;
            var member = GraphNode(triples);
            triples.Triples.Insert(at, new TriplePattern(cell, s_first, member));
            last = cell;
        }

        Advance();
        if (last is not null)
            triples.Add(last, s_rest, s_nil);
        Leave();
        return head;
    }

    // [138] BlankNode
    private Variable Blank()
    {
        if (Take(Mark.LeftBracket))
        {
            Expect(Mark.RightBracket, "]");
            return NewBlank();
        }

        var label = _lexer.Text[_token.Start.._token.End];
        if (!_labelPatterns.TryAdd(label, _basicPattern) && _labelPatterns[label] != _basicPattern)
            throw Wrong($"the blank node {label} stands in two basic graph patterns; a label belongs to one.");
        Advance();
        return new Variable(label);
    }

    // [109] GraphTerm without blank nodes
    private Term RdfTerm() => _token.Kind is TokenKind.Iri or TokenKind.PrefixedName ? IriOrName() : LiteralTerm();

    // [65] DataBlockValue without UNDEF, and triple terms of data
    private Term DataTerm()
    {
        if (!Is(Mark.TripleOpen))
            return RdfTerm();
        Enter();
        Advance();
        var subject = _token.Kind == TokenKind.BlankLabel && _base is { Length: 0 } ? TakeBlankTerm() : (Term)IriOrName();
        var predicate = SimplePredicate();
        var @object = _token.Kind == TokenKind.BlankLabel && _base is { Length: 0 } ? TakeBlankTerm() : DataTerm();
        Expect(Mark.TripleClose, ")>>");
        Leave();
        return new TripleTerm(subject, predicate, @object);
    }

    // [129] RDFLiteral, [130] NumericLiteral, [134] BooleanLiteral
    private Literal LiteralTerm()
    {
        if (_token.Kind == TokenKind.String)
            return RdfLiteral();
        if (_token.Kind == TokenKind.Word && (IsWord("TRUE") || IsWord("FALSE")))
        {
            var value = new Literal(IsWord("TRUE") ? "true" : "false", XsdVocabulary.Boolean);
            Advance();
            return value;
        }

        var start = _token.Start;
        if (Is(Mark.Plus) || Is(Mark.Minus))
        {
            Advance();
            if (_token.Start != start + 1)
                throw Unexpected("a number right after its sign");
        }

        var datatype = _token.Kind switch
        {
            TokenKind.Integer => XsdVocabulary.Integer,
            TokenKind.Decimal => XsdVocabulary.Decimal,
            TokenKind.Double => XsdVocabulary.Double,
            _ => throw Unexpected("a term"),
        };
        var literal = new Literal(_lexer.Text[start.._token.End], datatype);
        Advance();
        return literal;
    }

    private Literal RdfLiteral()
    {
        var lexical = StringText();
        if (Take(Mark.CaretCaret))
        {
            var datatype = IriOrName().Value;
            return datatype is RdfVocabulary.LangString or RdfVocabulary.DirLangString
                ? throw Wrong("a literal with this datatype needs a language tag.") : new Literal(lexical, datatype);
        }

        if (_token.Kind != TokenKind.LanguageTag)
            return new Literal(lexical);
        var tag = _lexer.Text[(_token.Start + 1).._token.End];
        var dashes = tag.IndexOf("--", StringComparison.Ordinal);
        var literal = dashes < 0 ? Literal.InLanguage(lexical, tag) : Literal.InLanguage(lexical, tag[..dashes], tag[(dashes + 2)..] switch
        {
            "ltr" => BaseDirection.LeftToRight,
            "rtl" => BaseDirection.RightToLeft,
            _ => throw Wrong("a base direction is 'ltr' or 'rtl'."),
        });
        Advance();
        return literal;
    }
}
