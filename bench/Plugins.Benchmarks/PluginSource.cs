using Hub.Core;
using Hub.Core.Plugins;

namespace Plugins.Benchmarks;

/// <summary>Components over the current plugins of a host: a set for each run.</summary>
internal sealed class PluginSource(PluginHost host) : IComponentSource
{
    public IReadOnlyList<string> Reasoners { get; } = ["caller"];

    public ComponentLease Acquire(IReadOnlyDictionary<string, string>? plugins)
    {
        var set = host.Current();
        return new ComponentLease(Types.Of(set.Configure), set.Versions, set.Dispose);
    }

    public void Dispose()
    {
    }
}
