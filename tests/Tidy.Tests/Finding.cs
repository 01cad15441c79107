namespace Tidy.Tests;

/// <summary>One breach of a house rule: where it is, and what to do instead.</summary>
/// <param name="Path">Path from the repository's root, with '/'.</param>
/// <param name="Line">Line, from 1; 0 when the breach has no line.</param>
/// <param name="Message">What was found and what is wanted.</param>
public sealed record Finding(string Path, int Line, string Message)
{
    public override string ToString() => $"{Path}:{Line}: {Message}";
}
