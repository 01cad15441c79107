using System.Text.Json;
using Knowledge.Rdf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Knowledge.Endpoint;

/// <summary>A page for people: a query editor, and results as a table, a graph and text.</summary>
/// <remarks>
/// Everything comes from this assembly, and the page's policy lets it load nothing from elsewhere. The page expects <c>MapSparql</c> at <c>/sparql</c> beside it.
/// An app with pages of its own puts <see cref="Content"/> into one of them.
/// </remarks>
public static class SparqlPage
{
    /// <summary>What the page may load and do, as a Content-Security-Policy: a page around <see cref="Content"/> may not be stricter about styles, which the editor makes as it goes.</summary>
    public const string Policy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private const string ContentFile = "query.html";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private static readonly Dictionary<string, string> s_types = new(StringComparer.Ordinal)
    {
        ["page.css"] = "text/css; charset=utf-8",
        ["query.css"] = "text/css; charset=utf-8",
        ["query.js"] = "text/javascript; charset=utf-8",
        ["theme.js"] = "text/javascript; charset=utf-8",
        ["editor.js"] = "text/javascript; charset=utf-8",
        ["cytoscape.js"] = "text/javascript; charset=utf-8",
        ["licenses.txt"] = "text/plain; charset=utf-8",
    };

    /// <summary>Names of files that <see cref="Content"/> needs as style sheets; they are found by <see cref="FileAsync"/>.</summary>
    public static IReadOnlyList<string> Styles { get; } = ["query.css"];

    /// <summary>Names of files that <see cref="Content"/> needs as deferred scripts, in their order.</summary>
    public static IReadOnlyList<string> Scripts { get; } = ["editor.js", "cytoscape.js", "query.js"];

    /// <summary>The editor and its results as HTML, for a page of others.</summary>
    /// <param name="endpoint">Address below which <c>sparql</c> and <c>vocabulary</c> answer, with its slash. Where they answer 401, the page is loaded again, and has to ask who is there.</param>
    public static string Content(string endpoint) =>
        $"""<p class="lead" id="about"></p><div class="sparql" data-base="{System.Net.WebUtility.HtmlEncode(endpoint)}">{Text(ContentFile)}</div>""";

    /// <summary>Tells what the editor completes from: prefixes, predicates and classes with their counts.</summary>
    /// <param name="store">The quads.</param>
    public static RequestDelegate VocabularyOf(IQuadStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        return Failures.Handled(http => http.Response.WriteAsJsonAsync(Vocabulary.Of(store), s_json, http.RequestAborted));
    }

    /// <summary>Maps the page to <c>/</c>, its files below <c>/page</c>, and what it completes from to <c>/vocabulary</c>.</summary>
    /// <param name="routes">Where to map.</param>
    /// <param name="store">The quads.</param>
    public static IEndpointConventionBuilder MapSparqlPage(this IEndpointRouteBuilder routes, IQuadStore store)
    {
        ArgumentNullException.ThrowIfNull(store);
        routes.MapGet("/page/{name}", FileAsync);
        routes.MapGet("/vocabulary", VocabularyOf(store));
        return routes.MapGet("/", PageAsync);
    }

    /// <summary>Serves a file of the page, by the route value <c>name</c>. Files say nothing about a store.</summary>
    /// <param name="http">The request.</param>
    public static async Task FileAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (http.Request.RouteValues["name"] is not string name || !s_types.TryGetValue(name, out var type))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await using var file = typeof(SparqlPage).Assembly.GetManifestResourceStream(name)!;
        http.Response.ContentType = type;
        http.Response.ContentLength = file.Length;
        http.Response.Headers.CacheControl = "no-cache";
        await file.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    private static async Task PageAsync(HttpContext http)
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.ContentType = "text/html; charset=utf-8";
        await http.Response.WriteAsync(Text("page.html").Replace($"<!-- {ContentFile} -->", Text(ContentFile), StringComparison.Ordinal), http.RequestAborted);
    }

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(SparqlPage).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
