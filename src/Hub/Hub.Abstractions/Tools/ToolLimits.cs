namespace Hub.Abstractions;

/// <summary>Limits on every tool call of a run.</summary>
/// <param name="Timeout">How long a call may take.</param>
/// <param name="MaxResultBytes">The largest result, in bytes of JSON.</param>
public sealed record ToolLimits(TimeSpan Timeout, int MaxResultBytes)
{
    /// <summary>One minute and 1 MiB.</summary>
    public static ToolLimits Default { get; } = new(TimeSpan.FromSeconds(60), 1 << 20);
}
