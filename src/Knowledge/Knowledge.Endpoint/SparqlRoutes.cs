using Knowledge.Rdf;
using Knowledge.Sparql;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Knowledge.Endpoint;

/// <summary>Routes of the SPARQL 1.1 Protocol and of the Graph Store Protocol.</summary>
public static class SparqlRoutes
{
    private static readonly string[] s_methods = ["GET", "HEAD", "POST"];

    /// <summary>Maps the query and update operations, and the service description, to a path.</summary>
    /// <param name="routes">Where to map.</param>
    /// <param name="path">The path, as <c>/sparql</c>.</param>
    /// <param name="store">The quads.</param>
    /// <param name="options">What is allowed; null for the defaults.</param>
    public static IEndpointConventionBuilder MapSparql(this IEndpointRouteBuilder routes, string path, IQuadStore store, SparqlEndpointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(routes);
        return routes.MapMethods(path, s_methods, Handler(store, options));
    }

    /// <summary>What answers the query and update operations, for an app that maps it itself.</summary>
    /// <param name="store">The quads.</param>
    /// <param name="options">What is allowed; null for the defaults.</param>
    public static RequestDelegate Handler(IQuadStore store, SparqlEndpointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var chosen = options ?? new SparqlEndpointOptions();
        return Failures.Handled(http => SparqlAsync(http, store, chosen));
    }

    /// <summary>Maps the Graph Store Protocol to a path: graphs are named by <c>?graph=IRI</c> or <c>?default</c>, all of them by no parameter; a path below is a graph's own address.</summary>
    /// <param name="routes">Where to map.</param>
    /// <param name="path">The path, as <c>/data</c>.</param>
    /// <param name="store">The quads.</param>
    /// <param name="options">What is allowed; null for the defaults.</param>
    public static IEndpointConventionBuilder MapGraphStore(this IEndpointRouteBuilder routes, string path, IQuadStore store, SparqlEndpointOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(store);
        var graphs = new GraphStore(store, options ?? new SparqlEndpointOptions());
        return routes.MapMethods(path.TrimEnd('/') + "/{**graph}", ["GET", "HEAD", "PUT", "POST", "DELETE"], Failures.Handled(graphs.HandleAsync));
    }

    private static async Task SparqlAsync(HttpContext http, IQuadStore store, SparqlEndpointOptions options)
    {
        var request = await ProtocolRequest.ReadAsync(http, options);
        if (request is null)
            await Task.Run(() => Describe(http, options));
        else if (request.IsUpdate)
            await Task.Run(() => Update(http, store, request, options));
        else
            await Task.Run(() => Answer(http, store, request, options));
    }

    private static void Describe(HttpContext http, SparqlEndpointOptions options)
    {
        var (format, type) = Negotiation.Document(http, hasGraphs: false);
        http.Response.ContentType = type;
        var url = Url(http);
        Write(http, format, writer =>
        {
            foreach (var triple in ServiceDescription.Of(url, options.IsReadOnly))
                writer.Write(new Quad(triple.Subject, triple.Predicate, triple.Object));
        });
    }

    private static void Answer(HttpContext http, IQuadStore store, ProtocolRequest request, SparqlEndpointOptions options)
    {
        var query = SparqlQuery.Parse(request.Text, new SparqlSyntaxOptions { Prefixes = store.Prefixes, BaseIri = Url(http) });
        var result = query.Evaluate(store, Chosen(http, request, options));
        if (query.Form is QueryForm.Select or QueryForm.Ask)
        {
            var (results, type) = Negotiation.Results(http, query.Form == QueryForm.Ask);
            http.Response.ContentType = type;
            var body = new DelayedBody(http);
            results.Write(result, body);
            body.Complete();
            return;
        }

        var (format, media) = Negotiation.Document(http, hasGraphs: false);
        http.Response.ContentType = media;
        Write(http, format, writer =>
        {
            foreach (var (prefix, iri) in store.Prefixes)
                writer.Prefix(prefix, iri);
            foreach (var triple in result.Triples)
                writer.Write(new Quad(triple.Subject, triple.Predicate, triple.Object));
        });
    }

    private static void Update(HttpContext http, IQuadStore store, ProtocolRequest request, SparqlEndpointOptions options)
    {
        if (options.IsReadOnly)
            throw new ProtocolException(StatusCodes.Status403Forbidden, "This endpoint is read-only.");
        ForeignPages.Refuse(http);
        var update = SparqlUpdate.Parse(request.Text, new SparqlSyntaxOptions { Prefixes = store.Prefixes, BaseIri = Url(http) });
        if (update.NamesDataset && request.DefaultGraphs.Count + request.NamedGraphs.Count > 0)
            throw new ProtocolException(StatusCodes.Status400BadRequest, "The update has USING or WITH, and the request has using-graph-uri or using-named-graph-uri: only one of the two may say which graphs are meant.");
        update.Execute(store, Chosen(http, request, options));
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static QueryOptions Chosen(HttpContext http, ProtocolRequest request, SparqlEndpointOptions options)
    {
        // Where one kind of graph is named, those of the other kind are none: 2.1.4 of the protocol.
        var isNamed = request.DefaultGraphs.Count + request.NamedGraphs.Count > 0;
        return options.Query with
        {
            AsOf = request.AsOf,
            DefaultGraphs = isNamed ? request.DefaultGraphs : options.Query.DefaultGraphs,
            NamedGraphs = isNamed ? request.NamedGraphs : options.Query.NamedGraphs,
            CancellationToken = http.RequestAborted,
        };
    }

    // The service's own address, against which relative IRIs of requests are resolved too: 2.1.1 of the protocol.
    private static string Url(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}{http.Request.PathBase}{http.Request.Path}";

    /// <summary>Writes a document as the response.</summary>
    internal static void Write(HttpContext http, RdfFormat format, Action<RdfWriter> write)
    {
        var body = new DelayedBody(http);
        using (var writer = format.CreateWriter(body))
            write(writer);
        body.Complete();
    }
}
