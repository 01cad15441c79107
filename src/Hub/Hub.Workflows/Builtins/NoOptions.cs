namespace Hub.Workflows.Builtins;

/// <summary>Options of components that have none of their own.</summary>
public sealed class NoOptions;
