using Hub.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Server.Mcp;

/// <summary>The toolkit's routes beside <c>/mcp</c>, of a server that serves nothing else.</summary>
internal static class McpRoutes
{
    /// <summary>Maps <c>/health</c> and <c>/debug/tools/list</c>.</summary>
    public static void Map(WebApplication app)
    {
        HubRoutes.Health(app);
        app.MapGet("/debug/tools/list", (RequestDelegate)ListAsync);
    }

    /// <summary>Names of the tools; with <c>?name=</c> one of them, with <c>?detail=true</c> their schemas.</summary>
    private static Task ListAsync(HttpContext http)
    {
        var wanted = http.Request.Query["name"].ToString();
        var hasDetail = http.Request.Query["detail"] == "true" || wanted.Length > 0;
        var tools = http.RequestServices.GetRequiredService<McpSurface>().Tools.Listed().Where(t => wanted.Length == 0 || t.Name == wanted).ToArray();
        if (wanted.Length > 0 && tools.Length == 0)
            throw new RequestException(StatusCodes.Status404NotFound, $"There is no tool '{wanted}'.");
        return http.Response.WriteAsJsonAsync(
            new
            {
                Count = tools.Length,
                Tools = tools.Select(t => new { t.Name, t.Description, Schema = hasDetail ? t.InputSchema : (System.Text.Json.JsonElement?)null }),
            },
            Wire.Options,
            http.RequestAborted);
    }
}
