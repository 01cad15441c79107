namespace McpConformance;

/// <summary>A fixture has nothing to set.</summary>
public sealed class FixtureOptions;
