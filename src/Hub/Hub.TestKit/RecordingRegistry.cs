using Hub.Abstractions;

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

    public IHubRegistry Add<TOptions>(ComponentKind kind, string type, Func<TOptions, IServiceProvider, object> create)
        where TOptions : class, new()
    {
        _types.Add(new RegisteredType(kind, type, typeof(TOptions), (options, services) => create((TOptions)options, services)));
        return this;
    }
}
