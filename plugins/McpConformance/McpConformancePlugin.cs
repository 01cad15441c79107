using Hub.Abstractions;

namespace McpConformance;

/// <summary>Registers the suite's tools, each type under the name that the suite calls.</summary>
public sealed class McpConformancePlugin : IHubPlugin
{
    /// <inheritdoc/>
    public void Configure(IHubRegistry hub)
    {
        ArgumentNullException.ThrowIfNull(hub);
        hub.AddTool<FixtureOptions>("test_simple_text", (_, _) => FixtureTools.SimpleText())
            .AddTool<FixtureOptions>("test_image_content", (_, _) => FixtureTools.Image())
            .AddTool<FixtureOptions>("test_audio_content", (_, _) => FixtureTools.Audio())
            .AddTool<FixtureOptions>("test_embedded_resource", (_, _) => FixtureTools.EmbeddedResource())
            .AddTool<FixtureOptions>("test_multiple_content_types", (_, _) => FixtureTools.Mixed())
            .AddTool<FixtureOptions>("test_error_handling", (_, _) => FixtureTools.Failing())
            .AddTool<FixtureOptions>("test_steps", (_, services) => FixtureTools.Steps(services.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System))
            .AddTool<FixtureOptions>("test_reconnection", (_, services) => FixtureTools.Reconnection(services.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System))
            .AddTool<FixtureOptions>("json_schema_2020_12_tool", (_, _) => new SchemaTool())
            .AddTool<SamplingToolOptions>("test_sampling", (options, services) => FixtureTools.Sampling(options, services))
            .AddReasoner<FormOptions>("test_form", (options, _) => new FormReasoner(options));
    }
}
