using Hub.Abstractions;
using Microsoft.Extensions.Logging;

namespace Hub.Core.Plugins;

/// <summary>Loads plugins from a folder, swaps them while runs go on, and unloads them.</summary>
/// <remarks>
/// Contained: what a plugin throws, lacks, says wrongly, or hangs in. Not contained: process exit, stack overflow, faults of native code.
/// Thread safety: all members.
/// </remarks>
public sealed class PluginHost : IDisposable
{
    private readonly Lock _lock = new();
    private readonly PluginHostOptions _options;
    private readonly PluginStore _store;
    private readonly PluginFolder _folder;
    private readonly ILogger _log;
    private readonly SortedDictionary<string, LoadedPlugin> _current = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, PluginStatus> _failed = new(StringComparer.Ordinal);
    private readonly List<LoadedPlugin> _past = [];
    private bool _disposed;

    /// <summary>Creates a host; nothing is loaded yet.</summary>
    /// <param name="options">Where plugins are.</param>
    public PluginHost(PluginHostOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _store = new PluginStore(options.Store ?? Path.Combine(options.Folder, ".store"));
        _folder = new PluginFolder(options.Folder);
        _log = options.Loggers.CreateLogger("Hub.Plugins");
    }

    /// <summary>Told after the current plugins changed.</summary>
    public event Action? Changed;

    /// <summary>Where its plugins are.</summary>
    public PluginFolder Folder => _folder;

    /// <summary>Copies of the versions in use.</summary>
    public PluginStore Store => _store;

    /// <summary>All versions in memory, and those that could not be loaded.</summary>
    public IReadOnlyList<PluginStatus> Plugins
    {
        get
        {
            lock (_lock)
            {
                _past.RemoveAll(p => p.Status() is null);
                return [.. _current.Values.Concat(_past).Select(p => p.Status()).OfType<PluginStatus>().Concat(_failed.Values)];
            }
        }
    }

    /// <summary>Loads every plugin of the folder. One that fails is reported, the others are loaded.</summary>
    /// <returns>The failures.</returns>
    public IReadOnlyList<PluginException> LoadAll()
    {
        List<PluginException> failures = [];
        foreach (var folder in _folder.Plugins)
        {
            try
            {
                Add(folder);
            }
            catch (PluginException failure)
            {
                failures.Add(failure);
            }
        }

        return failures;
    }

    /// <summary>Makes the current plugins those of the folder: new and changed ones are loaded, those whose folder is gone are removed.</summary>
    /// <returns>The failures; what was current of them stays so.</returns>
    public IReadOnlyList<PluginException> Sync()
    {
        var failures = LoadAll();
        var here = _folder.Plugins.Select(PluginFolder.IdOf).ToHashSet();
        string[] gone;
        lock (_lock)
        {
            gone = [.. _current.Keys.Where(id => !here.Contains(id))];
            foreach (var folder in _failed.Keys.Where(f => !Directory.Exists(f)).ToArray())
                _failed.Remove(folder);
        }

        foreach (var id in gone)
            Remove(id);
        return failures;
    }

    /// <summary>Loads a plugin, in place of its version in memory where there is one: runs that began keep theirs.</summary>
    /// <param name="folder">The plugin's folder.</param>
    /// <returns>The plugin, current now.</returns>
    /// <exception cref="PluginException">It cannot be loaded; what was current stays so.</exception>
    public PluginStatus Add(string folder)
    {
        try
        {
            var package = PluginPackage.Open(folder);
            lock (_lock)
            {
                if (_current.TryGetValue(package.Manifest.Id, out var same) && same.Version == package.Version)
                    return same.Status()!;
            }

            var status = Swap(LoadedPlugin.Load(_store.Add(package), _options));
            _log.LogInformation("Plugin {Id} {Version} is loaded", status.Id, status.Version);
            Changed?.Invoke();
            return status;
        }
        catch (PluginException failure)
        {
            _log.LogError("{Error}", failure.Message);
            lock (_lock)
                _failed[Path.GetFullPath(folder)] = new PluginStatus(Path.GetFileName(folder.TrimEnd(Path.DirectorySeparatorChar)), "", PluginState.Failed, 0, [], folder, failure.Message);
            throw;
        }
    }

    /// <summary>Loads a plugin again from its folder.</summary>
    /// <param name="id">The plugin.</param>
    /// <exception cref="UnknownNameException">No plugin of the folder has this id.</exception>
    /// <exception cref="PluginException">It cannot be loaded; what was current stays so.</exception>
    public PluginStatus Reload(string id) => Add(_folder.FolderOf(id));

    /// <summary>Takes a plugin out: new runs do not get it, runs that began keep it.</summary>
    /// <param name="id">The plugin.</param>
    /// <exception cref="UnknownNameException">It is not loaded.</exception>
    public void Remove(string id)
    {
        lock (_lock)
        {
            if (!_current.Remove(id, out var plugin))
                throw new UnknownNameException("plugin", id, _current.Keys);
            _past.Add(plugin);
            plugin.Retire();
        }

        _log.LogInformation("Plugin {Id} is removed", id);
        Changed?.Invoke();
    }

    /// <summary>The current plugins, held until the set is disposed.</summary>
    public PluginSet Current()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return new PluginSet([.. _current.Values]);
        }
    }

    /// <summary>The plugins that a run began with, loaded from their copies where they are not in memory.</summary>
    /// <param name="versions">Version and hash by plugin id, from the run's header.</param>
    /// <exception cref="PluginVersionMissingException">The files of one are gone.</exception>
    /// <exception cref="PluginException">A copy cannot be loaded any more.</exception>
    public PluginSet Pinned(IReadOnlyDictionary<string, string> versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        List<LoadedPlugin> fresh = [];
        List<LoadedPlugin> plugins = [];
        try
        {
            foreach (var (id, version) in versions.OrderBy(v => v.Key, StringComparer.Ordinal))
            {
                var known = InMemory(id, version);
                if (known is null)
                    fresh.Add(known = LoadedPlugin.Load(_store.Find(id, version), _options));
                plugins.Add(known);
            }

            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                _past.AddRange(fresh);
                return new PluginSet(plugins);
            }
        }
        finally
        {
            // Held by the set now, or by nobody: with the last holder they go.
            fresh.ForEach(p => p.Retire());
        }
    }

    /// <summary>Unloads everything that no set holds.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
            foreach (var plugin in _current.Values)
                plugin.Retire();
            _past.AddRange(_current.Values);
            _current.Clear();
        }
    }

    private LoadedPlugin? InMemory(string id, string version)
    {
        lock (_lock)
            return _current.GetValueOrDefault(id) is { } current && current.Version == version ? current : null;
    }

    private PluginStatus Swap(LoadedPlugin plugin)
    {
        lock (_lock)
        {
            if (_disposed)
                plugin.Retire();
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_current.Remove(plugin.Id, out var old))
            {
                _past.Add(old);
                old.Retire();
            }

            _past.RemoveAll(p => p.Status() is null);
            _current[plugin.Id] = plugin;
            foreach (var folder in _failed.Where(f => PluginFolder.IdOf(f.Key) == plugin.Id).Select(f => f.Key).ToArray())
                _failed.Remove(folder);
            return plugin.Status()!;
        }
    }
}
