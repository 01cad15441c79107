using Hub.Abstractions;

namespace Hub.Workflows.Building;

/// <summary>Component types by name.</summary>
public sealed class ComponentRegistry : IHubRegistry
{
    private readonly Dictionary<(ComponentKind Kind, string Name), ComponentType> _types = [];

    /// <summary>All types, by kind and name.</summary>
    public IReadOnlyList<ComponentType> Types => [.. _types.Values.OrderBy(t => t.Kind).ThenBy(t => t.Name, StringComparer.Ordinal)];

    /// <summary>A type, or null.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="name">Name after <c>_type:</c>; a <c>package/name</c> is known by its last part too.</param>
    public ComponentType? Find(ComponentKind kind, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _types.GetValueOrDefault((kind, name)) ?? _types.GetValueOrDefault((kind, name[(name.LastIndexOf('/') + 1)..]));
    }

    /// <summary>Names of a kind.</summary>
    /// <param name="kind">The kind.</param>
    public IReadOnlyList<string> Names(ComponentKind kind) => [.. Types.Where(t => t.Kind == kind).Select(t => t.Name)];

    /// <summary>Lets a plugin register its types.</summary>
    /// <param name="plugin">The plugin.</param>
    public ComponentRegistry Add(IHubPlugin plugin)
    {
        ArgumentNullException.ThrowIfNull(plugin);
        plugin.Configure(this);
        return this;
    }

    /// <inheritdoc/>
    public IHubRegistry Add<TOptions>(ComponentKind kind, string type, Func<TOptions, IServiceProvider, object> create)
        where TOptions : class, new()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(type);
        ArgumentNullException.ThrowIfNull(create);
        _types[(kind, type)] = new ComponentType(kind, type, typeof(TOptions), (options, services) => create((TOptions)options, services));
        return this;
    }
}
