using System.Text;
using System.Xml;

namespace Knowledge.Rdf;

/// <summary>Exclusive canonical XML with comments, of what an element holds: the lexical form of XML literals.</summary>
/// <remarks>Source: Exclusive XML Canonicalization 1.0, section 3, over Canonical XML 1.0, section 2.3.</remarks>
internal static class CanonicalXml
{
    /// <summary>Reads an element's content, up to its end.</summary>
    /// <param name="xml">Stands at an element that is not empty.</param>
    /// <param name="maxCharacters">The longest content.</param>
    /// <param name="failed">Makes the error where it is longer.</param>
    public static string ReadContent(XmlReader xml, int maxCharacters, Func<string, RdfSyntaxException> failed)
    {
        var depth = xml.Depth;
        var text = new StringBuilder();
        var rendered = new Stack<Dictionary<string, string>>([new Dictionary<string, string> { [""] = "" }]);
        while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth))
        {
            switch (xml.NodeType)
            {
                case XmlNodeType.Element:
                    StartTag(xml, text, rendered);
                    break;
                case XmlNodeType.EndElement:
                    text.Append("</").Append(xml.Name).Append('>');
                    rendered.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    AppendEscaped(text, xml.Value, isAttribute: false);
                    break;
                case XmlNodeType.Comment:
                    text.Append("<!--").Append(xml.Value).Append("-->");
                    break;
                case XmlNodeType.ProcessingInstruction:
                    text.Append("<?").Append(xml.Name).Append(xml.Value.Length > 0 ? " " : "").Append(xml.Value).Append("?>");
                    break;
            }

            if (text.Length > maxCharacters)
                throw failed($"an XML literal has more than {maxCharacters} characters; {nameof(RdfReaderOptions)}.{nameof(RdfReaderOptions.MaxTokenBytes)} sets that limit");
        }

        return text.ToString();
    }

    private static void StartTag(XmlReader xml, StringBuilder text, Stack<Dictionary<string, string>> rendered)
    {
        var isEmpty = xml.IsEmptyElement;
        var name = xml.Name;
        var used = new SortedDictionary<string, string>(StringComparer.Ordinal) { [xml.Prefix] = xml.NamespaceURI };
        var attributes = new List<(string Iri, string Local, string Name, string Value)>();
        while (xml.MoveToNextAttribute())
        {
            if (xml.NamespaceURI == "http://www.w3.org/2000/xmlns/")
                continue;
            attributes.Add((xml.NamespaceURI, xml.LocalName, xml.Name, xml.Value));
            if (xml.Prefix.Length > 0 && xml.Prefix != "xml")
                used[xml.Prefix] = xml.NamespaceURI;
        }

        xml.MoveToElement();
        text.Append('<').Append(name);
        var outer = rendered.Peek();
        var inner = outer;
        foreach (var (prefix, iri) in used)
        {
            if (prefix == "xml" || (outer.TryGetValue(prefix, out var known) && known == iri))
                continue;
            inner = ReferenceEquals(inner, outer) ? new Dictionary<string, string>(outer) : inner;
            inner[prefix] = iri;
            text.Append(prefix.Length == 0 ? " xmlns" : " xmlns:").Append(prefix).Append("=\"");
            AppendEscaped(text, iri, isAttribute: true);
            text.Append('"');
        }

        foreach (var attribute in attributes.OrderBy(a => a.Iri, StringComparer.Ordinal).ThenBy(a => a.Local, StringComparer.Ordinal))
        {
            text.Append(' ').Append(attribute.Name).Append("=\"");
            AppendEscaped(text, attribute.Value, isAttribute: true);
            text.Append('"');
        }

        text.Append('>');
        if (isEmpty)
            text.Append("</").Append(name).Append('>');
        else
            rendered.Push(inner);
    }

    private static void AppendEscaped(StringBuilder text, string value, bool isAttribute)
    {
        foreach (var c in value)
        {
            _ = c switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' when !isAttribute => text.Append("&gt;"),
                '"' when isAttribute => text.Append("&quot;"),
                '\t' when isAttribute => text.Append("&#x9;"),
                '\n' when isAttribute => text.Append("&#xA;"),
                '\r' => text.Append("&#xD;"),
                _ => text.Append(c),
            };
        }
    }
}
