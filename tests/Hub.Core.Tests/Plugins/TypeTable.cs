using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core.Tests.Plugins;

/// <summary>A registry that makes tools with default options, as a workflow that writes none would.</summary>
internal sealed class TypeTable : IHubRegistry, IServiceProvider
{
    public Dictionary<string, Func<AIFunction>> Tools { get; } = [];

    public static TypeTable Of(Hub.Core.Plugins.PluginSet plugins)
    {
        var table = new TypeTable();
        plugins.Configure(table);
        return table;
    }

    public IHubRegistry AddModel<TOptions>(string type, Func<TOptions, IServiceProvider, IChatClient> create)
        where TOptions : class, new() => this;

    public IHubRegistry AddTool<TOptions>(string type, Func<TOptions, IServiceProvider, AIFunction> create)
        where TOptions : class, new()
    {
        Tools[type] = () => create(new TOptions(), this);
        return this;
    }

    public IHubRegistry AddToolGroup<TOptions>(string type, Func<TOptions, IServiceProvider, IReadOnlyList<AIFunction>> create)
        where TOptions : class, new() => this;

    public IHubRegistry AddReasoner<TOptions>(string type, Func<TOptions, IServiceProvider, IReasoner> create)
        where TOptions : class, new() => this;

    public object? GetService(Type serviceType) => null;
}
