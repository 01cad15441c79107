using System.Text.Json;

namespace Reasoners.ReWoo;

/// <summary>One step of a plan: a tool call whose result gets a name.</summary>
/// <param name="Plan">What the step finds out, in words.</param>
/// <param name="Placeholder">Name of its result, e.g. <c>#E1</c>.</param>
/// <param name="Tool">Name of the tool, as written.</param>
/// <param name="Input">The tool's input: an object of arguments, or one value; placeholders not filled in.</param>
public sealed record ReWooStep(string Plan, string Placeholder, string Tool, JsonElement Input);
