using Backends.Serving.Engine;
using Microsoft.Extensions.AI;

namespace Backends.Serving.Chat;

/// <summary>Texts, or token ids, as vectors: the mean of the engine's last hidden states, of length 1.</summary>
/// <remarks>
/// A language model's states are no trained embeddings: near texts have near vectors, but all vectors lie close together. Texts are read as nothing
/// but text. The engine stays its owner's. Thread safety: all members.
/// </remarks>
internal sealed class EngineEmbeddingGenerator(GenerationEngine engine, string modelId) : IEmbeddingGenerator<string, Embedding<float>>, IEmbeddingGenerator<IReadOnlyList<int>, Embedding<float>>
{
    private readonly EmbeddingGeneratorMetadata _metadata = new("hub", providerUri: null, modelId, engine.HiddenSize);

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        return GenerateAsync(values.Select(v => (IReadOnlyList<int>)engine.Template.Tokenizer.EncodeText(v)), options, cancellationToken);
    }

    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<IReadOnlyList<int>> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (options?.Dimensions is { } dimensions && dimensions != engine.HiddenSize)
            throw new ArgumentException($"Vectors of {dimensions} numbers are asked for; those of this model have {engine.HiddenSize}. Leave the dimensions out.", nameof(options));
        var read = 0L;
        GeneratedEmbeddings<Embedding<float>> vectors = [];
        foreach (var tokens in values)
        {
            read += tokens.Count;
            vectors.Add(new Embedding<float>(await engine.EmbedAsync(tokens, cancellationToken)) { ModelId = modelId });
        }

        vectors.Usage = new UsageDetails { InputTokenCount = read, TotalTokenCount = read };
        return vectors;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata
        : serviceType?.IsInstanceOfType(this) == true ? this : null;

    public void Dispose()
    {
        // The engine is its chat client's.
    }
}
