using System.Text.Json;

namespace Hub.Workflows.Yaml;

/// <summary>What a scalar's tag makes of it.</summary>
internal static class YamlTags
{
    public const string Sequence = Prefix + "seq";
    public const string Mapping = Prefix + "map";

    private const string Prefix = "tag:yaml.org,2002:";

    /// <summary>A scalar's meaning.</summary>
    /// <param name="tag">Its tag; null for none.</param>
    /// <param name="text">Its text.</param>
    /// <param name="isPlain">Whether it stands without quotes.</param>
    /// <exception cref="FormatException">The text is not what the tag says, or the tag is not known.</exception>
    public static JsonElement Resolve(string? tag, string text, bool isPlain)
    {
        if (tag is null)
            return isPlain ? YamlScalars.Resolve(text) : YamlScalars.Text(text);
        switch (tag)
        {
            case "!" or Prefix + "str":
                return YamlScalars.Text(text);
            case Prefix + "null":
                return YamlScalars.Resolve("null");
            case Prefix + "bool" or Prefix + "int" or Prefix + "float" or Prefix + "timestamp":
                var value = YamlScalars.Resolve(text);
                return Fits(tag[Prefix.Length..], value.ValueKind)
                    ? value
                    : throw new FormatException($"'{text}' is tagged '!!{tag[Prefix.Length..]}' and is none. Mend it, or take the tag away.");
            default:
                throw new FormatException($"The tag '{tag}' is not known. Take it away.");
        }
    }

    private static bool Fits(string type, JsonValueKind kind) => type switch
    {
        "bool" => kind is JsonValueKind.True or JsonValueKind.False,
        "timestamp" => kind == JsonValueKind.String,
        _ => kind == JsonValueKind.Number,
    };
}
