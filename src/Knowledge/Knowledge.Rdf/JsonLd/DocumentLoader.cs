using System.Text;
using System.Text.Json.Nodes;

namespace Knowledge.Rdf.JsonLd;

/// <summary>Gets documents as JSON-LD 1.1 API, 9.4 and 10 say: redirections, link headers, JSON and pages of HTML. How a request goes out is the caller's.</summary>
/// <param name="get">
/// Answers one request: the absolute IRI without fragment and the value of the Accept header in, the response out. Redirections are not followed by it. It decides which hosts may be asked,
/// and throws <see cref="JsonLdException"/> or <see cref="IOException"/> where there is no answer.
/// </param>
public sealed class DocumentLoader(Func<string, string, DocumentResponse> get) : IDocumentLoader
{
    /// <summary>Redirections and alternates that are followed for one document.</summary>
    public const int MaxRedirects = 10;

    private const string ContextRelation = "http://www.w3.org/ns/json-ld#context";

    /// <inheritdoc/>
    public RemoteDocument Load(string url, DocumentRequest request)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(request);
        var hash = url.IndexOf('#', StringComparison.Ordinal);
        var fragment = hash < 0 ? null : Uri.UnescapeDataString(url[(hash + 1)..]);
        var place = hash < 0 ? url : url[..hash];
        for (var step = 0; step <= MaxRedirects; step++)
        {
            var response = Get(place, request);
            if (response.Status is 301 or 302 or 303 or 307 or 308 && response.Location is { } location)
            {
                place = IriReference.Resolve(place, location);
                continue;
            }

            if (response.Status is < 200 or >= 300)
                throw Failed($"<{place}> was answered with the status {response.Status}");
            var type = MediaType.Of(response.ContentType);
            var links = response.Links.SelectMany(MediaType.Links).ToArray();
            var alternate = links.FirstOrDefault(l => l.Parameter("rel") == "alternate" && l.Parameter("type") == MediaType.JsonLd);
            if (!type.IsJson && alternate is not null)
            {
                place = IriReference.Resolve(place, alternate.Name);
                continue;
            }

            return type.IsHtml ? Html(response, type, place, fragment, request) : Json(response, type, place, links, request);
        }

        throw Failed($"<{url}> leads through more than {MaxRedirects} redirections (DocumentLoader.MaxRedirects)");
    }

    private DocumentResponse Get(string place, DocumentRequest request)
    {
        var profile = request.RequestProfile is null ? "" : $";profile=\"{request.RequestProfile}\"";
        try
        {
            return get(place, $"{MediaType.JsonLd}{profile}, {MediaType.Json};q=0.9, text/html;q=0.5, */*;q=0.1");
        }
        catch (IOException failure)
        {
            throw Failed($"<{place}> cannot be read: {failure.Message}", failure);
        }
    }

    private static RemoteDocument Json(DocumentResponse response, MediaType type, string place, MediaType[] links, DocumentRequest request)
    {
        if (!type.IsJson)
            throw Failed($"<{place}> is of the type {type.Name}; it must be JSON or HTML");
        string? contextUrl = null;
        if (type.Name != MediaType.JsonLd)
        {
            var contexts = links.Where(l => l.Parameter("rel") == ContextRelation).ToArray();
            if (contexts.Length > 1)
                throw new JsonLdException(JsonLdErrorCode.MultipleContextLinkHeaders, $"<{place}> has {contexts.Length} link headers that name a context.");
            if (contexts.Length == 1)
                contextUrl = IriReference.Resolve(place, contexts[0].Name);
        }

        try
        {
            return new RemoteDocument(JsonReading.Read(response.Body.Span, request.Limits), place, contextUrl, type.Name);
        }
        catch (RdfSyntaxException wrong)
        {
            throw Failed($"<{place}> is no JSON: {wrong.Message}", wrong);
        }
    }

    private static RemoteDocument Html(DocumentResponse response, MediaType type, string place, string? fragment, DocumentRequest request)
    {
        if (response.Body.Length > request.Limits.MaxDocumentBytes)
            throw new JsonLdException(JsonLdErrorCode.DocumentTooLarge, $"<{place}> has {response.Body.Length} bytes; at most {request.Limits.MaxDocumentBytes} are read (JsonLdLimits.MaxDocumentBytes).");
        var page = HtmlScripts.Read(Encoding.UTF8.GetString(response.Body.Span));
        JsonNode? document = page.Extract(fragment, request);
        return new RemoteDocument(document, place, null, type.Name, page.Base);
    }

    private static JsonLdException Failed(string problem, Exception? inner = null) => new(JsonLdErrorCode.LoadingDocumentFailed, problem + ".", inner);
}

/// <summary>What came back for one request.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Value of the Content-Type header, empty where there is none.</param>
/// <param name="Body">The content in UTF-8.</param>
/// <param name="Links">Values of the Link headers.</param>
/// <param name="Location">Value of the Location header, or null.</param>
public sealed record DocumentResponse(int Status, string ContentType, ReadOnlyMemory<byte> Body, IReadOnlyList<string> Links, string? Location = null);
