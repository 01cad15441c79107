using Hub.Abstractions;

namespace Hub.Workflows.Building;

/// <summary>A component of a workflow file is of a type that this hub does not have.</summary>
/// <param name="Kind">What the component would be; <see cref="ComponentKind.Tool"/> for any function.</param>
/// <param name="Type">The name after <c>_type:</c>.</param>
/// <param name="Key">The component's key in the file.</param>
/// <param name="Line">Its line.</param>
/// <param name="IsNeeded">Whether the workflow cannot be built without it; else nothing refers to it.</param>
public sealed record MissingType(ComponentKind Kind, string Type, string Key, int Line, bool IsNeeded);
