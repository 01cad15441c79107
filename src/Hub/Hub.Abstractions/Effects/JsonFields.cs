using System.Text.Json;

namespace Hub.Abstractions;

/// <summary>Fields of records that are written one by one.</summary>
internal static class JsonFields
{
    /// <summary>A text, where there is one.</summary>
    public static void WriteIf(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    /// <summary>A number, where there is one.</summary>
    public static void WriteIf(Utf8JsonWriter json, ReadOnlySpan<byte> name, float? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }

    /// <summary>A whole number, where there is one.</summary>
    public static void WriteIf(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
    }

    /// <summary>An array of texts.</summary>
    public static void WriteStrings(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
