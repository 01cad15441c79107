namespace Hub.Cli.Commands;

/// <summary>Variables of the environment; an empty one counts as none.</summary>
internal static class EnvironmentVariable
{
    public static string? Of(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
