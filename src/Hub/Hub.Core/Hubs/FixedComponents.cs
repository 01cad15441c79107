using Hub.Abstractions;

namespace Hub.Core;

/// <summary>The same components for every run, for as long as the hub lives.</summary>
/// <param name="components">Models, tools and reasoners; disposed with the hub.</param>
/// <param name="reasoners">Names of the reasoners, the default one first.</param>
/// <param name="plugins">Plugin ids and their versions.</param>
public sealed class FixedComponents(IHubComponents components, IReadOnlyList<string> reasoners, IReadOnlyDictionary<string, string>? plugins = null) : IComponentSource
{
    private readonly IReadOnlyDictionary<string, string> _plugins = plugins ?? new Dictionary<string, string>();

    /// <inheritdoc/>
    public IReadOnlyList<string> Reasoners { get; } = [.. reasoners];

    /// <inheritdoc/>
    public ComponentLease Acquire(IReadOnlyDictionary<string, string>? plugins) => new(components, _plugins, static () => { });

    /// <inheritdoc/>
    public void Dispose() => (components as IDisposable)?.Dispose();
}
