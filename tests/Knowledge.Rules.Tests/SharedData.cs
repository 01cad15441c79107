using System.Runtime.CompilerServices;

namespace Knowledge.Rules.Tests;

/// <summary>Suites and rule files of others: <c>$HUB_SHARED_DATA</c>, or <c>../shared/data</c> beside the repository.</summary>
internal static class SharedData
{
    public static readonly string? Folder = Find();

    public static string Path(string name) => System.IO.Path.Combine(Folder!, name);

    private static string? Find([CallerFilePath] string here = "")
    {
        var data = Environment.GetEnvironmentVariable("HUB_SHARED_DATA") ?? System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "..", "..", "..", "shared", "data");
        return Directory.Exists(data) ? System.IO.Path.GetFullPath(data) : null;
    }
}

/// <summary>A test that needs a folder of the shared data; skipped where it is not there.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string folder)
    {
        if (SharedData.Folder is null || !Directory.Exists(SharedData.Path(folder)))
            Skip = $"The shared data has no folder '{folder}'; set HUB_SHARED_DATA.";
    }
}
