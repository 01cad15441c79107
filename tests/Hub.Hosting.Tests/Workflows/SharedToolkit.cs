using System.Runtime.CompilerServices;

namespace Hub.Hosting.Tests.Workflows;

/// <summary>The toolkit's own example files, where there are any: <c>$HUB_SHARED_DATA/toolkit</c>, or <c>../shared/data/toolkit</c> beside the repository.</summary>
internal static class SharedToolkit
{
    /// <summary>The folder; null where it is not there.</summary>
    public static string? Folder { get; } = Find();

    /// <summary>An example of the toolkit's own dialect.</summary>
    public static string Nat(string path) => Path.Combine(Folder!, "nat", "examples", path);

    private static string? Find([CallerFilePath] string here = "")
    {
        var data = Environment.GetEnvironmentVariable("HUB_SHARED_DATA") ?? Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "..", "shared", "data");
        var folder = Path.GetFullPath(Path.Combine(data, "toolkit"));
        return Directory.Exists(folder) ? folder : null;
    }
}

/// <summary>A fact about the toolkit's example files; skipped, with the reason, where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ToolkitFactAttribute : FactAttribute
{
    public ToolkitFactAttribute()
    {
        if (SharedToolkit.Folder is null)
            Skip = "The toolkit's example files are not here. Set HUB_SHARED_DATA to a folder with toolkit/nat/examples.";
    }
}

/// <summary>A theory about the toolkit's example files; skipped, with the reason, where they are not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ToolkitTheoryAttribute : TheoryAttribute
{
    public ToolkitTheoryAttribute() => Skip = new ToolkitFactAttribute().Skip;
}
