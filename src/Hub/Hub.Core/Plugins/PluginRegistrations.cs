using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Core.Plugins;

/// <summary>What a plugin registers, kept so that it can be given to a registry of component types whenever a workflow is built.</summary>
/// <remarks>Factories get the plugin's own services first and the hub's after them.</remarks>
internal sealed class PluginRegistrations(Func<IServiceProvider> own) : IHubRegistry
{
    private readonly List<Action<IHubRegistry>> _replay = [];
    private readonly SortedSet<string> _capabilities = new(StringComparer.Ordinal);

    /// <summary>Kinds of what was registered, as manifests name them.</summary>
    public IReadOnlyCollection<string> Capabilities => _capabilities;

    /// <summary>Registers all of it again.</summary>
    public void Configure(IHubRegistry hub)
    {
        foreach (var register in _replay)
            register(hub);
    }

    public IHubRegistry Add<TOptions>(ComponentKind kind, string type, Func<TOptions, IServiceProvider, object> create)
        where TOptions : class, new()
    {
        _capabilities.Add(JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString()));
        _replay.Add(hub => hub.Add<TOptions>(kind, type, (options, services) => create(options, Services(services))));
        return this;
    }

    private Both Services(IServiceProvider hub) => new(own(), hub);

    private sealed class Both(IServiceProvider own, IServiceProvider hub) : IServiceProvider
    {
        public object? GetService(Type serviceType) => own.GetService(serviceType) ?? hub.GetService(serviceType);
    }
}
