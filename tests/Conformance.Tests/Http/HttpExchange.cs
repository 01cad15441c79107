using System.Text;
using Conformance.Tests.Harness;
using Knowledge.Rdf;

namespace Conformance.Tests.Http;

/// <summary>One request of a test, and what its response has to be.</summary>
internal sealed record HttpExchange
{
    private const string Http = "http://www.w3.org/2011/http#";
    private const string Content = "http://www.w3.org/2011/content#";
    private const string Terms = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";

    /// <summary>The method.</summary>
    public required string Method { get; init; }

    /// <summary>Path and query.</summary>
    public required string Path { get; init; }

    /// <summary>Header fields of the request.</summary>
    public required IReadOnlyList<(string Name, string Value)> Headers { get; init; }

    /// <summary>The body; null where there is none.</summary>
    public string? Body { get; init; }

    /// <summary>Encoding of the body.</summary>
    public Encoding Encoding { get; init; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Whether a status is right.</summary>
    public required Func<int, bool> IsStatus { get; init; }

    /// <summary>What <see cref="IsStatus"/> asks for, in words.</summary>
    public required string Statuses { get; init; }

    /// <summary>The answer of ASK; null where none is wanted.</summary>
    public bool? Boolean { get; init; }

    /// <summary><c>boolean</c>, <c>tabular</c> or <c>RDF</c>; null where nothing is said.</summary>
    public string? Format { get; init; }

    /// <summary>Under which name later requests use the response's Location; null where none is wanted.</summary>
    public string? Location { get; init; }

    /// <summary>Media type of the response; null where nothing is said.</summary>
    public string? MediaType { get; init; }

    /// <summary>A document whose graph is the response's; null where nothing is said.</summary>
    public string? Document { get; init; }

    /// <summary>The exchanges of a connection that a manifest describes.</summary>
    public static IReadOnlyList<HttpExchange> Of(ManifestEntry connection) => [.. connection.List(Http + "requests").Select(r => OfRequest(connection.At(r)))];

    private static HttpExchange OfRequest(ManifestEntry request)
    {
        var response = request.At(request.One(Http + "resp"));
        var statuses = response.Values(Terms + "expectedStatus").Cast<Iri>().Select(i => i.Value[(i.Value.LastIndexOf('#') + 1)..]).ToList();
        var (body, encoding) = TextOf(request);
        return new HttpExchange
        {
            Method = Text(request.One(Http + "methodName")),
            Path = Text(request.One(Http + "absolutePath")),
            Headers = HeadersOf(request),
            Body = body,
            Encoding = encoding,
            IsStatus = status => statuses.Count == 0 || statuses.Any(s => IsOf(s, status)),
            Statuses = string.Join(" or ", statuses),
            Boolean = response.Maybe(Terms + "expectedBoolean") is Literal boolean ? boolean.Lexical == "true" : null,
            Format = response.Maybe(Terms + "expectedFormat") is Literal format ? format.Lexical : null,
            Location = response.Maybe(Terms + "expectedLocation") is Literal location ? location.Lexical : null,
            MediaType = HeadersOf(response).Where(h => h.Name.Equals("content-type", StringComparison.OrdinalIgnoreCase)).Select(h => h.Value).FirstOrDefault(),
            Document = TextOf(response).Body,
        };
    }

    private static bool IsOf(string name, int status) => name switch
    {
        "OK" => status == 200,
        "Created" => status == 201,
        "NoContent" => status == 204,
        "NotFound" => status == 404,
        ['S', 't', 'a', 't', 'u', 's', 'C', 'o', 'd', 'e', var digit, 'x', 'x'] => status / 100 == digit - '0',
        _ => throw new TestFailedException($"The status '{name}' is unknown here."),
    };

    private static IReadOnlyList<(string Name, string Value)> HeadersOf(ManifestEntry message) =>
        [.. message.List(Http + "headers").Select(message.At).Select(h => (Text(h.One(Http + "fieldName")), Text(h.One(Http + "fieldValue"))))];

    private static (string? Body, Encoding Encoding) TextOf(ManifestEntry message)
    {
        if (message.Maybe(Http + "body") is not { } node)
            return (null, Encoding.UTF8);
        var body = message.At(node);
        var encoding = Text(body.One(Content + "characterEncoding"));
        return (Text(body.One(Content + "chars")), encoding == "UTF-8" ? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) : Encoding.GetEncoding(encoding));
    }

    private static string Text(Term term) => term is Literal literal ? literal.Lexical : throw new TestFailedException($"{term} is no literal.");
}
