using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Workflows.Yaml;

/// <summary>A node of a workflow file, with its place.</summary>
/// <param name="Line">Line, from 1; for a member's mapping or list, the line of its key; 0 for what no file says.</param>
public abstract record ConfigNode(int Line)
{
    /// <summary>The node as JSON: values from the environment as references, other secrets hidden.</summary>
    /// <param name="key">The key that it stands under; it decides whether the value is a secret.</param>
    public JsonElement ToJson(string key = "") => JsonSerializer.SerializeToElement(Shown(Secrets.IsSecret(key)), HubJson.Options);

    /// <summary>The node as JSON with its real values, for the one who needs them.</summary>
    public JsonElement ToValue() => JsonSerializer.SerializeToElement(Real(), HubJson.Options);

    internal abstract object? Shown(bool isSecret);

    internal abstract object? Real();
}

/// <summary>A single value: text, number, truth value or null.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Text">Its text after interpolation.</param>
/// <param name="Value">What it means.</param>
/// <param name="Reference">The text with references in place of what came from the environment; null where nothing did.</param>
public sealed record ConfigScalar(int Line, string Text, JsonElement Value, string? Reference = null) : ConfigNode(Line)
{
    /// <summary>The scalar as a message may show it.</summary>
    /// <param name="key">The key that it stands under.</param>
    public string Quoted(string key) => Value.ValueKind == JsonValueKind.Null ? "nothing"
        : $"'{Reference ?? (Secrets.IsSecret(key) ? Secrets.Hidden : Secrets.WithoutCredentials(Text))}'";

    internal override object? Shown(bool isSecret) => Reference is not null ? Reference
        : isSecret && Text.Length > 0 && Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.True or JsonValueKind.False) ? Secrets.Hidden
        : Value.ValueKind == JsonValueKind.String ? Secrets.WithoutCredentials(Text)
        : Value;

    internal override object? Real() => Value;
}

/// <summary>A sequence of nodes.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Items">Its items.</param>
public sealed record ConfigList(int Line, IReadOnlyList<ConfigNode> Items) : ConfigNode(Line)
{
    internal override object? Shown(bool isSecret) => Items.Select(i => i.Shown(isSecret)).ToArray();

    internal override object? Real() => Items.Select(i => i.Real()).ToArray();
}

/// <summary>A mapping; keys in the order of the file.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Members">Its members.</param>
public sealed record ConfigMap(int Line, IReadOnlyDictionary<string, ConfigNode> Members) : ConfigNode(Line)
{
    internal override object? Shown(bool isSecret) => Members.ToDictionary(m => m.Key, m => m.Value.Shown(isSecret || Secrets.IsSecret(m.Key)));

    internal override object? Real() => Members.ToDictionary(m => m.Key, m => m.Value.Real());
}
