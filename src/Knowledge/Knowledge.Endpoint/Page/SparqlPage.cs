using System.Text.Json;
using Knowledge.Rdf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Knowledge.Endpoint;

/// <summary>A page for people: a query editor, and results as a table, a graph and text.</summary>
/// <remarks>Everything comes from this assembly, and the page's policy lets it load nothing from elsewhere. The page expects <c>MapSparql</c> at <c>/sparql</c> beside it.</remarks>
public static class SparqlPage
{
    private const string Policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private static readonly Dictionary<string, string> s_types = new(StringComparer.Ordinal)
    {
        ["page.css"] = "text/css; charset=utf-8",
        ["page.js"] = "text/javascript; charset=utf-8",
        ["theme.js"] = "text/javascript; charset=utf-8",
        ["editor.js"] = "text/javascript; charset=utf-8",
        ["cytoscape.js"] = "text/javascript; charset=utf-8",
        ["licenses.txt"] = "text/plain; charset=utf-8",
    };

    /// <summary>Maps the page to <c>/</c>, its files below <c>/page</c>, and what it completes from to <c>/vocabulary</c>.</summary>
    /// <param name="routes">Where to map.</param>
    /// <param name="store">The quads.</param>
    public static IEndpointConventionBuilder MapSparqlPage(this IEndpointRouteBuilder routes, IQuadStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        routes.MapGet("/page/{name}", http => FileAsync(http, (string)http.Request.RouteValues["name"]!));
        routes.MapGet("/vocabulary", Failures.Handled(http => VocabularyAsync(http, store)));
        return routes.MapGet("/", PageAsync);
    }

    /// <summary>Whether a request is for the page or its files, which say nothing about the store: who has a key types it there.</summary>
    /// <param name="request">The request.</param>
    public static bool IsPage(HttpRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return HttpMethods.IsGet(request.Method) && (request.Path == "/" || request.Path.StartsWithSegments("/page"));
    }

    private static async Task PageAsync(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        await WriteAsync(http, "page.html", "text/html; charset=utf-8");
    }

    private static async Task FileAsync(HttpContext http, string name)
    {
        if (s_types.TryGetValue(name, out var type))
            await WriteAsync(http, name, type);
        else
            http.Response.StatusCode = StatusCodes.Status404NotFound;
    }

    private static async Task WriteAsync(HttpContext http, string name, string type)
    {
        await using var file = typeof(SparqlPage).Assembly.GetManifestResourceStream(name)!;
        http.Response.ContentType = type;
        http.Response.ContentLength = file.Length;
        http.Response.Headers.CacheControl = "no-cache";
        await file.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static Task VocabularyAsync(HttpContext http, IQuadStore store)
    {
        var vocabulary = Vocabulary.Of(store);
        return http.Response.WriteAsJsonAsync(vocabulary, s_json, http.RequestAborted);
    }
}
