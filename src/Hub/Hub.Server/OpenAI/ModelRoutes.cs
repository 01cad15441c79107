using Hub.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.OpenAI;

/// <summary><c>/v1/models</c>: the workflow, its reasoners and its models.</summary>
internal sealed class ModelRoutes(ServedFunctions functions, HubServerOptions options)
{
    private readonly long _created = options.Time.GetUtcNow().ToUnixTimeSeconds();

    public Task ListAsync(HttpContext http) => http.Response.WriteAsJsonAsync(new ModelList("list", [.. Entries()]), Wire.Options, http.RequestAborted);

    public Task OneAsync(HttpContext http)
    {
        var id = (string?)http.Request.RouteValues["id"] ?? "";
        return Entries().FirstOrDefault(e => e.Id == id) is { } entry
            ? http.Response.WriteAsJsonAsync(entry, Wire.Options, http.RequestAborted)
            : throw new RequestException(StatusCodes.Status404NotFound, $"There is no model '{id}'. GET /v1/models lists them.", "model", "model_not_found");
    }

    private IEnumerable<ModelEntry> Entries() => functions.Models.DistinctBy(m => m.Id).Select(m => new ModelEntry(m.Id, "model", _created, m.OwnedBy));
}
