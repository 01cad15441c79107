using Hub.Abstractions;

namespace Hub.Workflows.Building;

/// <summary>A component's options name another component.</summary>
/// <param name="Owner">Key of the component that refers.</param>
/// <param name="Line">Line of the name.</param>
/// <param name="Key">Path of the name.</param>
/// <param name="Name">The name.</param>
/// <param name="Kind">What it names; <see cref="ComponentKind.Tool"/> for any function or group.</param>
internal sealed record ComponentReference(string Owner, int Line, string Key, string Name, ComponentKind Kind);
