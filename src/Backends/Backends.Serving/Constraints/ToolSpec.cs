namespace Backends.Serving.Constraints;

/// <summary>What the mask knows of a tool.</summary>
/// <param name="Name">The tool's name, not empty.</param>
/// <param name="Arguments">Names of its arguments; the only keys that its input object may have.</param>
public sealed record ToolSpec(string Name, IReadOnlyList<string> Arguments);
