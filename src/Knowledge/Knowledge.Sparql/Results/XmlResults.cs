using System.Xml;
using System.Xml.Linq;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>SPARQL Query Results XML Format. Source: W3C Recommendation, second edition, and SPARQL 1.2 for triples and directions.</summary>
internal sealed class XmlResults : ResultFormat
{
    private const string Namespace = "http://www.w3.org/2005/sparql-results#";
    private const string Directions = "http://www.w3.org/2005/11/its";
    private const int MaxDepth = 64;

    public override string Name => "xml";

    public override IReadOnlyList<string> MediaTypes => ["application/sparql-results+xml", "application/xml", "text/xml"];

    public override string Extension => "srx";

    public override void Write(IReadOnlyList<string> variables, IEnumerable<Solution> solutions, Stream stream)
    {
        using var xml = Begin(stream);
        xml.WriteStartElement("head", Namespace);
        foreach (var variable in variables)
        {
            xml.WriteStartElement("variable", Namespace);
            xml.WriteAttributeString("name", variable);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteStartElement("results", Namespace);
        foreach (var solution in solutions)
        {
            xml.WriteStartElement("result", Namespace);
            for (var i = 0; i < variables.Count; i++)
            {
                if (solution[i] is not { } term)
                    continue;
                xml.WriteStartElement("binding", Namespace);
                xml.WriteAttributeString("name", variables[i]);
                WriteTerm(term, xml);
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    public override void Write(bool answer, Stream stream)
    {
        using var xml = Begin(stream);
        xml.WriteElementString("head", Namespace, "");
        xml.WriteElementString("boolean", Namespace, answer ? "true" : "false");
        xml.WriteEndElement();
    }

    private static XmlWriter Begin(Stream stream)
    {
        var xml = XmlWriter.Create(stream, new XmlWriterSettings { CloseOutput = false, Encoding = new System.Text.UTF8Encoding(false), CheckCharacters = false });
        xml.WriteStartElement("sparql", Namespace);
        xml.WriteAttributeString("xmlns", "its", null, Directions);
        return xml;
    }

    private static void WriteTerm(Term term, XmlWriter xml)
    {
        switch (term)
        {
            case Iri iri:
                xml.WriteElementString("uri", Namespace, iri.Value);
                break;
            case BlankNode blank:
                xml.WriteElementString("bnode", Namespace, blank.Label);
                break;
            case Literal literal:
                WriteLiteral(literal, xml);
                break;
            case TripleTerm triple:
                xml.WriteStartElement("triple", Namespace);
                foreach (var (name, part) in new (string, Term)[] { ("subject", triple.Subject), ("predicate", triple.Predicate), ("object", triple.Object) })
                {
                    xml.WriteStartElement(name, Namespace);
                    WriteTerm(part, xml);
                    xml.WriteEndElement();
                }

                xml.WriteEndElement();
                break;
        }
    }

    private static void WriteLiteral(Literal literal, XmlWriter xml)
    {
        xml.WriteStartElement("literal", Namespace);
        if (literal.Language is { } language)
        {
            xml.WriteAttributeString("xml", "lang", null, language);
            if (literal.Direction is { } direction)
            {
                xml.WriteAttributeString("dir", Directions, direction == BaseDirection.LeftToRight ? "ltr" : "rtl");
                xml.WriteAttributeString("version", Directions, "2.0");
            }
        }
        else if (literal.Datatype != XsdVocabulary.String)
        {
            xml.WriteAttributeString("datatype", literal.Datatype);
        }

        // A reader would take a bare carriage return for a line feed.
        foreach (var part in System.Text.RegularExpressions.Regex.Split(literal.Lexical, "(\r)"))
        {
            if (part == "\r")
                xml.WriteCharEntity('\r');
            else
                xml.WriteString(part);
        }

        xml.WriteEndElement();
    }

    public override ResultDocument Read(Stream stream)
    {
        XElement root;
        try
        {
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, MaxCharactersFromEntities = 1024 });
            root = XDocument.Load(reader, LoadOptions.PreserveWhitespace | LoadOptions.SetLineInfo).Root!;
        }
        catch (XmlException failure)
        {
            throw new RdfSyntaxException(failure.Message, failure.LineNumber, failure.LinePosition, failure);
        }
        catch (ArgumentOutOfRangeException broken)
        {
            // The platform's reader, where it meets other than ASCII in an XML declaration.
            throw new RdfSyntaxException("the XML declaration cannot be read; one like <?xml version=\"1.0\" encoding=\"utf-8\"?> is needed.", 1, 1, broken);
        }

        if (root.Name != XName.Get("sparql", Namespace))
            throw Wrong(root, $"the element is {root.Name}; {{{Namespace}}}sparql is needed.");
        if (root.Element(XName.Get("boolean", Namespace)) is { } boolean)
            return new ResultDocument(null, boolean.Value.Trim() switch { "true" => true, "false" => false, _ => throw Wrong(boolean, "a boolean is true or false.") });
        var variables = root.Element(XName.Get("head", Namespace))?.Elements(XName.Get("variable", Namespace)).Select(v => Attribute(v, "name")).ToList() ?? [];
        var results = root.Element(XName.Get("results", Namespace)) ?? throw Wrong(root, "neither results nor a boolean stands in the result.");
        return new ResultDocument(new SolutionTable(variables, [.. results.Elements(XName.Get("result", Namespace)).Select(r => ReadRow(r, variables))]), null);
    }

    private static Term?[] ReadRow(XElement result, List<string> variables)
    {
        var row = new Term?[variables.Count];
        foreach (var binding in result.Elements(XName.Get("binding", Namespace)))
        {
            var at = variables.IndexOf(Attribute(binding, "name"));
            if (at < 0)
                throw Wrong(binding, $"the head names no variable {Attribute(binding, "name")}.");
            row[at] = ReadTerm(binding.Elements().FirstOrDefault() ?? throw Wrong(binding, "a binding has no term."), 0);
        }

        return row;
    }

    private static Term ReadTerm(XElement element, int depth)
    {
        if (depth > MaxDepth)
            throw Wrong(element, $"triples stand more than {MaxDepth} deep.");
        switch (element.Name.LocalName)
        {
            case "uri":
                return new Iri(element.Value.Trim());
            case "bnode":
                return new BlankNode(element.Value.Trim());
            case "literal":
                var direction = element.Attribute(XName.Get("dir", Directions))?.Value;
                if (element.Attribute(XNamespace.Xml + "lang")?.Value is { Length: > 0 } language)
                    return Literal.InLanguage(element.Value, language, direction switch { "ltr" => BaseDirection.LeftToRight, "rtl" => BaseDirection.RightToLeft, _ => null });
                return element.Attribute("datatype")?.Value is { } datatype ? new Literal(element.Value, datatype) : new Literal(element.Value);
            case "triple":
                return new TripleTerm(ReadPart(element, "subject", depth), ReadPart(element, "predicate", depth) as Iri ?? throw Wrong(element, "a predicate is an IRI."), ReadPart(element, "object", depth));
            default:
                throw Wrong(element, $"<{element.Name.LocalName}> is no term; uri, bnode, literal or triple is needed.");
        }
    }

    private static Term ReadPart(XElement triple, string name, int depth) =>
        ReadTerm(triple.Element(XName.Get(name, Namespace))?.Elements().FirstOrDefault() ?? throw Wrong(triple, $"a triple has no {name}."), depth + 1);

    private static string Attribute(XElement element, string name) => element.Attribute(name)?.Value ?? throw Wrong(element, $"<{element.Name.LocalName}> has no attribute {name}.");

    private static RdfSyntaxException Wrong(XElement element, string problem) => new(problem, ((IXmlLineInfo)element).LineNumber, ((IXmlLineInfo)element).LinePosition);
}
