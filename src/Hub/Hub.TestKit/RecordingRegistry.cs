using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.TestKit;

/// <summary>Remembers what a plugin registers.</summary>
internal sealed class RecordingRegistry : IHubRegistry
{
    private readonly List<RegisteredType> _types = [];

    public IReadOnlyList<RegisteredType> Types => _types;

    public static IReadOnlyList<RegisteredType> Of(IHubPlugin plugin)
    {
        var registry = new RecordingRegistry();
        plugin.Configure(registry);
        return registry.Types;
    }

    public IHubRegistry AddModel<TOptions>(string type, Func<TOptions, IServiceProvider, IChatClient> create)
        where TOptions : class, new() => Add("model", type, create);

    public IHubRegistry AddTool<TOptions>(string type, Func<TOptions, IServiceProvider, AIFunction> create)
        where TOptions : class, new() => Add("tool", type, create);

    public IHubRegistry AddToolGroup<TOptions>(string type, Func<TOptions, IServiceProvider, IReadOnlyList<AIFunction>> create)
        where TOptions : class, new() => Add("tool_group", type, create);

    public IHubRegistry AddReasoner<TOptions>(string type, Func<TOptions, IServiceProvider, IReasoner> create)
        where TOptions : class, new() => Add("reasoner", type, create);

    private RecordingRegistry Add<TOptions, TComponent>(string kind, string type, Func<TOptions, IServiceProvider, TComponent> create)
        where TOptions : class, new()
        where TComponent : notnull
    {
        _types.Add(new RegisteredType(kind, type, typeof(TOptions), (options, services) => create((TOptions)options, services)));
        return this;
    }
}
