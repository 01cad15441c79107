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
        var conversations = new Conversations(options.Time);
        var responses = new ResponseRoutes(runs, models, new ResponseStore(models.Hub, options), conversations, options);

        Get("/v1/models", listing.ListAsync);
        Get("/v1/models/{**id}", listing.OneAsync);
        Post("/v1/completions", completions.CompleteAsync);
        Post("/v1/embeddings", embeddings.EmbedAsync);
        Post("/v1/responses", responses.CreateAsync);
        Get("/v1/responses/{id}", responses.GetAsync);
        Get("/v1/responses/{id}/input_items", responses.InputItemsAsync);
        Post("/v1/responses/{id}/cancel", responses.CancelAsync);
        Delete("/v1/responses/{id}", responses.DeleteAsync);
        Post("/v1/conversations", conversations.CreateAsync);
        Get("/v1/conversations/{id}", conversations.GetAsync);
        Post("/v1/conversations/{id}", conversations.UpdateAsync);
        Delete("/v1/conversations/{id}", conversations.DeleteAsync);
        Get("/v1/conversations/{id}/items", conversations.ItemsAsync);
        Post("/v1/conversations/{id}/items", conversations.AddItemsAsync);
        Post("/tokenize", tokenizer.TokenizeAsync);
        Post("/detokenize", tokenizer.DetokenizeAsync);
        Get("/tokenizer_info", tokenizer.DescribeAsync);

        void Get(string path, Func<HttpContext, Task> handler) => root.MapGet(path, new RequestDelegate(handler)).WithMetadata(new Failures.OpenAIShape());

        void Delete(string path, Func<HttpContext, Task> handler) => root.MapDelete(path, new RequestDelegate(handler)).WithMetadata(new Failures.OpenAIShape());

        void Post(string path, Func<HttpContext, Task> handler) =>
            root.MapPost(path, new RequestDelegate(handler)).RequireRateLimiting(HubServer.RunLimit).WithMetadata(new Failures.OpenAIShape());
    }
}
