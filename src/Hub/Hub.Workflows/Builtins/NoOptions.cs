namespace Hub.Workflows.Builtins;

/// <summary>Options of components that have none.</summary>
public sealed class NoOptions
{
    /// <summary>Description for a model that may call the component; the built-in one where it is empty.</summary>
    public string Description { get; set; } = "";
}
