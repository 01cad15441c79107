using System.Text;
using System.Xml;

namespace Knowledge.Rdf;

/// <content>Elements with their attributes, and the names that the syntax keeps for itself.</content>
internal sealed partial class RdfXmlReader
{
    private const string Its = "http://www.w3.org/2005/11/its";

    /// <summary>An element's name and those of its attributes that mean something to RDF.</summary>
    private sealed class Element
    {
        public required string Iri { get; init; }

        public required bool IsEmpty { get; init; }

        public required Scope Scope { get; init; }

        public List<(string Iri, string Value)> Attributes { get; } = [];

        /// <summary>Takes an attribute away; null where it is not there.</summary>
        public string? Take(string iri)
        {
            var at = Attributes.FindIndex(a => a.Iri == iri);
            if (at < 0)
                return null;
            var value = Attributes[at].Value;
            Attributes.RemoveAt(at);
            return value;
        }

        /// <summary>The element where the reader is.</summary>
        /// <param name="reader">Stays at the element.</param>
        /// <param name="outer">What the element around it hands on.</param>
        public static Element Read(RdfXmlReader reader, Scope outer)
        {
            var xml = reader._xml;
            if (xml.NamespaceURI.Length == 0)
                throw reader.Failed($"the element '{xml.LocalName}' has no namespace, so it makes no IRI");
            var iri = reader.Checked(xml.NamespaceURI + xml.LocalName).Value;
            var isEmpty = xml.IsEmptyElement;
            var attributes = new List<(string, string)>();
            var scope = outer;
            while (xml.MoveToNextAttribute())
            {
                if (xml.NamespaceURI == "http://www.w3.org/2000/xmlns/")
                    reader.Declare(xml.Prefix.Length == 0 ? "" : xml.LocalName, xml.Value);
                else if (xml.NamespaceURI is "http://www.w3.org/XML/1998/namespace" or Its)
                    scope = Inherited(reader, scope, outer);
                else if (xml.NamespaceURI.Length == 0)
                    Unqualified(reader, attributes);
                else if (xml.NamespaceURI + xml.LocalName == Names.Version)
                    scope = scope with { IsVersion12 = xml.Value is "1.2" or "1.2-basic" };
                else
                    attributes.Add((reader.Checked(xml.NamespaceURI + xml.LocalName).Value, xml.Value));
            }

            xml.MoveToElement();
            var element = new Element { Iri = iri, IsEmpty = isEmpty, Scope = scope };
            element.Attributes.AddRange(attributes);
            return element;
        }

        private static void Unqualified(RdfXmlReader reader, List<(string, string)> attributes)
        {
            var name = reader._xml.LocalName;
            if (name is "about" or "ID" or "resource" or "parseType" or "type")
                attributes.Add((RdfVocabulary.Namespace + name, reader._xml.Value)); // what RDF/XML of 1999 allowed
            else if (!name.StartsWith("xml", StringComparison.OrdinalIgnoreCase))
                throw reader.Failed($"the attribute '{name}' has no namespace, so it makes no IRI");
        }

        private static Scope Inherited(RdfXmlReader reader, Scope scope, Scope outer)
        {
            var (name, value) = (reader._xml.LocalName, reader._xml.Value);
            switch (name)
            {
                case "base" when reader._xml.NamespaceURI != Its:
                    return scope with { Base = new BaseIri(reader.Resolved(value, outer).Value) };
                case "lang" when reader._xml.NamespaceURI != Its:
                    if (value.Length > 0 && LanguageTag.Problem(Encoding.UTF8.GetBytes(value)) is { } problem)
                        throw reader.Failed($"xml:lang=\"{Shortened(value)}\" is no language tag: {problem}");
                    return scope with { Language = value.Length == 0 ? null : value };
                case "dir" when reader._xml.NamespaceURI == Its:
                    return scope with { Direction = value switch { "ltr" => BaseDirection.LeftToRight, "rtl" => BaseDirection.RightToLeft, _ => null } };
                default:
                    return scope;
            }
        }
    }

    private void Declare(string prefix, string iri)
    {
        if (iri.Length > 0 && _prefixes.Add(prefix))
            _sink.Prefix(prefix, iri);
    }

    /// <summary>Names of the RDF vocabulary that are syntax. Source: RDF 1.2 XML Syntax, sections 7.2.2 to 7.2.7.</summary>
    private static class Names
    {
        public const string Description = RdfVocabulary.Namespace + "Description";
        public const string Id = RdfVocabulary.Namespace + "ID";
        public const string About = RdfVocabulary.Namespace + "about";
        public const string NodeId = RdfVocabulary.Namespace + "nodeID";
        public const string Resource = RdfVocabulary.Namespace + "resource";
        public const string ParseType = RdfVocabulary.Namespace + "parseType";
        public const string Datatype = RdfVocabulary.Namespace + "datatype";
        public const string Li = RdfVocabulary.Namespace + "li";
        public const string Version = RdfVocabulary.Namespace + "version";
        public const string Annotation = RdfVocabulary.Namespace + "annotation";
        public const string AnnotationNodeId = RdfVocabulary.Namespace + "annotationNodeID";
        public const string XmlLiteral = RdfVocabulary.Namespace + "XMLLiteral";

        /// <summary>coreSyntaxTerms and oldTerms.</summary>
        private static readonly HashSet<string> s_syntax = new(
            new[] { "RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype", "version", "annotation", "annotationNodeID", "aboutEach", "aboutEachPrefix", "bagID" }
            .Select(n => RdfVocabulary.Namespace + n), StringComparer.Ordinal);

        public static bool IsNoNode(string iri) => iri == Li || s_syntax.Contains(iri);

        public static bool IsNoProperty(string iri) => iri == Description || s_syntax.Contains(iri);

        public static bool IsNoPropertyAttribute(string iri) => iri is Description or Li || s_syntax.Contains(iri);
    }
}
