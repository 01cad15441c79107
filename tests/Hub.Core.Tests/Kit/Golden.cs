namespace Hub.Core.Tests;

/// <summary>Recorded files. With the environment variable HUB_WRITE_GOLDEN set to the folder in the sources, tests record them anew.</summary>
internal static class Golden
{
    private static readonly string? s_sources = Environment.GetEnvironmentVariable("HUB_WRITE_GOLDEN");

    public static string Path(string name) => System.IO.Path.Combine(s_sources ?? System.IO.Path.Combine(AppContext.BaseDirectory, "Golden"), name);

    public static string[] Lines(string name, IEnumerable<string> actual)
    {
        if (s_sources is not null)
            File.WriteAllLines(Path(name), actual);
        return File.ReadAllLines(Path(name));
    }

    /// <summary>Path of a recorded file, which is made first where recording is on.</summary>
    public static string Recorded(string name, Action<string> make)
    {
        if (s_sources is not null)
        {
            File.Delete(Path(name));
            make(Path(name));
        }

        return Path(name);
    }
}
