using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Deserialize JSON-LD to RDF, with Object to RDF Conversion and List to RDF Conversion (JSON-LD 1.1 API, 8.1 to 8.3).</summary>
internal sealed class DeserializeJsonLdToRdf(BlankNodeIdentifiers identifiers, IQuadSink sink, JsonLdOptions options)
{
    private const string I18n = "https://www.w3.org/ns/i18n#";
    private static readonly Iri s_first = new(RdfVocabulary.First);
    private static readonly Iri s_rest = new(RdfVocabulary.Rest);
    private static readonly Iri s_nil = new(RdfVocabulary.Nil);
    private static readonly Iri s_type = new(RdfVocabulary.Type);
    private readonly ArrayBufferWriter<byte>[] _texts = [new(), new(), new(), new()];

    public void Deserialize(SortedDictionary<string, NodeGraph> graphs)
    {
        foreach (var (name, graph) in graphs)
        {
            var graphTerm = name == Keywords.Default ? null : Resource(name);
            if (graphTerm is null && name != Keywords.Default)
                continue;
            foreach (var (id, node) in graph)
                if (Resource(id) is { } subject)
                    AddNode(subject, node, graphTerm);
        }
    }

    private void AddNode(Term subject, JsonObject node, Term? graph)
    {
        foreach (var (property, values) in node.OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            if (property == Keywords.Type)
            {
                foreach (var type in values.Items())
                    if (type.Text() is { } iri && Resource(iri) is { } @class)
                        Emit(subject, s_type, @class, graph);
                continue;
            }

            if (Keywords.Is(property) || Resource(property) is not { } predicate || (predicate is BlankNode && !options.ProduceGeneralizedRdf))
                continue;
            foreach (var item in values.Items())
                if (ObjectToRdf((JsonObject)item!, graph) is { } @object)
                    Emit(subject, predicate, @object, graph);
        }
    }

    /// <summary>An IRI or a blank node, or null where the text is neither.</summary>
    private static Term? Resource(string id) => BlankNodeIdentifiers.IsBlank(id) ? new BlankNode(id[2..]) : IriReference.IsWellFormed(id) ? new Iri(id) : null;

    /// <summary>Object to RDF Conversion. Triples of lists go out at once.</summary>
    private Term? ObjectToRdf(JsonObject item, Term? graph)
    {
        if (item.TryGetPropertyValue(Keywords.List, out var list))
            return ListToRdf((JsonArray)list!, graph);
        if (!item.TryGetPropertyValue(Keywords.Value, out var value))
            return item.Text(Keywords.Id) is { } id ? Resource(id) : null;
        var datatype = item.Text(Keywords.Type);
        var language = item.Text(Keywords.Language);
        if ((datatype is not null && datatype != Keywords.Json && !IriReference.IsWellFormed(datatype)) || (language is not null && !LanguageTags.IsWellFormed(language)))
            return null;
        if (datatype == Keywords.Json)
            return new Literal(Canonical(value), RdfVocabulary.Json);
        var lexical = value switch
        {
            null => null,
            _ when value.IsString(out var text) => text,
            _ when value.IsBoolean(out var flag) => flag ? "true" : "false",
            _ when value.IsNumber() => NativeNumber.Lexical(value.ToJsonString(), datatype == XsdVocabulary.Double, out _),
            _ => null,
        };
        if (lexical is null)
            return null;
        datatype ??= value!.IsString(out _) ? XsdVocabulary.String : value.IsBoolean(out _) ? XsdVocabulary.Boolean : NativeType(value!);
        if (item.Text(Keywords.Direction) is { } direction && options.RdfDirection != RdfDirection.None)
            return Directed(lexical, language, direction, graph);
        return language is null ? new Literal(lexical, datatype) : Literal.InLanguage(lexical, language);
    }

    private static string NativeType(JsonNode number)
    {
        NativeNumber.Lexical(number.ToJsonString(), asDouble: false, out var isDouble);
        return isDouble ? XsdVocabulary.Double : XsdVocabulary.Integer;
    }

    private static string Canonical(JsonNode? value)
    {
        try
        {
            return JsonCanonicalization.Canonicalize(value);
        }
        catch (FormatException wrong)
        {
            throw new JsonLdException(JsonLdErrorCode.InvalidJsonLiteral, wrong.Message, wrong);
        }
    }

    private Term Directed(string lexical, string? language, string direction, Term? graph)
    {
        var tag = language is null ? "" : InverseContext.Lower(language);
        if (options.RdfDirection == RdfDirection.I18nDatatype)
            return new Literal(lexical, $"{I18n}{tag}_{direction}");
        var literal = new BlankNode(identifiers.Generate()[2..]);
        Emit(literal, new Iri(RdfVocabulary.Value), new Literal(lexical), graph);
        if (language is not null)
            Emit(literal, new Iri(RdfVocabulary.Language), new Literal(tag), graph);
        Emit(literal, new Iri(RdfVocabulary.Direction), new Literal(direction), graph);
        return literal;
    }

    /// <summary>List to RDF Conversion: the head of the list.</summary>
    private Term ListToRdf(JsonArray list, Term? graph)
    {
        if (list.Count == 0)
            return s_nil;
        Term head = new BlankNode(identifiers.Generate()[2..]);
        var subject = head;
        for (var at = 0; at < list.Count; at++)
        {
            if (ObjectToRdf((JsonObject)list[at]!, graph) is { } first)
                Emit(subject, s_first, first, graph);
            Term rest = at + 1 < list.Count ? new BlankNode(identifiers.Generate()[2..]) : s_nil;
            Emit(subject, s_rest, rest, graph);
            subject = rest;
        }

        return head;
    }

    private void Emit(Term subject, Term predicate, Term @object, Term? graph)
    {
        foreach (var text in _texts)
            text.ResetWrittenCount();
        TermText.Write(subject, _texts[0]);
        TermText.Write(predicate, _texts[1]);
        TermText.Write(@object, _texts[2]);
        if (graph is not null)
            TermText.Write(graph, _texts[3]);
        sink.Quad(_texts[0].WrittenSpan, _texts[1].WrittenSpan, _texts[2].WrittenSpan, _texts[3].WrittenSpan);
    }
}
