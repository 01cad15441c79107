using Hub.Abstractions;

namespace Hub.Core;

/// <summary>A memory's graph outside a run: each look holds the components that are current then.</summary>
internal sealed class LeasedMemoryGraph(IComponentSource components, string name) : IMemoryGraph
{
    public async Task<MemoryGraphView?> LookAsync(MemoryOwner owner, string question, CancellationToken cancellationToken)
    {
        using var lease = components.Acquire(null);
        return await ((IMemoryGraph)lease.Components.Memory(name)).LookAsync(owner, question, cancellationToken);
    }
}
