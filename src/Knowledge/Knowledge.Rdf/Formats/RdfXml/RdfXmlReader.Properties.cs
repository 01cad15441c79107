using System.Globalization;
using System.Text;
using System.Xml;

namespace Knowledge.Rdf;

/// <content>Property elements.</content>
internal sealed partial class RdfXmlReader
{
    /// <summary><c>7.2.13 propertyEltList</c>, up to the end of the element around it.</summary>
    private void PropertyElementList(Term subject, Scope scope)
    {
        var members = 0;
        while (NextChild())
        {
            var element = Element.Read(this, scope);
            if (Names.IsNoProperty(element.Iri))
                throw Failed($"<{element.Iri}> cannot be a property's element");
            var predicate = element.Iri == Names.Li ? new Iri($"{RdfVocabulary.Namespace}_{(++members).ToString(CultureInfo.InvariantCulture)}") : new Iri(element.Iri);
            PropertyElement(subject, predicate, element);
        }
    }

    /// <summary><c>7.2.14 propertyElt</c></summary>
    private void PropertyElement(Term subject, Iri predicate, Element element)
    {
        var id = element.Take(Names.Id) is { } name ? IdIri(name, element.Scope) : null;
        var (iri, nodeId) = (element.Take(Names.Annotation), element.Take(Names.AnnotationNodeId));
        if (iri is not null && nodeId is not null)
            throw Failed("a property has both rdf:annotation and rdf:annotationNodeID");
        Term? reifier = iri is not null ? Resolved(iri, element.Scope) : nodeId is not null ? Labelled(nodeId) : null;
        if (Object(subject, predicate, element) is not { } @object)
            return;
        if (reifier is not null)
            Emit(reifier, new Iri(RdfVocabulary.Reifies), new TripleTerm(subject, predicate, @object));
        if (id is null)
            return;
        Emit(id, new Iri(RdfVocabulary.Type), new Iri(RdfVocabulary.Namespace + "Statement"));
        Emit(id, new Iri(RdfVocabulary.Namespace + "subject"), subject);
        Emit(id, new Iri(RdfVocabulary.Namespace + "predicate"), predicate);
        Emit(id, new Iri(RdfVocabulary.Namespace + "object"), @object);
    }

    /// <summary>Reads what a property element holds and says its triple.</summary>
    /// <returns>The object; null where there is no triple.</returns>
    private Term? Object(Term subject, Iri predicate, Element element)
    {
        if (element.Take(Names.ParseType) is not { } parseType)
            return element.IsEmpty ? EmptyProperty(subject, predicate, element) : ResourceOrLiteralProperty(subject, predicate, element);
        if (element.Attributes.Count > 0)
            throw Failed($"<{element.Attributes[0].Iri}> cannot stand beside rdf:parseType");
        return parseType switch
        {
            "Resource" => ParseTypeResource(subject, predicate, element),
            "Collection" => ParseTypeCollection(subject, predicate, element),
            "Triple" => ParseTypeTriple(subject, predicate, element),
            _ => ParseTypeLiteral(subject, predicate, element),
        };
    }

    /// <summary><c>7.2.21 emptyPropertyElt</c></summary>
    private Term EmptyProperty(Term subject, Iri predicate, Element element)
    {
        var (resource, nodeId, datatype) = (element.Take(Names.Resource), element.Take(Names.NodeId), element.Take(Names.Datatype));
        if ((resource is null ? 0 : 1) + (nodeId is null ? 0 : 1) + (datatype is null ? 0 : 1) > 1)
            throw Failed("a property has more than one of rdf:resource, rdf:nodeID and rdf:datatype");
        if (datatype is not null)
        {
            if (element.Attributes.Count > 0)
                throw Failed($"<{element.Attributes[0].Iri}> cannot stand beside rdf:datatype");
            return Say(subject, predicate, Typed("", datatype, element.Scope));
        }

        if (resource is null && nodeId is null && element.Attributes.Count == 0)
            return Say(subject, predicate, Text("", element.Scope));
        Term @object = resource is not null ? Resolved(resource, element.Scope) : nodeId is not null ? Labelled(nodeId) : NewNode();
        Say(subject, predicate, @object);
        PropertyAttributes(@object, element);
        return @object;
    }

    /// <summary><c>7.2.15 resourcePropertyElt</c>, <c>7.2.16 literalPropertyElt</c>: which one, what stands inside tells. An element without content is as good as an empty one.</summary>
    private Term ResourceOrLiteralProperty(Term subject, Iri predicate, Element element)
    {
        var text = new StringBuilder();
        while (_xml.Read() && _xml.NodeType != XmlNodeType.EndElement)
        {
            if (_xml.NodeType == XmlNodeType.Element)
                return ResourceProperty(subject, predicate, element, text);
            if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                Append(text);
        }

        if (text.Length == 0)
            return EmptyProperty(subject, predicate, element);
        var datatype = element.Take(Names.Datatype);
        if (element.Attributes.Count > 0)
            throw Failed($"<{element.Attributes[0].Iri}> cannot stand at a property that holds text");
        return Say(subject, predicate, datatype is null ? Text(text.ToString(), element.Scope) : Typed(text.ToString(), datatype, element.Scope));
    }

    private Term ResourceProperty(Term subject, Iri predicate, Element element, StringBuilder before)
    {
        if (!string.IsNullOrWhiteSpace(before.ToString()))
            throw Failed($"an element stands beside the text '{Shortened(before.ToString().Trim())}'; a property holds one or the other");
        if (element.Attributes.Count > 0)
            throw Failed($"<{element.Attributes[0].Iri}> cannot stand at a property that holds an element");
        var @object = NodeElement(Element.Read(this, element.Scope));
        Say(subject, predicate, @object);
        if (NextChild())
            throw Failed("a property holds one element; rdf:parseType=\"Collection\" lets it hold several");
        return @object;
    }

    /// <summary><c>7.2.17 parseTypeLiteralPropertyElt</c>, <c>7.2.20 parseTypeOtherPropertyElt</c></summary>
    private Literal ParseTypeLiteral(Term subject, Iri predicate, Element element)
    {
        var xml = element.IsEmpty ? "" : CanonicalXml.ReadContent(_xml, _options.MaxTokenBytes, Failed);
        return Say(subject, predicate, new Literal(xml, Names.XmlLiteral));
    }

    /// <summary><c>7.2.18 parseTypeResourcePropertyElt</c></summary>
    private BlankNode ParseTypeResource(Term subject, Iri predicate, Element element)
    {
        var node = NewNode();
        Say(subject, predicate, node);
        if (_xml.Depth > _options.MaxDepth)
            throw Failed($"elements stand more than {_options.MaxDepth} deep inside each other; {nameof(RdfReaderOptions)}.{nameof(RdfReaderOptions.MaxDepth)} sets that limit");
        if (!element.IsEmpty)
            PropertyElementList(node, element.Scope);
        return node;
    }

    /// <summary><c>7.2.19 parseTypeCollectionPropertyElt</c></summary>
    private Term ParseTypeCollection(Term subject, Iri predicate, Element element)
    {
        var nodes = element.IsEmpty ? [] : NodeElementList(element.Scope);
        var cells = nodes.ConvertAll<Term>(_ => NewNode());
        cells.Add(new Iri(RdfVocabulary.Nil));
        Say(subject, predicate, cells[0]);
        for (var at = 0; at < nodes.Count; at++)
        {
            Emit(cells[at], new Iri(RdfVocabulary.First), nodes[at]);
            Emit(cells[at], new Iri(RdfVocabulary.Rest), cells[at + 1]);
        }

        return cells[0];
    }

    /// <summary><c>parseTypeTriplePropertyElt</c> of RDF 1.2: a triple that is described but not said. Documents that do not announce 1.2 have none.</summary>
    private TripleTerm? ParseTypeTriple(Term subject, Iri predicate, Element element)
    {
        if (!element.Scope.IsVersion12)
        {
            if (!element.IsEmpty)
                CanonicalXml.ReadContent(_xml, _options.MaxTokenBytes, Failed);
            return null;
        }

        var outer = _described;
        _described = [];
        var count = element.IsEmpty ? 0 : NodeElementList(element.Scope).Count;
        var described = _described;
        _described = outer;
        if (count != 1 || described.Count != 1)
            throw Failed($"a triple term holds {count} nodes and {described.Count} triples; it must be one node with one property");
        var triple = new TripleTerm(described[0].Subject, (Iri)described[0].Predicate, described[0].Object);
        Say(subject, predicate, triple);
        return triple;
    }

    private T Say<T>(Term subject, Iri predicate, T @object)
        where T : Term
    {
        if (@object is TripleTerm triple && Depth(triple) > TermText.MaxDepth)
            throw Failed($"triple terms stand more than {TermText.MaxDepth} deep; {nameof(TermText)}.{nameof(TermText.MaxDepth)} sets that limit");
        Emit(subject, predicate, @object);
        return @object;

        static int Depth(Term term) => term is TripleTerm triple ? 1 + Depth(triple.Object) : 0;
    }

    private Literal Typed(string lexical, string datatype, Scope scope)
    {
        var iri = Resolved(datatype, scope).Value;
        return iri is RdfVocabulary.LangString or RdfVocabulary.DirLangString ? throw Failed("rdf:langString and rdf:dirLangString need a language, which rdf:datatype cannot give") : new Literal(lexical, iri);
    }

    private void Append(StringBuilder text)
    {
        text.Append(_xml.Value);
        if (text.Length > _options.MaxTokenBytes)
            throw Failed($"a text has more than {_options.MaxTokenBytes} characters; {nameof(RdfReaderOptions)}.{nameof(RdfReaderOptions.MaxTokenBytes)} sets that limit");
    }
}
