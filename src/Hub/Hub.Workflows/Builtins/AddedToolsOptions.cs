namespace Hub.Workflows.Builtins;

/// <summary>Tools that the program around the hub adds under this group's name while it runs; until then there are none.</summary>
internal sealed class AddedToolsOptions;
