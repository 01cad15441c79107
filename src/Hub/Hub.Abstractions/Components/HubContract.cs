using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>The contract between the hub and its plugins.</summary>
public static class HubContract
{
    /// <summary>Version of the contract: the major changes where a plugin must be compiled anew.</summary>
    public static Version Version { get; } = new(1, 0);

    /// <summary>Major version of Microsoft.Extensions.AI.Abstractions, whose types plugins and hub share.</summary>
    public static int MicrosoftExtensionsAI { get; } = typeof(AIFunction).Assembly.GetName().Version!.Major;
}
