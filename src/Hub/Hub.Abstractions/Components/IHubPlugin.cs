using Microsoft.Extensions.DependencyInjection;

namespace Hub.Abstractions;

/// <summary>Adds components to a hub. A plugin's entry assembly has exactly one public class of this kind, with a parameterless constructor.</summary>
public interface IHubPlugin
{
    /// <summary>Registers component types. Makes nothing yet: it must be quick and free of side effects.</summary>
    /// <param name="hub">Takes the types.</param>
    void Configure(IHubRegistry hub);

    /// <summary>
    /// Adds the plugin's own services to its own container, which is disposed when the plugin is unloaded. There already: an <see cref="HttpClient"/>,
    /// the plugin's <see cref="System.Text.Json.JsonSerializerOptions"/>, the hub's <see cref="TimeProvider"/> and its loggers.
    /// </summary>
    /// <param name="services">The container's contents so far.</param>
    void ConfigureServices(IServiceCollection services)
    {
    }
}
