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

    public IHubRegistry Add<TOptions>(ComponentKind kind, string type, Func<TOptions, IServiceProvider, object> create)
        where TOptions : class, new()
    {
        if (kind == ComponentKind.Tool)
            Tools[type] = () => (AIFunction)create(new TOptions(), this);
        return this;
    }

    public object? GetService(Type serviceType) => null;
}
