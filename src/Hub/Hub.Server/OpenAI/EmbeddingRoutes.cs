using System.Runtime.InteropServices;
using Backends.Abstractions;
using Hub.Abstractions;
using Hub.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Hub.Server.OpenAI;

/// <summary><c>/v1/embeddings</c>: vectors by a configured embedder, or by a model of ours. Nothing is asked, so that it is no run.</summary>
internal sealed class EmbeddingRoutes(ServedModels models)
{
    public async Task EmbedAsync(HttpContext http)
    {
        var request = EmbeddingRequest.Read(await JsonBody.ReadAsync(http));
        var (name, vectors) = await models.Hub.UseAsync(async components =>
        {
            var (found, own) = await FindAsync(components, request.Model);
            return (found, await VectorsAsync(request, own, http.RequestAborted));
        });
        var data = vectors.Select((v, i) => new EmbeddingEntry("embedding", i, request.IsBase64 ? Convert.ToBase64String(MemoryMarshal.AsBytes(v.Vector.Span)) : v.Vector));
        var read = vectors.Usage?.InputTokenCount ?? vectors.Usage?.TotalTokenCount ?? 0;
        await http.Response.WriteAsJsonAsync(
            new EmbeddingList("list", [.. data], request.Model ?? name, new EmbeddingUsage(read, vectors.Usage?.TotalTokenCount ?? read)), Wire.Options, http.RequestAborted);
    }

    /// <summary>An embedder by its name, or what a model offers; the first embedder where none is named.</summary>
    private async Task<(string Name, object Generator)> FindAsync(IHubComponents components, string? model)
    {
        if (string.IsNullOrEmpty(model) && components.Embedders.Count > 0)
            return (components.Embedders[0], components.Embedder(components.Embedders[0]));
        if (components.Embedders.FirstOrDefault(e => e == model) is { } named)
            return (named, components.Embedder(named));
        if (models.Function(model) is var function && ServedModels.IsModel(function) && Of(ServedModels.Client(components, function)) is { } own)
            return (model!, own);
        throw await models.RefusedAsync(model, "makes no vectors", client => Of(client) is not null);
    }

    private static object? Of(IChatClient client) => client.GetService(typeof(IEmbeddingGenerator<IReadOnlyList<int>, Embedding<float>>));

    private static async Task<GeneratedEmbeddings<Embedding<float>>> VectorsAsync(EmbeddingRequest request, object generator, CancellationToken cancellationToken)
    {
        var wanted = request.Dimensions is { } dimensions ? new EmbeddingGenerationOptions { Dimensions = dimensions } : null;
        try
        {
            return (request, generator) switch
            {
                ({ Tokens: { } tokens }, IEmbeddingGenerator<IReadOnlyList<int>, Embedding<float>> ofTokens) => await ofTokens.GenerateAsync(tokens, wanted, cancellationToken),
                ({ Texts: { } texts }, IEmbeddingGenerator<string, Embedding<float>> ofTexts) => await ofTexts.GenerateAsync(texts, wanted, cancellationToken),
                _ => throw new RequestException(StatusCodes.Status400BadRequest, "This embedder takes texts, not token ids.", "input", "unsupported_value"),
            };
        }
        catch (ContextOverflowException tooLong)
        {
            throw new RequestException(StatusCodes.Status400BadRequest, tooLong.Message, "input", "context_length_exceeded");
        }
        catch (ArgumentException refused)
        {
            throw new RequestException(StatusCodes.Status400BadRequest, refused.Message, request.Dimensions is null ? "input" : "dimensions", "unsupported_value");
        }
    }
}

/// <summary>Vectors in the order of the inputs.</summary>
internal sealed record EmbeddingList(string Object, IReadOnlyList<EmbeddingEntry> Data, string Model, EmbeddingUsage Usage);

/// <summary>One vector: a list of numbers, or base64.</summary>
internal sealed record EmbeddingEntry(string Object, int Index, object Embedding);

/// <summary>Tokens that were read.</summary>
internal sealed record EmbeddingUsage(long PromptTokens, long TotalTokens);
