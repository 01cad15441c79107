namespace Hub.Workflows.Catalog;

/// <summary>One key that a file may write for a component.</summary>
/// <param name="Key">The key.</param>
/// <param name="Aliases">Other names of it.</param>
/// <param name="Type">What it takes, in words: <c>text</c>, <c>number</c>, <c>list of text</c>.</param>
/// <param name="IsRequired">Whether it must be written.</param>
/// <param name="Default">What holds where it is not written, as YAML; null for nothing.</param>
/// <param name="Summary">What it does.</param>
public sealed record OptionDescription(string Key, IReadOnlyList<string> Aliases, string Type, bool IsRequired, string? Default, string Summary);
