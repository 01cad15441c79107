using Hub.Core.Plugins;

namespace Toolkit.Examples.Tests;

/// <summary>The repository's own plugins, loaded from folders as a user has them.</summary>
internal sealed class PluginFolders : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-toolkit-").FullName;

    public PluginFolders(params string[] projects)
    {
        foreach (var project in projects)
        {
            var folder = Directory.CreateDirectory(Path.Combine(_folder, project)).FullName;
            foreach (var file in Directory.EnumerateFiles(Built(project)).Where(f => f.EndsWith(".dll", StringComparison.Ordinal) || f.EndsWith(".json", StringComparison.Ordinal)))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        Host = new PluginHost(new PluginHostOptions { Folder = _folder });
        Assert.Empty(Host.LoadAll());
    }

    public PluginHost Host { get; }

    public void Dispose()
    {
        Host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Where a project is built: beside these tests.</summary>
    private static string Built(string project)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(here.Parent!.Parent!.FullName, project, here.Name);
    }
}
