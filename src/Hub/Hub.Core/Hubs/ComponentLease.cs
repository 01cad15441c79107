using Hub.Abstractions;

namespace Hub.Core;

/// <summary>Components that one run holds.</summary>
/// <param name="components">Models, tools and reasoners.</param>
/// <param name="plugins">Plugin ids and versions that they come from.</param>
/// <param name="release">Gives them back; called once.</param>
public sealed class ComponentLease(IHubComponents components, IReadOnlyDictionary<string, string> plugins, Action release) : IDisposable
{
    private Action? _release = release;

    /// <summary>Models, tools and reasoners.</summary>
    public IHubComponents Components { get; } = components;

    /// <summary>Plugin ids and versions that they come from.</summary>
    public IReadOnlyDictionary<string, string> Plugins { get; } = plugins;

    /// <summary>Gives the components back.</summary>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
