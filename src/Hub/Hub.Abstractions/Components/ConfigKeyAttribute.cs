namespace Hub.Abstractions;

/// <summary>Key of an option in a workflow file, where it is not the property's name in snake_case, and other keys that are accepted.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ConfigKeyAttribute : Attribute
{
    /// <summary>Names the key.</summary>
    /// <param name="key">The key that documentation uses.</param>
    /// <param name="aliases">Other keys that mean the same.</param>
    public ConfigKeyAttribute(string key, params string[] aliases)
    {
        Key = key;
        Aliases = aliases;
    }

    /// <summary>The key that documentation uses.</summary>
    public string Key { get; }

    /// <summary>Other keys that mean the same.</summary>
    public IReadOnlyList<string> Aliases { get; }
}
