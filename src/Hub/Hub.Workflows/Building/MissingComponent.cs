using Hub.Abstractions;

namespace Hub.Workflows.Building;

/// <summary>A component of a type that the toolkit has and this hub has not.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Line">Its line.</param>
/// <param name="Key">Its key.</param>
internal sealed record MissingComponent(string Name, string Type, ComponentKind Kind, int Line, string Key)
{
    public bool IsGroup => Kind == ComponentKind.ToolGroup;

    public string Message => $"'{Name}' is of the toolkit's type '{Type}', which is not available yet. Take it out, or bring the type in with a plugin.";
}
