namespace Hub.Abstractions;

/// <summary>A plugin cannot be loaded, or does not keep to its manifest. The hub and its other plugins go on.</summary>
public sealed class PluginException : HubException
{
    /// <summary>Creates the error.</summary>
    /// <param name="path">The plugin's folder or file.</param>
    /// <param name="message">What was found, what was needed and what to do.</param>
    /// <param name="cause">What went wrong underneath, or null.</param>
    public PluginException(string path, string message, Exception? cause = null)
        : base($"Plugin '{path}': {message}", cause)
    {
        Path = path;
    }

    /// <summary>The plugin's folder or file.</summary>
    public string Path { get; }
}
