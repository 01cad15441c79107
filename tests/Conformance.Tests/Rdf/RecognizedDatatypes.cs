using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using Knowledge.Rdf;

namespace Conformance.Tests.Rdf;

/// <summary>Datatypes whose values an interpretation knows: literals become values, so that equal values are equal terms.</summary>
/// <param name="recognized">IRIs of the datatypes, beside those that are always known: strings and strings with a language.</param>
internal sealed partial class RecognizedDatatypes(IEnumerable<string> recognized)
{
    private const string Number = "value:number";
    private const string Rdf = RdfVocabulary.Namespace;
    private const string Xsd = XsdVocabulary.Namespace;

    /// <summary>Bounds of the datatypes that are whole numbers.</summary>
    private static readonly Dictionary<string, (decimal Min, decimal Max)> s_whole = new()
    {
        [Xsd + "integer"] = (decimal.MinValue, decimal.MaxValue),
        [Xsd + "int"] = (int.MinValue, int.MaxValue),
        [Xsd + "nonNegativeInteger"] = (0, decimal.MaxValue),
        [Xsd + "nonPositiveInteger"] = (decimal.MinValue, 0),
    };

    /// <summary>All that are known.</summary>
    public IReadOnlyList<string> All { get; } = [.. recognized.Concat([XsdVocabulary.String, RdfVocabulary.LangString]).Distinct()];

    /// <summary>The value of a literal as a term; the term itself where its datatype is not known.</summary>
    /// <returns>False where the literal has no value: it is ill-formed.</returns>
    public bool TryValue(Literal literal, out Literal value)
    {
        value = literal;
        if (!All.Contains(literal.Datatype))
            return true;
        var lexical = literal.Lexical;
        switch (literal.Datatype)
        {
            case XsdVocabulary.String:
                return lexical.All(c => XmlConvert.IsXmlChar(c) || char.IsSurrogate(c));
            case RdfVocabulary.LangString or RdfVocabulary.DirLangString or Rdf + "HTML":
                return true;
            case Rdf + "XMLLiteral":
                return IsXml(lexical);
            case Rdf + "JSON":
                return TryJson(lexical, out value);
            case Xsd + "float" or Xsd + "double" when Floating().IsMatch(lexical):
                var isFloat = literal.Datatype == Xsd + "float";
                value = new Literal(isFloat ? float.Parse(lexical, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture) : double.Parse(lexical, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture), isFloat ? "value:float" : "value:double");
                return true;
            case Xsd + "decimal" when Decimal().IsMatch(lexical):
            case var _ when s_whole.ContainsKey(literal.Datatype) && Whole().IsMatch(lexical):
                value = new Literal(decimal.Parse(lexical, CultureInfo.InvariantCulture).ToString("G29", CultureInfo.InvariantCulture), Number);
                return Has(literal.Datatype, value);
            default:
                return false;
        }
    }

    /// <summary>Whether a value is one of a datatype's; null where nothing is known of the literal.</summary>
    public bool? Contains(string datatype, Literal value) => All.Contains(value.Datatype) || value.Datatype.StartsWith("value:", StringComparison.Ordinal) ? Has(datatype, value) : null;

    /// <summary>Some values of a datatype: it has members, whatever a graph says.</summary>
    public static IEnumerable<Literal> Witnesses(string datatype) => s_whole.ContainsKey(datatype) ? new[] { "-1", "0", "1" }.Select(n => new Literal(n, Number)).Where(v => Has(datatype, v))
        : datatype == XsdVocabulary.String ? [new Literal("witness")] : datatype == RdfVocabulary.LangString ? [Literal.InLanguage("witness", "en")] : [];

    private static bool Has(string datatype, Literal value) => value.Datatype switch
    {
        Number => datatype == Xsd + "decimal" || (s_whole.TryGetValue(datatype, out var bounds) && decimal.Parse(value.Lexical, CultureInfo.InvariantCulture) is var number && decimal.Truncate(number) == number && number >= bounds.Min && number <= bounds.Max),
        "value:float" => datatype == Xsd + "float",
        "value:double" => datatype == Xsd + "double",
        "value:json" => datatype == Rdf + "JSON",
        _ => value.Datatype == datatype,
    };

    private static bool IsXml(string text)
    {
        try
        {
            using var xml = XmlReader.Create(new StringReader(text), new XmlReaderSettings { ConformanceLevel = ConformanceLevel.Fragment });
            while (xml.Read())
                continue;
            return true;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static bool TryJson(string text, out Literal value)
    {
        value = new Literal(text);
        try
        {
            using var json = JsonDocument.Parse(text);
            value = new Literal(Canonical(json.RootElement), "value:json");
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string Canonical(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => json.GetDouble().ToString("R", CultureInfo.InvariantCulture),
        JsonValueKind.Array => $"[{string.Join(',', json.EnumerateArray().Select(Canonical))}]",
        JsonValueKind.Object => $"{{{string.Join(',', json.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => $"{JsonSerializer.Serialize(p.Name)}:{Canonical(p.Value)}"))}}}",
        _ => json.GetRawText(),
    };

    [GeneratedRegex(@"^(?:[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN)$")]
    private static partial Regex Floating();

    [GeneratedRegex(@"^[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$")]
    private static partial Regex Decimal();

    [GeneratedRegex(@"^[+-]?[0-9]+$")]
    private static partial Regex Whole();
}
