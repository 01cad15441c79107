using Hub.Abstractions;

namespace Hub.Core.Plugins;

/// <summary>The folder that a hub takes its plugins from: one folder for each, put there whole or not at all.</summary>
public sealed class PluginFolder
{
    private const string OriginFile = ".origin";
    private readonly string _root;

    /// <summary>Names the folder; it is made when the first plugin is added.</summary>
    /// <param name="root">The folder.</param>
    public PluginFolder(string root)
    {
        _root = Path.GetFullPath(root);
    }

    /// <summary>The folder, as a full path.</summary>
    public string Root => _root;

    /// <summary>Folders that have a manifest, in order.</summary>
    public IReadOnlyList<string> Plugins => Directory.Exists(_root)
        ? [.. Directory.EnumerateDirectories(_root).Where(d => !Path.GetFileName(d).StartsWith('.') && File.Exists(Path.Combine(d, PluginManifest.FileName))).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>Copies a plugin here, in place of the one of its id. A running hub that watches the folder loads it.</summary>
    /// <param name="from">Folder with a built plugin.</param>
    /// <returns>What was copied.</returns>
    /// <exception cref="PluginException">It is no plugin, or cannot be loaded; what was here stays.</exception>
    public PluginPackage Add(string from)
    {
        var package = PluginPackage.Open(from);
        var partial = Path.Combine(_root, $".{Path.GetRandomFileName()}");
        var target = Path.Combine(_root, package.Manifest.Id);
        try
        {
            foreach (var file in PluginPackage.Files(package.Folder))
            {
                var copy = Path.Combine(partial, file);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(Path.Combine(package.Folder, file), copy);
            }

            Try(package);
            File.WriteAllText(Path.Combine(_root, $"{package.Manifest.Id}{OriginFile}"), package.Folder);
            var old = $"{partial}.old";
            if (Directory.Exists(target))
                Directory.Move(target, old);
            Directory.Move(partial, target);
            if (Directory.Exists(old))
                Directory.Delete(old, recursive: true);
            return PluginPackage.Open(target);
        }
        catch (Exception unwritten) when (unwritten is IOException or UnauthorizedAccessException)
        {
            throw new PluginException(from, $"its files cannot be copied to '{target}': {unwritten.Message}", unwritten);
        }
        finally
        {
            if (Directory.Exists(partial))
                Directory.Delete(partial, recursive: true);
        }
    }

    /// <summary>Copies a plugin again from where it was added from.</summary>
    /// <param name="id">The plugin.</param>
    /// <exception cref="UnknownNameException">No such plugin is here.</exception>
    /// <exception cref="PluginException">What is there now cannot be loaded; what was here stays.</exception>
    public PluginPackage Reload(string id)
    {
        FolderOf(id);
        var origin = Path.Combine(_root, $"{id}{OriginFile}");
        return File.Exists(origin) ? Add(File.ReadAllText(origin)) : throw new PluginException(id, "it was not put here by 'hub plugins add', so it is not known where it came from. Add it again from its folder.");
    }

    /// <summary>Takes a plugin out. Runs that began with it keep their copy.</summary>
    /// <param name="id">The plugin.</param>
    /// <exception cref="UnknownNameException">No such plugin is here.</exception>
    public void Remove(string id)
    {
        Directory.Delete(FolderOf(id), recursive: true);
        File.Delete(Path.Combine(_root, $"{id}{OriginFile}"));
    }

    /// <summary>The folder of a plugin.</summary>
    /// <param name="id">The plugin.</param>
    /// <exception cref="UnknownNameException">No such plugin is here.</exception>
    public string FolderOf(string id)
    {
        var ids = Plugins.ToLookup(IdOf);
        return ids[id].FirstOrDefault() ?? throw new UnknownNameException("plugin", id, ids.Select(i => i.Key).OfType<string>());
    }

    /// <summary>Id in a folder's manifest; null where that cannot be read: loading it says why.</summary>
    internal static string? IdOf(string folder)
    {
        try
        {
            return PluginManifest.Load(folder).Id;
        }
        catch (PluginException)
        {
            return null;
        }
    }

    /// <summary>Loads it once, so that a plugin that cannot work does not take the place of one that does.</summary>
    private static void Try(PluginPackage package)
    {
        var store = Path.Combine(Path.GetTempPath(), $"hub-plugin-{Path.GetRandomFileName()}");
        try
        {
            using var host = new PluginHost(new PluginHostOptions { Folder = store });
            host.Add(package.Folder);
        }
        finally
        {
            if (Directory.Exists(store))
                Directory.Delete(store, recursive: true);
        }
    }
}
