namespace Knowledge.Rdf;

/// <content>Triples, their lists and what RDF 1.2 adds to them.</content>
internal ref partial struct TurtleReader
{
    private static ReadOnlySpan<byte> RdfType => "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"u8;
    private static ReadOnlySpan<byte> RdfFirst => "<http://www.w3.org/1999/02/22-rdf-syntax-ns#first>"u8;
    private static ReadOnlySpan<byte> RdfRest => "<http://www.w3.org/1999/02/22-rdf-syntax-ns#rest>"u8;
    private static ReadOnlySpan<byte> RdfNil => "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>"u8;
    private static ReadOnlySpan<byte> RdfReifies => "<http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies>"u8;

    /// <summary><c>triples ::= subject predicateObjectList | blankNodePropertyList predicateObjectList? | reifiedTriple predicateObjectList?</c></summary>
    private void Triples()
    {
        var mark = _terms.Length;
        var mayStandAlone = false;
        TermSlice subject;
        if (_in.Peek() == (byte)'[' && !IsAnon())
        {
            subject = BlankNodePropertyList();
            mayStandAlone = true;
        }
        else if (IsReified())
        {
            subject = ReifiedTriple();
            mayStandAlone = true;
        }
        else
        {
            subject = Subject();
        }

        Skip();
        if (!mayStandAlone || _in.Peek() is not ((byte)'.' or (byte)'}'))
            PredicateObjectList(subject);
        _terms.Cut(mark);
    }

    /// <summary><c>subject ::= iri | BlankNode | collection</c></summary>
    private TermSlice Subject() => _in.Peek() switch
    {
        (byte)'_' => BlankNodeLabel(),
        (byte)'[' => Anon(),
        (byte)'(' => Collection(),
        _ => Iri("a subject must, an IRI, a blank node or a collection"),
    };

    /// <summary><c>predicateObjectList ::= verb objectList (';' (verb objectList)?)*</c></summary>
    private void PredicateObjectList(TermSlice subject)
    {
        while (true)
        {
            var mark = _terms.Length;
            ObjectList(subject, Verb());
            _terms.Cut(mark);
            if (_in.Peek() != (byte)';')
                return;
            while (_in.Peek() == (byte)';')
            {
                _in.At++;
                Skip();
            }

            if (_in.Peek() is (byte)'.' or (byte)']' or (byte)'}' or (byte)'|' or 0)
                return;
        }
    }

    /// <summary><c>verb ::= predicate | 'a'</c>, <c>predicate ::= iri</c></summary>
    private TermSlice Verb()
    {
        if (_in.Peek() == (byte)'a' && PrefixLength() == 1 && _in.Peek(1) != (byte)':')
        {
            _in.At++;
            return Push(RdfType);
        }

        return Iri("a predicate must, an IRI or 'a'");
    }

    /// <summary><c>objectList ::= object annotation (',' object annotation)*</c></summary>
    private void ObjectList(TermSlice subject, TermSlice predicate)
    {
        while (true)
        {
            Skip();
            var mark = _terms.Length;
            var @object = Object();
            Emit(subject, predicate, @object);
            Skip();
            if (_in.Peek() is (byte)'~' or (byte)'{')
                Annotation(subject, predicate, @object);
            _terms.Cut(mark);
            if (_in.Peek() != (byte)',')
                return;
            _in.At++;
        }
    }

    /// <summary><c>object ::= iri | BlankNode | collection | blankNodePropertyList | literal | tripleTerm | reifiedTriple</c></summary>
    private TermSlice Object()
    {
        switch (_in.Peek())
        {
            case (byte)'(':
                return Collection();
            case (byte)'[' when !IsAnon():
                return BlankNodePropertyList();
            default:
                return RtObject();
        }
    }

    /// <summary><c>collection ::= '(' object* ')'</c></summary>
    private TermSlice Collection()
    {
        _in.At++;
        Skip();
        var mark = _terms.Length;
        if (_in.Peek() == (byte)')')
        {
            _in.At++;
            return Push(RdfNil);
        }

        Enter();
        var head = _blanks.AppendNew(_terms);
        var first = Push(RdfFirst);
        var rest = Push(RdfRest);
        var top = _terms.Length;
        for (var node = head; ;)
        {
            var @object = Object();
            Emit(node, first, @object);
            Skip();
            _terms.Cut(Math.Max(top, node.Start + node.Length));
            if (_in.Peek() == (byte)')')
            {
                _in.At++;
                Emit(node, rest, Push(RdfNil));
                break;
            }

            var next = _blanks.AppendNew(_terms);
            Emit(node, rest, next);
            node = _terms.Keep(next, top);
        }

        _depth--;
        return _terms.Keep(head, mark);
    }

    /// <summary><c>blankNodePropertyList ::= '[' predicateObjectList ']'</c></summary>
    private TermSlice BlankNodePropertyList()
    {
        Enter();
        _in.At++;
        Skip();
        var node = _blanks.AppendNew(_terms);
        PredicateObjectList(node);
        if (_in.Peek() != (byte)']')
            throw _in.Failed($"{Found()} stands where ']' must end the property list");
        _in.At++;
        _depth--;
        return node;
    }

    /// <summary><c>annotation ::= (reifier | annotationBlock)*</c></summary>
    private void Annotation(TermSlice subject, TermSlice predicate, TermSlice @object)
    {
        var mark = _terms.Length;
        var triple = _terms.AppendTriple(subject, predicate, @object);
        CheckDepth(triple);
        var reifies = Push(RdfReifies);
        var top = _terms.Length;
        var reifier = default(TermSlice); // the one that a block right behind it describes
        while (true)
        {
            if (_in.Peek() == (byte)'~')
            {
                _terms.Cut(top);
                reifier = Reifier();
                Emit(reifier, reifies, triple);
            }
            else if (_in.Peek() == (byte)'{' && _in.Peek(1) == (byte)'|')
            {
                if (reifier.Length == 0)
                {
                    _terms.Cut(top);
                    reifier = _blanks.AppendNew(_terms);
                    Emit(reifier, reifies, triple);
                }

                AnnotationBlock(reifier);
                reifier = default;
            }
            else
            {
                break;
            }

            Skip();
        }

        _terms.Cut(mark);
    }

    /// <summary><c>reifier ::= '~' (iri | BlankNode)?</c></summary>
    private TermSlice Reifier()
    {
        _in.At++;
        Skip();
        return _in.Peek() switch
        {
            (byte)'_' => BlankNodeLabel(),
            (byte)'[' => Anon(),
            (byte)'<' when !IsReified() => IriRef(),
            _ when PrefixLength() is var length && _in.Peek(length) == (byte)':' => PrefixedName(),
            _ => _blanks.AppendNew(_terms),
        };
    }

    /// <summary><c>annotationBlock ::= '{|' predicateObjectList '|}'</c></summary>
    private void AnnotationBlock(TermSlice reifier)
    {
        Enter();
        _in.At += 2;
        Skip();
        PredicateObjectList(reifier);
        if (_in.Peek() != (byte)'|' || _in.Peek(1) != (byte)'}')
            throw _in.Failed($"{Found()} stands where '|}}' must end the annotation");
        _in.At += 2;
        _depth--;
    }

    /// <summary><c>reifiedTriple ::= '&lt;&lt;' rtSubject verb rtObject reifier? '&gt;&gt;'</c></summary>
    private TermSlice ReifiedTriple()
    {
        Enter();
        _in.At += 2;
        Skip();
        var mark = _terms.Length;
        var subject = RtSubject();
        Skip();
        var predicate = Verb();
        Skip();
        var @object = RtObject();
        Skip();
        var reifier = _in.Peek() == (byte)'~' ? Reifier() : _blanks.AppendNew(_terms);
        Skip();
        if (_in.Peek() != (byte)'>' || _in.Peek(1) != (byte)'>')
            throw _in.Failed($"{Found()} stands where '>>' must end the reified triple");
        _in.At += 2;
        _depth--;
        var triple = _terms.AppendTriple(subject, predicate, @object);
        CheckDepth(triple);
        Emit(reifier, Push(RdfReifies), triple);
        return _terms.Keep(reifier, mark);
    }

    /// <summary><c>rtSubject ::= iri | BlankNode | reifiedTriple</c></summary>
    private TermSlice RtSubject() => IsReified() ? ReifiedTriple() : TtSubject();

    /// <summary><c>rtObject ::= iri | BlankNode | literal | tripleTerm | reifiedTriple</c></summary>
    private TermSlice RtObject() => IsReified() ? ReifiedTriple() : TtObject();

    /// <summary><c>tripleTerm ::= '&lt;&lt;(' ttSubject verb ttObject ')&gt;&gt;'</c></summary>
    private TermSlice TripleTerm()
    {
        Enter();
        _in.At += 3;
        Skip();
        var mark = _terms.Length;
        var subject = TtSubject();
        Skip();
        var predicate = Verb();
        Skip();
        var @object = TtObject();
        Skip();
        if (_in.Peek() != (byte)')' || _in.Peek(1) != (byte)'>' || _in.Peek(2) != (byte)'>')
            throw _in.Failed($"{Found()} stands where ')>>' must end the triple term");
        _in.At += 3;
        _depth--;
        var triple = _terms.AppendTriple(subject, predicate, @object);
        CheckDepth(triple);
        return _terms.Keep(triple, mark);
    }

    /// <summary><c>ttSubject ::= iri | BlankNode</c></summary>
    private TermSlice TtSubject() => _in.Peek() switch
    {
        (byte)'_' => BlankNodeLabel(),
        (byte)'[' => Anon(),
        _ => Iri("a subject must, an IRI or a blank node"),
    };

    /// <summary><c>ttObject ::= iri | BlankNode | literal | tripleTerm</c></summary>
    private TermSlice TtObject()
    {
        switch (_in.Peek())
        {
            case (byte)'_':
                return BlankNodeLabel();
            case (byte)'[':
                return Anon();
            case (byte)'"' or (byte)'\'':
                return RdfLiteral();
            case (byte)'+' or (byte)'-' or (byte)'.' or (>= (byte)'0' and <= (byte)'9'):
                return NumericLiteral();
            case (byte)'t' or (byte)'f' when TryBooleanLiteral(out var boolean):
                return boolean;
            case (byte)'<' when _in.Peek(1) == (byte)'<' && _in.Peek(2) == (byte)'(':
                return TripleTerm();
            default:
                return Iri("an object must: an IRI, a blank node, a literal or something in brackets");
        }
    }

    /// <summary>Whether a reified triple begins here, and no triple term.</summary>
    private bool IsReified() => _in.Peek() == (byte)'<' && _in.Peek(1) == (byte)'<' && _in.Peek(2) != (byte)'(';

    private TermSlice Push(ReadOnlySpan<byte> term)
    {
        var mark = _terms.Length;
        _terms.Append(term);
        return _terms.Since(mark);
    }

    /// <summary>Counts the triple terms inside each other, which stand in objects alone.</summary>
    private readonly void CheckDepth(TermSlice triple)
    {
        var text = _terms[triple];
        for (var level = 0; level <= TermText.MaxDepth; level++)
        {
            if (!text.EndsWith(" )>>"u8))
                return;
            text = text[..^4];
        }

        throw _in.Failed($"triple terms stand more than {TermText.MaxDepth} deep; {nameof(TermText)}.{nameof(TermText.MaxDepth)} sets that limit");
    }
}
