using Hub.Abstractions;

namespace Hub.Core.Plugins;

/// <summary>The plugin versions that one set of components is made of. They stay in memory until it is disposed.</summary>
public sealed class PluginSet : IDisposable
{
    private readonly IReadOnlyList<LoadedPlugin> _plugins;
    private int _disposed;

    internal PluginSet(IReadOnlyList<LoadedPlugin> plugins)
    {
        foreach (var plugin in plugins)
            plugin.Hold();
        _plugins = plugins;
        Versions = plugins.ToDictionary(p => p.Id, p => p.Version, StringComparer.Ordinal);
    }

    /// <summary>Version and hash by plugin id: what a run's header records.</summary>
    public IReadOnlyDictionary<string, string> Versions { get; }

    /// <summary>Registers the component types of all of them.</summary>
    /// <param name="hub">Takes the types.</param>
    public void Configure(IHubRegistry hub)
    {
        foreach (var plugin in _plugins)
            plugin.Configure(hub);
    }

    /// <summary>Gives the plugins back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
            return;
        foreach (var plugin in _plugins)
            plugin.Release();
    }
}
