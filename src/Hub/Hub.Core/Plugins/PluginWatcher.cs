namespace Hub.Core.Plugins;

/// <summary>Keeps a host's plugins those of its folder, a moment after the folder has come to rest.</summary>
public sealed class PluginWatcher : IDisposable
{
    private readonly PluginHost _host;
    private readonly FileSystemWatcher _watcher;
    private readonly ITimer _rest;
    private readonly TimeSpan _quiet;

    /// <summary>Begins to watch.</summary>
    /// <param name="host">Its plugins are kept.</param>
    /// <param name="folder">The host's folder; made where it is not there.</param>
    /// <param name="quiet">How long nothing must change before the folder is read; null for 300 ms.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public PluginWatcher(PluginHost host, string folder, TimeSpan? quiet = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        Directory.CreateDirectory(folder);
        _host = host;
        _quiet = quiet ?? TimeSpan.FromMilliseconds(300);
        _rest = (time ?? TimeProvider.System).CreateTimer(_ => Synchronise(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _watcher = new FileSystemWatcher(folder) { IncludeSubdirectories = true, NotifyFilter = NotifyFilters.DirectoryName | NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
        FileSystemEventHandler changed = (_, e) => Touched(e.FullPath);
        _watcher.Created += changed;
        _watcher.Changed += changed;
        _watcher.Deleted += changed;
        _watcher.Renamed += (_, e) => Touched(e.FullPath);
        // More changes at once than the system's buffer holds: which ones does not matter, the whole folder is read.
        _watcher.Error += (_, _) => Touched(folder);
        _watcher.EnableRaisingEvents = true;
    }

    /// <summary>Told after each reading of the folder, with what could not be loaded.</summary>
    public event Action<IReadOnlyList<Hub.Abstractions.PluginException>>? Synchronised;

    /// <summary>Stops watching.</summary>
    public void Dispose()
    {
        _watcher.Dispose();
        _rest.Dispose();
    }

    private void Touched(string path)
    {
        // The copies of versions in use are the host's own.
        if (!path.Contains($"{Path.DirectorySeparatorChar}.store", StringComparison.Ordinal))
            _rest.Change(_quiet, Timeout.InfiniteTimeSpan);
    }

    private void Synchronise()
    {
        try
        {
            Synchronised?.Invoke(_host.Sync());
        }
        catch (Exception moving) when (moving is IOException or UnauthorizedAccessException)
        {
            // A folder that changes while it is read is read again when it has come to rest.
            _rest.Change(_quiet, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            Dispose();
        }
    }
}
