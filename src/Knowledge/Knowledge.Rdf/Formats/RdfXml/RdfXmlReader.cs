using System.Text;
using System.Xml;

namespace Knowledge.Rdf;

/// <summary>Reads RDF/XML, one method for each production of the grammar over the events of an <see cref="XmlReader"/>.</summary>
/// <remarks>
/// <para>Entities of the document's own are expanded, up to <see cref="RdfReaderOptions.MaxTokenBytes"/> characters in all; nothing is fetched.</para>
/// <para>Source: RDF 1.2 XML Syntax, section 7.2. The names of its productions stand at the methods.</para>
/// </remarks>
internal sealed partial class RdfXmlReader
{
    private readonly XmlReader _xml;
    private readonly IXmlLineInfo _place;
    private readonly IQuadSink _sink;
    private readonly RdfReaderOptions _options;
    private readonly BlankNodeLabels _blanks;
    private readonly TermStack _terms = new();
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _prefixes = new(StringComparer.Ordinal);

    /// <summary>Where triples go that are described but not said; null outside of triple terms.</summary>
    private List<Triple>? _described;

    private RdfXmlReader(XmlReader xml, IQuadSink sink, RdfReaderOptions options)
    {
        _xml = xml;
        _place = (IXmlLineInfo)xml;
        _sink = sink;
        _options = options;
        _blanks = new BlankNodeLabels(options.BlankNodeScope);
    }

    /// <summary>Reads a stream to its end.</summary>
    public static void Read(Stream stream, IQuadSink sink, RdfReaderOptions options)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Parse,
            XmlResolver = null,
            MaxCharactersFromEntities = options.MaxTokenBytes,
            CloseInput = false,
        };
        using var bytes = new Utf8Stream(stream);
        using var xml = XmlReader.Create(bytes, settings);
        var reader = new RdfXmlReader(xml, sink, options);
        try
        {
            reader.Document();
        }
        catch (XmlException) when (bytes.Failure is not null)
        {
            // said below: to the platform's reader the document ended too early
        }
        catch (XmlException wrong)
        {
            throw new RdfSyntaxException(wrong.Message, wrong.LineNumber, wrong.LinePosition, wrong);
        }

        if (bytes.Failure is { } failure)
            throw new RdfSyntaxException(failure.Problem, failure.Line, failure.Column);
    }

    /// <summary><c>7.2.8 doc</c>, <c>7.2.9 RDF</c></summary>
    private void Document()
    {
        try
        {
            _xml.MoveToContent();
        }
        catch (ArgumentOutOfRangeException broken)
        {
            // The platform's reader, where it meets other than ASCII in an XML declaration of UTF-16.
            throw new RdfSyntaxException(XmlEncoding.BrokenDeclaration, 1, 1, broken);
        }

        var element = Element.Read(this, new Scope(_options.BaseIri is null ? null : new BaseIri(_options.BaseIri), null, null, false));
        if (element.Iri != RdfVocabulary.Namespace + "RDF")
        {
            NodeElement(element);
            while (_xml.Read())
                continue; // what may follow the root, XmlReader checks
            return;
        }

        if (element.Attributes.Count > 0)
            throw Failed($"rdf:RDF has the attribute <{element.Attributes[0].Iri}>; it may have none but namespaces and those of XML");
        if (!element.IsEmpty)
            NodeElementList(element.Scope);
        while (_xml.Read())
            continue;
    }

    /// <summary><c>7.2.10 nodeElementList</c>, up to the end of the element around it.</summary>
    /// <returns>The nodes.</returns>
    private List<Term> NodeElementList(Scope scope)
    {
        var nodes = new List<Term>();
        while (NextChild())
            nodes.Add(NodeElement(Element.Read(this, scope)));
        return nodes;
    }

    /// <summary>Goes to the next child element; false at the end of the element around it. Text between elements must be white space.</summary>
    private bool NextChild()
    {
        while (_xml.Read())
        {
            switch (_xml.NodeType)
            {
                case XmlNodeType.Element:
                    return true;
                case XmlNodeType.EndElement:
                    return false;
                case XmlNodeType.Text or XmlNodeType.CDATA when !string.IsNullOrWhiteSpace(_xml.Value):
                    throw Failed($"the text '{Shortened(_xml.Value.Trim())}' stands where an element must");
            }
        }

        throw Failed("the document ends within an element");
    }

    /// <summary><c>7.2.11 nodeElement</c></summary>
    private Term NodeElement(Element element)
    {
        if (_xml.Depth > _options.MaxDepth)
            throw Failed($"elements stand more than {_options.MaxDepth} deep inside each other; {nameof(RdfReaderOptions)}.{nameof(RdfReaderOptions.MaxDepth)} sets that limit");
        if (Names.IsNoNode(element.Iri))
            throw Failed($"<{element.Iri}> cannot be a node's element");
        var subject = Subject(element);
        if (element.Iri != Names.Description)
            Emit(subject, new Iri(RdfVocabulary.Type), new Iri(element.Iri));
        PropertyAttributes(subject, element);
        if (!element.IsEmpty)
            PropertyElementList(subject, element.Scope);
        return subject;
    }

    private Term Subject(Element element)
    {
        var (id, nodeId, about) = (element.Take(Names.Id), element.Take(Names.NodeId), element.Take(Names.About));
        if ((id is null ? 0 : 1) + (nodeId is null ? 0 : 1) + (about is null ? 0 : 1) > 1)
            throw Failed("a node has more than one of rdf:ID, rdf:nodeID and rdf:about");
        return id is not null ? IdIri(id, element.Scope) : nodeId is not null ? Labelled(nodeId) : about is not null ? Resolved(about, element.Scope) : NewNode();
    }

    /// <summary><c>7.2.25 propertyAttr</c>, all those that are left.</summary>
    private void PropertyAttributes(Term subject, Element element)
    {
        foreach (var (iri, value) in element.Attributes)
        {
            if (Names.IsNoPropertyAttribute(iri))
                throw Failed($"<{iri}> cannot be a property's attribute here");
            Emit(subject, new Iri(iri), iri == RdfVocabulary.Type ? Resolved(value, element.Scope) : Text(value, element.Scope));
        }
    }

    private void Emit(Term subject, Iri predicate, Term @object)
    {
        if (_described is not null)
        {
            _described.Add(new Triple(subject, predicate, @object));
            return;
        }

        TermText.Write(subject, _terms);
        var mark = _terms.Length;
        TermText.Write(predicate, _terms);
        var end = _terms.Length;
        TermText.Write(@object, _terms);
        _sink.Quad(_terms[new TermSlice(0, mark)], _terms[new TermSlice(mark, end - mark)], _terms[_terms.Since(end)], default);
        _terms.Cut(0);
    }

    private Iri Resolved(string reference, Scope scope)
    {
        var iri = scope.Base is null ? reference : scope.Base.Resolve(reference);
        return Checked(iri);
    }

    private Iri Checked(string iri) => IriSyntax.Problem(Encoding.UTF8.GetBytes(iri)) is { } problem ? throw Failed(problem) : new Iri(iri);

    /// <summary><c>7.2.22 idAttr</c>: a name that its base has once.</summary>
    private Iri IdIri(string id, Scope scope)
    {
        var iri = Resolved("#" + Name(id, "rdf:ID"), scope);
        return _ids.Add(iri.Value) ? iri : throw Failed($"rdf:ID=\"{id}\" stands here a second time");
    }

    private string Name(string value, string attribute)
    {
        try
        {
            return XmlConvert.VerifyNCName(value);
        }
        catch (Exception wrong) when (wrong is XmlException or ArgumentException)
        {
            throw Failed($"{attribute}=\"{Shortened(value)}\" is no XML name without colon");
        }
    }

    private BlankNode Labelled(string label) => Node(_blanks.Append(Encoding.UTF8.GetBytes(Name(label, "rdf:nodeID")), _terms));

    private BlankNode NewNode() => Node(_blanks.AppendNew(_terms));

    private BlankNode Node(TermSlice text)
    {
        var node = new BlankNode(Encoding.UTF8.GetString(_terms[text][2..]));
        _terms.Cut(text.Start);
        return node;
    }

    private static Literal Text(string lexical, Scope scope) =>
        scope.Language is null ? new Literal(lexical) : Literal.InLanguage(lexical, scope.Language, scope.IsVersion12 ? scope.Direction : null);

    private RdfSyntaxException Failed(string problem) => new($"{char.ToUpperInvariant(problem[0])}{problem[1..]}.", _place.LineNumber, _place.LinePosition);

    private static string Shortened(string text) => text.Length > 80 ? text[..80] + "..." : text;

    /// <summary>What an element hands on to those inside it.</summary>
    private readonly record struct Scope(BaseIri? Base, string? Language, BaseDirection? Direction, bool IsVersion12);
}
