using Hub.Workflows.Yaml;

namespace Hub.Workflows.Building;

/// <summary>A component of a file whose options are bound.</summary>
internal sealed record BoundComponent(string Name, ComponentType Type, object Options, ConfigMap Map, string Key)
{
    public int Line => Map.Line;

    /// <summary>An agent's share of the run's budget; null for none.</summary>
    public ShareOptions? Share { get; init; }
}
