namespace Hub.Server.Toolkit;

/// <summary>A step as the toolkit streams it: <c>ResponseIntermediateStep</c>.</summary>
/// <param name="Id">UUID; a later step of the same id replaces an earlier one.</param>
/// <param name="ParentId">UUID of the function that it belongs to, or <c>root</c>.</param>
/// <param name="Type"><c>markdown</c>, or the event's type in raw streams.</param>
/// <param name="Name">What people see.</param>
/// <param name="Payload">Markdown, or the step as JSON text in raw streams.</param>
internal sealed record ToolkitStep(string Id, string ParentId, string Type, string Name, string Payload);
