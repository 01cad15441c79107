namespace Hub.Workflows.Building;

/// <summary>Kinds of component types.</summary>
public enum ComponentKind
{
    /// <summary>A model provider, for <c>llms</c>.</summary>
    Model,

    /// <summary>A tool, for <c>functions</c>.</summary>
    Tool,

    /// <summary>A group of tools, for <c>function_groups</c>.</summary>
    ToolGroup,

    /// <summary>A reasoner, for <c>workflow</c> and <c>functions</c>.</summary>
    Reasoner,
}
