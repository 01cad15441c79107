namespace Hub.Nano.Tasks;

/// <summary>What the calculator tools of one task have in common.</summary>
/// <param name="Prefix">Begins their names.</param>
/// <param name="Arguments">One name for an array, two for a pair.</param>
/// <param name="BuiltIn">True for the hub's own names and descriptions.</param>
/// <param name="IsDescribed">False where a name must say all: many a method becomes a tool without a word about it.</param>
internal sealed record ToolStyle(string Prefix, IReadOnlyList<string> Arguments, bool BuiltIn, bool IsDescribed);
