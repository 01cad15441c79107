using System.Globalization;
using System.Text.Json;

namespace Knowledge.Memory;

/// <summary>Facts in JSON: what programs and models write.</summary>
/// <remarks>
/// An array of objects with <c>subject</c> (a name, or an IRI in angle brackets),
/// <c>predicate</c> (a word of the schema or the end of its IRI, or an IRI in angle brackets),
/// <c>object</c> (a name, a number, true or false; text where the property takes literals), and optionally <c>from</c>, <c>to</c>
/// (<c>2024</c>, <c>2024-05</c>, <c>2024-05-07</c> or a moment with its zone),
/// <c>confidence</c> (0 to 1) and <c>change</c> (<c>holds</c>, <c>ends</c>, <c>retracts</c>).
/// </remarks>
public static class FactJson
{
    /// <summary>Most facts in one array.</summary>
    public const int MaxFacts = 100_000;

    private static readonly string[] s_keys = ["subject", "predicate", "object", "from", "to", "confidence", "change"];

    /// <summary>Reads facts.</summary>
    /// <param name="json">The array.</param>
    /// <param name="context">The schema, and the entities of names.</param>
    /// <exception cref="MemoryFormatException">The text is not such an array; the message says which fact and key.</exception>
    public static IReadOnlyList<MemoryFact> Parse(string json, ExtractionContext context)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(context);
        JsonElement root;
        try
        {
            root = JsonElement.Parse(json);
        }
        catch (JsonException e)
        {
            throw new MemoryFormatException($"The facts are not JSON: {e.Message}", e);
        }

        if (root.ValueKind != JsonValueKind.Array)
            throw new MemoryFormatException($"The facts are a JSON {root.ValueKind}; an array of objects is needed.");
        if (root.GetArrayLength() > MaxFacts)
            throw new MemoryFormatException($"There are {root.GetArrayLength():N0} facts; write at most {MaxFacts:N0} at a time.");
        return [.. root.EnumerateArray().Select((fact, i) => Fact(fact, $"fact {i + 1}", context))];
    }

    private static MemoryFact Fact(JsonElement fact, string where, ExtractionContext context)
    {
        if (fact.ValueKind != JsonValueKind.Object)
            throw new MemoryFormatException($"{where} is a JSON {fact.ValueKind}; an object with subject, predicate and object is needed.");
        if (fact.EnumerateObject().Select(p => p.Name).FirstOrDefault(n => !s_keys.Contains(n)) is { } unknown)
            throw new MemoryFormatException($"{where} has the key '{unknown}'; known are {string.Join(", ", s_keys)}.");
        var property = Property(Text(fact, "predicate", where), where, context.Schema);
        return new MemoryFact(Entity(Text(fact, "subject", where), context), property.Iri, Object(fact, property, where, context))
        {
            From = Time(fact, "from", where),
            To = Time(fact, "to", where),
            Confidence = !fact.TryGetProperty("confidence", out var confidence) || confidence.ValueKind == JsonValueKind.Null ? 1
                : confidence.ValueKind == JsonValueKind.Number && confidence.GetDouble() is >= 0 and <= 1 and var value ? value
                : throw new MemoryFormatException($"{where}: confidence is {confidence}; a number from 0 to 1 is needed."),
            Change = !fact.TryGetProperty("change", out var change) ? FactChange.Holds
                : Enum.TryParse<FactChange>(change.ToString(), ignoreCase: true, out var known) && !int.TryParse(change.ToString(), out _) ? known
                : throw new MemoryFormatException($"{where}: change is '{change}'; it must be holds, ends or retracts."),
        };
    }

    private static MemoryProperty Property(string name, string where, MemorySchema schema)
    {
        if (name is ['<', .. var iri, '>'])
            return schema[new Iri(iri)];
        return schema.Find(name) ?? throw new MemoryFormatException($"{where}: the schema has no property '{name}'. It has {string.Join(", ", schema.Properties.Select(p => MemorySchema.LocalName(p.Iri)).DefaultIfEmpty("none"))}; use one of them, or a whole IRI in angle brackets.");
    }

    private static Term Object(JsonElement fact, MemoryProperty property, string where, ExtractionContext context)
    {
        if (!fact.TryGetProperty("object", out var value))
            throw new MemoryFormatException($"{where} has no object.");
        switch (value.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return new Literal(value.GetBoolean() ? "true" : "false", XsdVocabulary.Boolean);
            case JsonValueKind.Number:
                var raw = value.GetRawText();
                return new Literal(raw, property.TakesLiterals ? property.Range! : raw.AsSpan().ContainsAny(".eE") ? XsdVocabulary.Double : XsdVocabulary.Integer);
            case JsonValueKind.String when value.GetString() is { Length: > 0 } text:
                return property.TakesLiterals ? new Literal(text, property.Range!) : Entity(text, context);
            default:
                throw new MemoryFormatException($"{where}: object is {value.GetRawText()}; a name, a number, true or false is needed.");
        }
    }

    private static Iri Entity(string name, ExtractionContext context) => name is ['<', .. var iri, '>'] ? new Iri(iri) : context.Entity(name);

    private static string Text(JsonElement fact, string key, string where) =>
        fact.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString())
            ? value.GetString()!
            : throw new MemoryFormatException($"{where} has no {key}; a text is needed.");

    private static DateTimeOffset? Time(JsonElement fact, string key, string where)
    {
        if (!fact.TryGetProperty(key, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        var text = value.ToString();
        if (DateTimeOffset.TryParseExact(text, ["yyyy", "yyyy-MM", "yyyy-MM-dd", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return time;
        throw new MemoryFormatException($"{where}: {key} is '{text}'; a year, a month (2024-05), a day (2024-05-07) or a moment with its zone is needed.");
    }
}
