using System.Security.Cryptography;
using System.Text;
using Knowledge.Rdf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Knowledge.Endpoint;

/// <summary>Whole graphs by HTTP. SPARQL 1.1 Graph Store HTTP Protocol.</summary>
/// <remarks>A graph is named by <c>?graph=IRI</c> or <c>?default</c> (4.2), or is the address itself where that lies below the store's (4.1).</remarks>
internal sealed class GraphStore(IQuadStore store, SparqlEndpointOptions options)
{
    private int _documents;

    /// <summary>Handles one request.</summary>
    public async Task HandleAsync(HttpContext http)
    {
        var isBelow = http.Request.RouteValues.TryGetValue("graph", out var rest) && rest is string { Length: > 0 };
        var isAll = !isBelow && !http.Request.Query.ContainsKey("graph") && !http.Request.Query.ContainsKey("default");
        var graph = isAll ? [] : isBelow ? Text(Url(http)) : Graph(http);
        var method = http.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method))
        {
            await Task.Run(() => Get(http, graph, isAll));
            return;
        }

        if (options.IsReadOnly)
            throw new ProtocolException(StatusCodes.Status403Forbidden, "This endpoint is read-only.");
        ForeignPages.Refuse(http);
        if (HttpMethods.IsDelete(method))
            await Task.Run(() => Delete(http, graph, isAll));
        else
            await PutAsync(http, graph, isAll, replaces: HttpMethods.IsPut(method));
    }

    private static string Url(HttpContext http) => UriHelper.BuildAbsolute(http.Request.Scheme, http.Request.Host, http.Request.PathBase, http.Request.Path);

    private static byte[] Text(string graph) => Encoding.UTF8.GetBytes(TermText.Write(new Iri(graph)));

    /// <summary>The canonical text of the graph that is named; empty for the default graph.</summary>
    private static byte[] Graph(HttpContext http)
    {
        var names = http.Request.Query["graph"];
        var isDefault = http.Request.Query.ContainsKey("default");
        if (names.Count > 1 || (isDefault && names.Count == 1))
            throw new ProtocolException(StatusCodes.Status400BadRequest, "One graph is needed: ?graph=IRI or ?default.");
        if (isDefault)
            return [];
        return Uri.TryCreate(names[0], UriKind.Absolute, out _)
            ? Text(names[0]!)
            : throw new ProtocolException(StatusCodes.Status400BadRequest, $"'{names[0]}' is no absolute IRI.");
    }

    private void Get(HttpContext http, byte[] graph, bool isAll)
    {
        using var snapshot = store.Snapshot();
        var (format, type) = Negotiation.Document(http, hasGraphs: isAll);
        http.Response.ContentType = type;
        var id = TermId.None;
        if (graph.Length > 0 && (!snapshot.Terms.TryFind(graph, out id) || !snapshot.Graphs.Contains(id)))
            throw new ProtocolException(StatusCodes.Status404NotFound, $"There is no graph {Encoding.UTF8.GetString(graph)}.");
        SparqlRoutes.Write(http, format, writer =>
        {
            foreach (var (prefix, iri) in store.Prefixes)
                writer.Prefix(prefix, iri);
            foreach (var one in isAll ? snapshot.Graphs.Prepend(TermId.None) : [id])
                snapshot.Write(one, isAll ? one : TermId.None, writer);
        });
    }

    private void Delete(HttpContext http, byte[] graph, bool isAll)
    {
        using var transaction = store.BeginWrite(http.RequestAborted);
        using (var snapshot = transaction.Snapshot())
        {
            var id = TermId.None;
            if (graph.Length > 0 && (!snapshot.Terms.TryFind(graph, out id) || !snapshot.Graphs.Contains(id)))
                throw new ProtocolException(StatusCodes.Status404NotFound, $"There is no graph {Encoding.UTF8.GetString(graph)}.");
            foreach (var one in isAll ? snapshot.Graphs.Prepend(TermId.None) : [id])
                snapshot.Write(one, one, new Removal(transaction));
        }

        transaction.Commit();
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task PutAsync(HttpContext http, byte[] graph, bool isAll, bool replaces)
    {
        var documents = await DocumentParts.ReadAsync(http, options.MaxDocumentBytes);
        if (isAll && documents.Any(d => !d.Format.HasGraphs))
        {
            if (replaces)
                throw new ProtocolException(StatusCodes.Status400BadRequest, $"{documents[0].Format.Name} has no graphs: say which is meant with ?graph=IRI or ?default.");

            // 5.5: triples that are sent to the store itself become a graph, whose name the response tells.
            var name = $"{Url(http).TrimEnd('/')}/{RandomNumberGenerator.GetHexString(24, lowercase: true)}";
            http.Response.Headers.Location = name;
            (graph, isAll) = (Text(name), false);
        }

        await Task.Run(() => Put(http, documents, graph, isAll, replaces));
    }

    private void Put(HttpContext http, IReadOnlyList<(Stream Text, RdfFormat Format)> documents, byte[] graph, bool isAll, bool replaces)
    {
        using var transaction = store.BeginWrite(http.RequestAborted);
        bool isNew;
        using (var snapshot = transaction.Snapshot())
        {
            var id = TermId.None;
            isNew = graph.Length > 0 && (!snapshot.Terms.TryFind(graph, out id) || !snapshot.Graphs.Contains(id));
            if (replaces && !isNew)
            {
                foreach (var one in isAll ? snapshot.Graphs.Prepend(TermId.None) : [id])
                    snapshot.Write(one, one, new Removal(transaction));
            }
        }

        var baseIri = graph.Length > 0 ? Encoding.UTF8.GetString(graph.AsSpan(1, graph.Length - 2)) : Url(http);
        foreach (var (text, format) in documents)
        {
            var scope = FormattableString.Invariant($"g{store.Version}x{Interlocked.Increment(ref _documents)}");
            format.Read(text, new Addition(transaction, isAll ? null : graph), new RdfReaderOptions { BaseIri = baseIri, BlankNodeScope = scope });
        }

        transaction.Commit();
        http.Response.StatusCode = isNew ? StatusCodes.Status201Created : StatusCodes.Status204NoContent;
    }

    /// <summary>Adds what it is given: to one graph, or each quad to its own.</summary>
    private sealed class Addition(IQuadTransaction transaction, byte[]? graph) : IQuadSink
    {
        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> own)
        {
            if (graph is not null && !own.IsEmpty)
                throw new ProtocolException(StatusCodes.Status400BadRequest, "The document has named graphs, and one graph was named for all of it.");
            transaction.Add(subject, predicate, @object, graph ?? own);
        }
    }

    /// <summary>Removes what it is given.</summary>
    private sealed class Removal(IQuadTransaction transaction) : IQuadSink
    {
        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph) =>
            transaction.Remove(subject, predicate, @object, graph);
    }
}
