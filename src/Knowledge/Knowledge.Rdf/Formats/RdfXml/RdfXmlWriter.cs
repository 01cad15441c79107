using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;

namespace Knowledge.Rdf;

/// <summary>Writes RDF/XML: an element for each subject where its triples come together, a namespace for each predicate.</summary>
/// <remarks>What XML cannot say is an error: a predicate that ends with no XML name, and characters that XML 1.0 has none of.</remarks>
internal sealed class RdfXmlWriter : RdfWriter
{
    private readonly Dictionary<string, string> _prefixes = new(StringComparer.Ordinal); // namespace to prefix
    private readonly List<(string Prefix, string Iri)> _declared = [];
    private Term? _subject;
    private bool _isBegun;

    public RdfXmlWriter(IBufferWriter<byte> output, RdfWriterOptions options)
        : base(output)
    {
        foreach (var (prefix, iri) in options.Prefixes?.Namespaces ?? new Dictionary<string, string>())
            Prefix(prefix, iri);
    }

    /// <inheritdoc/>
    public override void Prefix(string prefix, string iri)
    {
        // After the root's start there is no place for a namespace but at the elements that use it, and these make their own.
        if (_isBegun || prefix is "rdf" or "" || iri == RdfVocabulary.Namespace || !IsName(prefix) || _declared.Any(d => d.Prefix == prefix) || !_prefixes.TryAdd(iri, prefix))
            return;
        _declared.Add((prefix, iri));
    }

    /// <inheritdoc/>
    public override void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
    {
        if (!graph.IsEmpty)
            throw NoGraphs("RDF/XML");
        Begin();
        var node = TermText.Parse(subject);
        if (node != _subject)
        {
            EndSubject();
            _subject = node;
            Write("  <rdf:Description");
            WriteNode(node);
            Write(">\n");
        }

        WriteProperty((Iri)TermText.Parse(predicate), TermText.Parse(@object), "    ");
    }

    private protected override void Finish()
    {
        Begin();
        EndSubject();
        Write("</rdf:RDF>\n");
    }

    private void Begin()
    {
        if (_isBegun)
            return;
        _isBegun = true;
        Write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"");
        foreach (var (prefix, iri) in _declared)
            Write($"\n    xmlns:{prefix}=\"{Escaped(iri)}\"");
        Write(">\n");
    }

    private void EndSubject()
    {
        if (_subject is not null)
            Write("  </rdf:Description>\n");
        _subject = null;
    }

    private void WriteNode(Term node) => Write(node switch
    {
        Iri iri => $" rdf:about=\"{Escaped(iri.Value)}\"",
        BlankNode blank => $" rdf:nodeID=\"{NodeId(blank)}\"",
        _ => throw new NotSupportedException($"{node} cannot be a subject in RDF/XML."),
    });

    private void WriteProperty(Iri predicate, Term @object, string indent)
    {
        var (name, declaration) = QName(predicate.Value);
        Write($"{indent}<{name}{declaration}");
        switch (@object)
        {
            case Iri iri:
                Write($" rdf:resource=\"{Escaped(iri.Value)}\"/>\n");
                break;
            case BlankNode blank:
                Write($" rdf:nodeID=\"{NodeId(blank)}\"/>\n");
                break;
            case Literal literal:
                WriteLiteral(literal);
                Write($">{Escaped(literal.Lexical)}</{name}>\n");
                break;
            case TripleTerm triple:
                Write($" rdf:version=\"1.2\" rdf:parseType=\"Triple\">\n{indent}  <rdf:Description");
                WriteNode(triple.Subject);
                Write(">\n");
                WriteProperty(triple.Predicate, triple.Object, indent + "    ");
                Write($"{indent}  </rdf:Description>\n{indent}</{name}>\n");
                break;
        }
    }

    private void WriteLiteral(Literal literal)
    {
        if (literal.Language is null)
        {
            if (literal.Datatype != XsdVocabulary.String)
                Write($" rdf:datatype=\"{Escaped(literal.Datatype)}\"");
            return;
        }

        Write($" xml:lang=\"{literal.Language}\"");
        if (literal.Direction is { } direction)
            Write($" rdf:version=\"1.2\" xmlns:its=\"http://www.w3.org/2005/11/its\" its:version=\"2.0\" its:dir=\"{(direction == BaseDirection.LeftToRight ? "ltr" : "rtl")}\"");
    }

    /// <summary>An IRI as a name of XML, with the declaration that it needs where none of the root's serves.</summary>
    private (string Name, string Declaration) QName(string iri)
    {
        var split = iri.Length;
        while (split > 0 && XmlConvert.IsNCNameChar(iri[split - 1]))
            split--;
        while (split < iri.Length && !XmlConvert.IsStartNCNameChar(iri[split]))
            split++;
        if (split == iri.Length || split == 0)
            throw new NotSupportedException($"RDF/XML needs predicates that end with a name of XML, and <{iri}> does not. Write Turtle or N-Triples.");
        var space = iri[..split];
        if (space == RdfVocabulary.Namespace)
        {
            return iri[split..] is "li" or "Description" or "RDF" or "ID" or "about" or "parseType" or "resource" or "nodeID" or "datatype" or "version" or "annotation" or "annotationNodeID" or "aboutEach" or "aboutEachPrefix" or "bagID"
                ? throw new NotSupportedException($"RDF/XML keeps the name <{iri}> for its syntax. Write Turtle or N-Triples.")
                : ("rdf:" + iri[split..], "");
        }

        if (_prefixes.TryGetValue(space, out var prefix))
            return ($"{prefix}:{iri[split..]}", "");
        return ($"ns:{iri[split..]}", $" xmlns:ns=\"{Escaped(space)}\"");
    }

    // Labels of Turtle may begin with a digit, names of XML may not.
    private static string NodeId(BlankNode node) => "n" + node.Label;

    private static bool IsName(string text) => text.Length > 0 && text != "ns" && text != "its" && XmlConvert.IsStartNCNameChar(text[0]) && text.All(XmlConvert.IsNCNameChar)
        && !text.StartsWith("xml", StringComparison.OrdinalIgnoreCase);

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is < 0x20 and not ('\t' or '\n' or '\r') or 0xFFFE or 0xFFFF)
                throw new NotSupportedException($"XML 1.0 has no way to write the character U+{rune.Value.ToString("X4", CultureInfo.InvariantCulture)}. Write Turtle or N-Triples.");
            _ = rune.Value switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\r' => escaped.Append("&#xD;"),
                _ => escaped.Append(rune.ToString()),
            };
        }

        return escaped.ToString();
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, Output);
}
