using System.Text.Json;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>SPARQL Query Results JSON Format. Source: SPARQL 1.1 and 1.2 Query Results JSON Format.</summary>
internal sealed class JsonResults : ResultFormat
{
    public override string Name => "json";

    public override IReadOnlyList<string> MediaTypes => ["application/sparql-results+json", "application/json"];

    public override string Extension => "srj";

    private static readonly JsonWriterOptions s_options = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write(IReadOnlyList<string> variables, IEnumerable<Solution> solutions, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, s_options);
        json.WriteStartObject();
        json.WriteStartObject("head");
        json.WriteStartArray("vars");
        foreach (var variable in variables)
            json.WriteStringValue(variable);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("results");
        json.WriteStartArray("bindings");
        foreach (var solution in solutions)
        {
            json.WriteStartObject();
            for (var i = 0; i < variables.Count; i++)
            {
                if (solution[i] is not { } term)
                    continue;
                json.WritePropertyName(variables[i]);
                WriteTerm(term, json);
            }

            json.WriteEndObject();
            if (json.BytesPending > 1 << 16)
                json.Flush();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public override void Write(bool answer, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, s_options);
        json.WriteStartObject();
        json.WriteStartObject("head");
        json.WriteEndObject();
        json.WriteBoolean("boolean", answer);
        json.WriteEndObject();
    }

    private static void WriteTerm(Term term, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        switch (term)
        {
            case Iri iri:
                json.WriteString("type", "uri");
                json.WriteString("value", iri.Value);
                break;
            case BlankNode blank:
                json.WriteString("type", "bnode");
                json.WriteString("value", blank.Label);
                break;
            case Literal literal:
                json.WriteString("type", "literal");
                json.WriteString("value", literal.Lexical);
                if (literal.Language is { } language)
                    json.WriteString("xml:lang", language);
                else if (literal.Datatype != XsdVocabulary.String)
                    json.WriteString("datatype", literal.Datatype);
                if (literal.Direction is { } direction)
                    json.WriteString("its:dir", direction == BaseDirection.LeftToRight ? "ltr" : "rtl");
                break;
            case TripleTerm triple:
                json.WriteString("type", "triple");
                json.WriteStartObject("value");
                json.WritePropertyName("subject");
                WriteTerm(triple.Subject, json);
                json.WritePropertyName("predicate");
                WriteTerm(triple.Predicate, json);
                json.WritePropertyName("object");
                WriteTerm(triple.Object, json);
                json.WriteEndObject();
                break;
        }

        json.WriteEndObject();
    }

    public override ResultDocument Read(Stream stream)
    {
        try
        {
            using var document = JsonDocument.Parse(stream);
            var root = document.RootElement;
            if (root.TryGetProperty("boolean", out var boolean))
                return new ResultDocument(null, boolean.GetBoolean());
            var variables = Property(Property(root, "head"), "vars").EnumerateArray().Select(v => v.GetString()!).ToList();
            var rows = Property(Property(root, "results"), "bindings").EnumerateArray().Select(b => ReadRow(b, variables)).ToList();
            return new ResultDocument(new SolutionTable(variables, rows), null);
        }
        catch (JsonException failure)
        {
            throw new RdfSyntaxException(failure.Message, (failure.LineNumber ?? -1) + 1, (failure.BytePositionInLine ?? 0) + 1, failure);
        }
        catch (InvalidOperationException failure)
        {
            throw new RdfSyntaxException($"The JSON is not a query result: {failure.Message}", 0, 0, failure);
        }
    }

    private static Term?[] ReadRow(JsonElement binding, List<string> variables)
    {
        var row = new Term?[variables.Count];
        foreach (var property in binding.EnumerateObject())
        {
            var at = variables.IndexOf(property.Name);
            row[at >= 0 ? at : throw new RdfSyntaxException($"The head names no variable {property.Name}.", 0, 0)] = ReadTerm(property.Value);
        }

        return row;
    }

    private static Term ReadTerm(JsonElement term)
    {
        var type = Property(term, "type").GetString();
        var value = Property(term, "value");
        switch (type)
        {
            case "uri":
                return new Iri(value.GetString()!);
            case "bnode":
                return new BlankNode(value.GetString()!);
            case "literal" or "typed-literal":
                if (term.TryGetProperty("xml:lang", out var language))
                {
                    BaseDirection? direction = term.TryGetProperty("its:dir", out var d) ? (d.GetString() == "rtl" ? BaseDirection.RightToLeft : BaseDirection.LeftToRight) : null;
                    return Literal.InLanguage(value.GetString()!, language.GetString()!, direction);
                }

                return term.TryGetProperty("datatype", out var datatype) ? new Literal(value.GetString()!, datatype.GetString()!) : new Literal(value.GetString()!);
            case "triple":
                return new TripleTerm(
                    ReadTerm(Property(value, "subject")),
                    ReadTerm(Property(value, "predicate")) as Iri ?? throw new RdfSyntaxException("A triple's predicate is no IRI.", 0, 0),
                    ReadTerm(Property(value, "object")));
            default:
                throw new RdfSyntaxException($"'{type}' is no type of a term; uri, bnode, literal or triple is needed.", 0, 0);
        }
    }

    private static JsonElement Property(JsonElement element, string name) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
        ? value : throw new RdfSyntaxException($"The JSON is not a query result: it has no \"{name}\" where one is needed.", 0, 0);
}
