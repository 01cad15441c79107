using Hub.Abstractions;

namespace Hub.Core.Plugins;

/// <summary>Copies of every plugin version in use, so that a plugin's own folder can be built anew while runs go on with the old one.</summary>
/// <remarks>Layout: <c>ROOT/ID/VERSION+HASH/</c>. A copy appears whole or not at all.</remarks>
public sealed class PluginStore
{
    private readonly string _root;

    /// <summary>Opens a store; the folder is made when the first copy is.</summary>
    /// <param name="root">The store's folder.</param>
    public PluginStore(string root)
    {
        _root = Path.GetFullPath(root);
    }

    /// <summary>Versions of a plugin that are here.</summary>
    /// <param name="id">The plugin.</param>
    public IReadOnlyList<string> Versions(string id) => !Directory.Exists(Path.Combine(_root, id)) ? []
        : [.. Directory.EnumerateDirectories(Path.Combine(_root, id)).Select(d => Path.GetFileName(d)!).Where(d => !d.StartsWith('.')).Order(StringComparer.Ordinal)];

    /// <summary>Copies a plugin's files, unless they are here already.</summary>
    /// <param name="package">The plugin.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="PluginException">The copy cannot be written.</exception>
    public PluginPackage Add(PluginPackage package)
    {
        ArgumentNullException.ThrowIfNull(package);
        var target = Path.Combine(_root, package.Manifest.Id, package.Version);
        if (Directory.Exists(target))
            return package with { Folder = target };
        var partial = Path.Combine(_root, package.Manifest.Id, $".{Path.GetRandomFileName()}");
        try
        {
            foreach (var file in PluginPackage.Files(package.Folder))
            {
                var copy = Path.Combine(partial, file);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(Path.Combine(package.Folder, file), copy);
            }

            Directory.Move(partial, target);
        }
        catch (IOException) when (Directory.Exists(target))
        {
            // Another process was faster with the same files.
            Directory.Delete(partial, recursive: true);
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
            throw new PluginException(package.Folder, $"its files cannot be copied to '{target}': {unwritten.Message}", unwritten);
        }

        return package with { Folder = target };
    }

    /// <summary>The copy that a run recorded.</summary>
    /// <param name="id">The plugin.</param>
    /// <param name="version">Version and hash.</param>
    /// <exception cref="PluginVersionMissingException">It is not here.</exception>
    public PluginPackage Find(string id, string version)
    {
        var folder = Path.Combine(_root, id, version);
        return Directory.Exists(folder) && Path.GetFileName(folder) == version ? PluginPackage.Open(folder) : throw new PluginVersionMissingException(id, version, Versions(id));
    }

    /// <summary>Deletes the copies that nobody needs.</summary>
    /// <param name="isNeeded">Whether a plugin's version is loaded, or recorded by a run that has not ended.</param>
    /// <returns>What was deleted.</returns>
    public IReadOnlyList<(string Id, string Version)> Prune(Func<string, string, bool> isNeeded)
    {
        ArgumentNullException.ThrowIfNull(isNeeded);
        List<(string, string)> gone = [];
        foreach (var id in Directory.Exists(_root) ? Directory.EnumerateDirectories(_root).Select(d => Path.GetFileName(d)!) : [])
        {
            foreach (var version in Versions(id).Where(v => !isNeeded(id, v)))
            {
                Directory.Delete(Path.Combine(_root, id, version), recursive: true);
                gone.Add((id, version));
            }
        }

        return gone;
    }
}
