using System.Reflection;

namespace Hub.Abstractions;

/// <summary>Versions that a run's log carries.</summary>
public static class RunLogFormat
{
    /// <summary>Version of the event and payload format written now.</summary>
    public const int Current = 3;

    /// <summary>The oldest version that is still read.</summary>
    public const int Oldest = 1;

    /// <summary>Version of this build of the hub.</summary>
    public static string HubVersion { get; } =
        typeof(RunLogFormat).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
