using Hub.Abstractions;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Hosting;

/// <summary>A hub in an application's container.</summary>
public static class HubServiceCollectionExtensions
{
    /// <summary>Adds an <see cref="IHub"/> that is built as <see cref="HubHost.CreateBuilder"/> builds one, when it is first asked for, and disposed with the container.</summary>
    /// <param name="services">The container's contents.</param>
    /// <param name="configure">Adds models, tools and reasoners.</param>
    public static IServiceCollection AddHub(this IServiceCollection services, Action<HubBuilder> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddHub((hub, _) => configure(hub));
    }

    /// <summary>Adds an <see cref="IHub"/> whose parts may come from the container.</summary>
    /// <param name="services">The container's contents.</param>
    /// <param name="configure">Adds models, tools and reasoners.</param>
    public static IServiceCollection AddHub(this IServiceCollection services, Action<HubBuilder, IServiceProvider> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        return services.AddSingleton(provider =>
        {
            var builder = HubHost.CreateBuilder();
            configure(builder, provider);
            return builder.Build();
        });
    }
}
