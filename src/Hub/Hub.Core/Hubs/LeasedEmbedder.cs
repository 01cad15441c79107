using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core;

/// <summary>An embedder outside a run: each call holds the components that are current then.</summary>
internal sealed class LeasedEmbedder(IComponentSource components, string name) : IEmbeddingGenerator<string, Embedding<float>>
{
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var lease = components.Acquire(null);
        return await lease.Components.Embedder(name).GenerateAsync(values, options, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        if (serviceKey is null && serviceType.IsInstanceOfType(this))
            return this;
        using var lease = components.Acquire(null);
        return serviceType == typeof(EmbeddingGeneratorMetadata) ? lease.Components.Embedder(name).GetService(serviceType, serviceKey) : null;
    }

    public void Dispose()
    {
        // The hub is its owner's.
    }
}
