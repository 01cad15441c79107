namespace Tidy.Tests;

/// <summary>The repository that this test was built from, found by walking up to Hub.sln.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot(AppContext.BaseDirectory);

    private static readonly string[] _skipped = ["artifacts", "bin", "obj", "node_modules", "checkpoints", "TestResults"];
    private static readonly string[] _textKinds =
        [".cs", ".csproj", ".props", ".targets", ".md", ".json", ".yml", ".yaml", ".txt", ".mjs", ".sh", ".sln", ".runsettings", ".editorconfig", ".gitignore", ".gitattributes"];

    private static readonly Lazy<IReadOnlyList<SourceFile>> _files = new(() => [.. Walk(Root).Select(Read)]);

    /// <summary>Every text file outside build outputs and hidden folders (.ci excepted), read once.</summary>
    public static IReadOnlyList<SourceFile> Files => _files.Value;

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    public static IEnumerable<string> Walk(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder))
            if (_textKinds.Contains(Path.GetExtension(file)) || Path.GetFileName(folder) == ".ci")
                yield return file;
        foreach (var child in Directory.EnumerateDirectories(folder))
        {
            var name = Path.GetFileName(child);
            var hidden = name.StartsWith('.') && name != ".ci";
            if (!hidden && !_skipped.Contains(name))
                foreach (var file in Walk(child))
                    yield return file;
        }
    }

    private static SourceFile Read(string file) => new(Path.GetRelativePath(Root, file).Replace('\\', '/'), File.ReadAllText(file));

    private static string FindRoot(string start)
    {
        // An artifacts folder may lie outside the repository; then the build says where the repository is.
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Hub.sln")))
                return folder.FullName;
        var built = typeof(Repository).Assembly.GetCustomAttributes(typeof(System.Reflection.AssemblyMetadataAttribute), false)
            .Cast<System.Reflection.AssemblyMetadataAttribute>().Single(a => a.Key == "RepoRoot").Value!;
        return Path.TrimEndingDirectorySeparator(built);
    }
}
