using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Hub.Core.Answers;

/// <summary>Checks a JSON value by a JSON Schema, with messages that a model can mend its answer by.</summary>
/// <remarks>
/// Keywords: type, enum, const, properties, required, additionalProperties, items, prefixItems, minItems, maxItems, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf,
/// minLength, maxLength, pattern, anyOf, oneOf, allOf, not, and $ref within the schema. Others are ignored, as the specification asks of annotations.
/// Source: JSON Schema, draft 2020-12, the validation vocabulary.
/// </remarks>
public static class JsonSchemaCheck
{
    private const int MaxDepth = 64;
    private const int MaxFaults = 20;
    private static readonly TimeSpan s_patternTimeout = TimeSpan.FromSeconds(1);

    /// <summary>What is wrong, each with its path (<c>$.items[2].name</c>); nothing where the value fits.</summary>
    /// <param name="value">The value.</param>
    /// <param name="schema">The schema: an object, true or false.</param>
    public static IReadOnlyList<string> Faults(JsonElement value, JsonElement schema)
    {
        List<string> faults = [];
        Check(value, schema, schema, "$", faults, 0);
        return [.. faults.Take(MaxFaults)];
    }

    private static void Check(JsonElement value, JsonElement schema, JsonElement root, string path, List<string> faults, int depth)
    {
        if (depth > MaxDepth)
        {
            faults.Add($"{path}: the schema refers to itself more than {MaxDepth} levels deep.");
            return;
        }

        if (schema.ValueKind == JsonValueKind.False)
            faults.Add($"{path}: nothing may stand here.");
        if (schema.ValueKind != JsonValueKind.Object || faults.Count >= MaxFaults)
            return;
        if (Text(schema, "$ref") is { } reference)
        {
            if (Resolve(root, reference) is { } target)
                Check(value, target, root, path, faults, depth + 1);
            else
                faults.Add($"{path}: the schema refers to '{reference}', which is not in it.");
        }

        if (schema.TryGetProperty("type", out var type) && !Types(type).Any(t => IsOf(value, t)))
        {
            faults.Add($"{path}: {Excerpt(value)} stands here; {string.Join(" or ", Types(type))} is needed.");
            return;
        }

        if (schema.TryGetProperty("enum", out var choices) && choices.ValueKind == JsonValueKind.Array && !choices.EnumerateArray().Any(c => JsonElement.DeepEquals(c, value)))
            faults.Add($"{path}: {Excerpt(value)} stands here; one of {Excerpt(choices)} is needed.");
        if (schema.TryGetProperty("const", out var constant) && !JsonElement.DeepEquals(constant, value))
            faults.Add($"{path}: {Excerpt(value)} stands here; {Excerpt(constant)} is needed.");
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Object(value, schema, root, path, faults, depth);
                break;
            case JsonValueKind.Array:
                Array(value, schema, root, path, faults, depth);
                break;
            case JsonValueKind.Number:
                Number(value.GetDouble(), schema, path, faults);
                break;
            case JsonValueKind.String:
                String(value.GetString()!, schema, path, faults);
                break;
        }

        Combined(value, schema, root, path, faults, depth);
    }

    private static void Object(JsonElement value, JsonElement schema, JsonElement root, string path, List<string> faults, int depth)
    {
        if (schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
            faults.AddRange(required.EnumerateArray().Where(r => !value.TryGetProperty(r.GetString()!, out _)).Select(r => $"{path}: '{r.GetString()}' is missing."));
        var known = schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object;
        var others = schema.TryGetProperty("additionalProperties", out var additional) ? additional : (JsonElement?)null;
        foreach (var member in value.EnumerateObject())
        {
            if (known && properties.TryGetProperty(member.Name, out var own))
                Check(member.Value, own, root, $"{path}.{member.Name}", faults, depth + 1);
            else if (others is { ValueKind: JsonValueKind.False })
                faults.Add($"{path}: '{member.Name}' is not known here.");
            else if (others is { } other)
                Check(member.Value, other, root, $"{path}.{member.Name}", faults, depth + 1);
        }
    }

    private static void Array(JsonElement value, JsonElement schema, JsonElement root, string path, List<string> faults, int depth)
    {
        var length = value.GetArrayLength();
        if (Count(schema, "minItems") is { } least && length < least)
            faults.Add($"{path}: {length} items; at least {least} are needed.");
        if (Count(schema, "maxItems") is { } most && length > most)
            faults.Add($"{path}: {length} items; at most {most} are allowed.");
        JsonElement[] first = schema.TryGetProperty("prefixItems", out var prefix) && prefix.ValueKind == JsonValueKind.Array ? [.. prefix.EnumerateArray()] : [];
        var rest = schema.TryGetProperty("items", out var items) ? items : (JsonElement?)null;
        var i = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (i < first.Length)
                Check(item, first[i], root, $"{path}[{i}]", faults, depth + 1);
            else if (rest is { } of)
                Check(item, of, root, $"{path}[{i}]", faults, depth + 1);
            i++;
        }
    }

    private static void Number(double value, JsonElement schema, string path, List<string> faults)
    {
        void Limit(string keyword, Func<double, bool> holds, string words)
        {
            if (schema.TryGetProperty(keyword, out var limit) && limit.ValueKind == JsonValueKind.Number && !holds(limit.GetDouble()))
                faults.Add(string.Create(CultureInfo.InvariantCulture, $"{path}: {value} stands here; a number {words} {limit.GetRawText()} is needed."));
        }

        Limit("minimum", l => value >= l, "of at least");
        Limit("maximum", l => value <= l, "of at most");
        Limit("exclusiveMinimum", l => value > l, "above");
        Limit("exclusiveMaximum", l => value < l, "below");
        Limit("multipleOf", l => l > 0 && Math.Abs((value / l) - Math.Round(value / l)) < 1e-9, "that is a multiple of");
    }

    private static void String(string value, JsonElement schema, string path, List<string> faults)
    {
        var length = new StringInfo(value).LengthInTextElements;
        if (Count(schema, "minLength") is { } least && length < least)
            faults.Add($"{path}: the text has {length} characters; at least {least} are needed.");
        if (Count(schema, "maxLength") is { } most && length > most)
            faults.Add($"{path}: the text has {length} characters; at most {most} are allowed.");
        if (Text(schema, "pattern") is { } pattern && !Matches(value, pattern))
            faults.Add($"{path}: the text does not fit the pattern {pattern}.");
    }

    private static void Combined(JsonElement value, JsonElement schema, JsonElement root, string path, List<string> faults, int depth)
    {
        List<string> Of(JsonElement part)
        {
            List<string> found = [];
            Check(value, part, root, path, found, depth + 1);
            return found;
        }

        if (schema.TryGetProperty("allOf", out var all) && all.ValueKind == JsonValueKind.Array)
            faults.AddRange(all.EnumerateArray().SelectMany(Of));
        if (schema.TryGetProperty("anyOf", out var any) && any.ValueKind == JsonValueKind.Array && any.EnumerateArray().Select(Of).ToList() is var tried && tried.All(t => t.Count > 0))
            faults.AddRange(tried.OrderBy(t => t.Count).FirstOrDefault() ?? []);
        if (schema.TryGetProperty("oneOf", out var one) && one.ValueKind == JsonValueKind.Array && one.EnumerateArray().Count(o => Of(o).Count == 0) is var fitting and not 1)
            faults.Add($"{path}: {Excerpt(value)} fits {fitting} of the schema's alternatives; exactly one is needed.");
        if (schema.TryGetProperty("not", out var not) && Of(not).Count == 0)
            faults.Add($"{path}: {Excerpt(value)} is what the schema excludes.");
    }

    private static IEnumerable<string> Types(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool IsOf(JsonElement value, string type) => (type, value.ValueKind) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number)
            or ("boolean", JsonValueKind.True or JsonValueKind.False) or ("null", JsonValueKind.Null) => true,
        ("integer", JsonValueKind.Number) => value.GetDouble() is var number && Math.Floor(number) == number,
        _ => false,
    };

    /// <summary>A pointer into the schema: <c>#</c>, <c>#/$defs/name</c>.</summary>
    private static JsonElement? Resolve(JsonElement root, string reference)
    {
        if (!reference.StartsWith('#'))
            return null;
        JsonElement? at = root;
        foreach (var part in reference[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            at = at switch
            {
                { ValueKind: JsonValueKind.Object } map when map.TryGetProperty(name, out var next) => next,
                { ValueKind: JsonValueKind.Array } list when int.TryParse(name, CultureInfo.InvariantCulture, out var index) && index >= 0 && index < list.GetArrayLength() => list[index],
                _ => null,
            };
        }

        return at;
    }

    private static bool Matches(string value, string pattern)
    {
        try
        {
            return Regex.IsMatch(value, pattern, RegexOptions.CultureInvariant | RegexOptions.ECMAScript, s_patternTimeout);
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            return true; // a pattern that cannot be used says nothing about the text
        }
    }

    private static int? Count(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var limit) && limit.ValueKind == JsonValueKind.Number && limit.TryGetInt32(out var count) ? count : null;

    private static string? Text(JsonElement schema, string keyword) => schema.TryGetProperty(keyword, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Excerpt(JsonElement value)
    {
        const int Longest = 80;
        var text = value.GetRawText();
        return text.Length <= Longest ? text : $"{text[..Longest]}…";
    }
}
