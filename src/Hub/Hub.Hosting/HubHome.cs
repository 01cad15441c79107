namespace Hub.Hosting;

/// <summary>Where the hub keeps what outlives a process.</summary>
public static class HubHome
{
    /// <summary>The folder: <c>$HUB_HOME</c>, or <c>.hub</c> in the user's home.</summary>
    public static string Folder => Environment.GetEnvironmentVariable("HUB_HOME") is { Length: > 0 } home
        ? home
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".hub");

    /// <summary>The folder that plugins are taken from where none is named.</summary>
    public static string Plugins => Path.Combine(Folder, "plugins");

    /// <summary>The run log that commands use where none is named.</summary>
    public static string RunLog => Path.Combine(Folder, "runs.db");
}
