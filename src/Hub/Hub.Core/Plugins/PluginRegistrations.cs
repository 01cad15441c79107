using Hub.Abstractions;
using Microsoft.Extensions.AI;

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

    public IHubRegistry AddModel<TOptions>(string type, Func<TOptions, IServiceProvider, IChatClient> create)
        where TOptions : class, new() => Keep("model", hub => hub.AddModel<TOptions>(type, (o, s) => create(o, Services(s))));

    public IHubRegistry AddTool<TOptions>(string type, Func<TOptions, IServiceProvider, AIFunction> create)
        where TOptions : class, new() => Keep("tool", hub => hub.AddTool<TOptions>(type, (o, s) => create(o, Services(s))));

    public IHubRegistry AddToolGroup<TOptions>(string type, Func<TOptions, IServiceProvider, IReadOnlyList<AIFunction>> create)
        where TOptions : class, new() => Keep("tool_group", hub => hub.AddToolGroup<TOptions>(type, (o, s) => create(o, Services(s))));

    public IHubRegistry AddReasoner<TOptions>(string type, Func<TOptions, IServiceProvider, IReasoner> create)
        where TOptions : class, new() => Keep("reasoner", hub => hub.AddReasoner<TOptions>(type, (o, s) => create(o, Services(s))));

    private PluginRegistrations Keep(string capability, Action<IHubRegistry> register)
    {
        _capabilities.Add(capability);
        _replay.Add(register);
        return this;
    }

    private Both Services(IServiceProvider hub) => new(own(), hub);

    private sealed class Both(IServiceProvider own, IServiceProvider hub) : IServiceProvider
    {
        public object? GetService(Type serviceType) => own.GetService(serviceType) ?? hub.GetService(serviceType);
    }
}
