using Hub.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.OpenAI;

/// <summary><c>/v1/models</c>: the workflow, its reasoners, its models and its embedders.</summary>
internal sealed class ModelRoutes(ServedModels models, HubServerOptions options)
{
    private readonly long _created = options.Time.GetUtcNow().ToUnixTimeSeconds();

    public async Task ListAsync(HttpContext http) => await http.Response.WriteAsJsonAsync(new ModelList("list", await EntriesAsync()), Wire.Options, http.RequestAborted);

    public async Task OneAsync(HttpContext http)
    {
        var id = Uri.UnescapeDataString((string?)http.Request.RouteValues["id"] ?? ""); // clients write hub/react as hub%2Freact, which routing leaves so
        await http.Response.WriteAsJsonAsync(
            (await EntriesAsync()).FirstOrDefault(e => e.Id == id) ?? throw new RequestException(
                StatusCodes.Status404NotFound, $"There is no model '{id}'. GET /v1/models lists them.", "model", "model_not_found"),
            Wire.Options,
            http.RequestAborted);
    }

    private async Task<ModelEntry[]> EntriesAsync()
    {
        var embedders = await models.Hub.UseAsync(components => Task.FromResult(components.Embedders));
        return [.. models.Listed.Concat(embedders.Select(e => (e, "embedder"))).DistinctBy(m => m.Item1).Select(m => new ModelEntry(m.Item1, "model", _created, m.Item2))];
    }
}
