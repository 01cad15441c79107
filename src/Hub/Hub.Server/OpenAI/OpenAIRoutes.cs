using Hub.Abstractions;
using Hub.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hub.Server.OpenAI;

/// <summary>OpenAI's paths besides chat completions, and vLLM's for tokens.</summary>
internal static class OpenAIRoutes
{
    /// <summary>Maps them.</summary>
    public static void Map(RouteGroupBuilder root, RequestRuns runs, ServedModels models, HubServerOptions options)
    {
        var listing = new ModelRoutes(models, options);
        var completions = new CompletionRoutes(runs, models, options);
        var embeddings = new EmbeddingRoutes(models);
        var tokenizer = new TokenizerRoutes(models);

        Get("/v1/models", listing.ListAsync);
        Get("/v1/models/{**id}", listing.OneAsync);
        Post("/v1/completions", completions.CompleteAsync);
        Post("/v1/embeddings", embeddings.EmbedAsync);
        Post("/tokenize", tokenizer.TokenizeAsync);
        Post("/detokenize", tokenizer.DetokenizeAsync);
        Get("/tokenizer_info", tokenizer.DescribeAsync);

        void Get(string path, Func<HttpContext, Task> handler) => root.MapGet(path, new RequestDelegate(handler)).WithMetadata(new Failures.OpenAIShape());

        void Post(string path, Func<HttpContext, Task> handler) =>
            root.MapPost(path, new RequestDelegate(handler)).RequireRateLimiting(HubServer.RunLimit).WithMetadata(new Failures.OpenAIShape());
    }
}
