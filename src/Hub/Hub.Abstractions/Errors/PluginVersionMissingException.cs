namespace Hub.Abstractions;

/// <summary>A run goes on only with the plugin version that it began with, and that version's files are gone.</summary>
public sealed class PluginVersionMissingException : HubException
{
    /// <summary>Creates the error.</summary>
    /// <param name="id">The plugin.</param>
    /// <param name="version">Version and hash that the run recorded.</param>
    /// <param name="known">Versions of it that are there.</param>
    public PluginVersionMissingException(string id, string version, IReadOnlyList<string> known)
        : base($"The run began with plugin '{id}' {version}, whose files are not here. " +
            (known.Count == 0 ? "No version of it is here. " : $"Here: {string.Join(", ", known)}. ") +
            $"Add that version with 'hub plugins add FOLDER', or begin a new run.")
    {
        Id = id;
        Version = version;
    }

    /// <summary>The plugin.</summary>
    public string Id { get; }

    /// <summary>Version and hash that the run recorded.</summary>
    public string Version { get; }
}
