namespace Hub.Core.Plugins;

/// <summary>A plugin version, as <c>hub plugins list</c> shows it.</summary>
/// <param name="Id">The plugin.</param>
/// <param name="Version">Version and beginning of the hash.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Runs">Component sets that hold it.</param>
/// <param name="Capabilities">Kinds of components.</param>
/// <param name="Folder">Its files.</param>
/// <param name="Error">Why it could not be loaded, or null.</param>
public sealed record PluginStatus(string Id, string Version, PluginState State, int Runs, IReadOnlyList<string> Capabilities, string Folder, string? Error = null);
