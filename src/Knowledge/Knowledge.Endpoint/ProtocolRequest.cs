using System.Globalization;
using System.Text;
using Knowledge.Rdf;
using Knowledge.Sparql;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Knowledge.Endpoint;

/// <summary>A query or an update as it came in, by any of the protocol's five ways.</summary>
/// <param name="IsUpdate">Whether it is an update.</param>
/// <param name="Text">The query or update.</param>
/// <param name="DefaultGraphs">Graphs that together are the default graph; empty where the text decides.</param>
/// <param name="NamedGraphs">Graphs that GRAPH sees; empty where the text decides.</param>
/// <param name="AsOf">Which times are asked about.</param>
/// <remarks>Source: SPARQL 1.1 Protocol, 2.1 and 2.2. <c>valid</c> and <c>known</c> are parameters of our own.</remarks>
internal sealed record ProtocolRequest(bool IsUpdate, string Text, IReadOnlyList<Iri> DefaultGraphs, IReadOnlyList<Iri> NamedGraphs, AsOf AsOf)
{
    private const int MaxValues = 1024;

    /// <summary>Reads a request; null where it is a GET without a query, which asks for the service description.</summary>
    /// <exception cref="ProtocolException">The request is none of the protocol's.</exception>
    public static async Task<ProtocolRequest?> ReadAsync(HttpContext http, SparqlEndpointOptions options)
    {
        var url = http.Request.Query;
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        {
            if (url.ContainsKey("update"))
                throw new ProtocolException(StatusCodes.Status400BadRequest, "An update cannot come with GET; POST it.");
            return url.ContainsKey("query") ? Of(key => url[key], isUpdate: false, One(url["query"], "query"), options) : null;
        }

        var type = http.Request.ContentType?.Split(';')[0].Trim() ?? "";
        if (type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            var form = await FormAsync(http, options);
            var isUpdate = form.ContainsKey("update");
            if (isUpdate == form.ContainsKey("query"))
                throw new ProtocolException(StatusCodes.Status400BadRequest, "One of 'query' and 'update' is needed.");
            var text = One(form[isUpdate ? "update" : "query"], isUpdate ? "update" : "query");
            return Of(key => StringValues.Concat(form.GetValueOrDefault(key), url[key]), isUpdate, text, options);
        }

        return type.ToUpperInvariant() switch
        {
            "APPLICATION/SPARQL-QUERY" => Of(key => url[key], isUpdate: false, await TextAsync(http, options), options),
            "APPLICATION/SPARQL-UPDATE" => Of(key => url[key], isUpdate: true, await TextAsync(http, options), options),
            _ => throw new ProtocolException(StatusCodes.Status415UnsupportedMediaType,
                $"The body is '{type}'; application/sparql-query, application/sparql-update or application/x-www-form-urlencoded is needed."),
        };
    }

    private static ProtocolRequest Of(Func<string, StringValues> parameter, bool isUpdate, string text, SparqlEndpointOptions options)
    {
        if (text.Length > options.MaxTextLength)
            throw TooLong(options);
        return new ProtocolRequest(
            isUpdate,
            text,
            Graphs(parameter, isUpdate ? "using-graph-uri" : "default-graph-uri"),
            Graphs(parameter, isUpdate ? "using-named-graph-uri" : "named-graph-uri"),
            new AsOf(Time(parameter, "valid"), Time(parameter, "known")));
    }

    private static string One(StringValues values, string name) => values.Count == 1
        ? values[0] ?? ""
        : throw new ProtocolException(StatusCodes.Status400BadRequest, $"There are {values.Count} values of '{name}'; one is needed.");

    private static IReadOnlyList<Iri> Graphs(Func<string, StringValues> parameter, string name)
    {
        var values = parameter(name);
        return [.. values.Select(v => Uri.TryCreate(v, UriKind.Absolute, out _)
            ? new Iri(v!)
            : throw new ProtocolException(StatusCodes.Status400BadRequest, $"'{v}' of '{name}' is no absolute IRI."))];
    }

    private static DateTimeOffset? Time(Func<string, StringValues> parameter, string name)
    {
        var values = parameter(name);
        if (values.Count == 0)
            return null;
        return DateTimeOffset.TryParse(One(values, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new ProtocolException(StatusCodes.Status400BadRequest, $"'{values}' of '{name}' is no time; one like 2024-05-01 or 2024-05-01T12:00:00Z is needed.");
    }

    private static async Task<Dictionary<string, StringValues>> FormAsync(HttpContext http, SparqlEndpointOptions options)
    {
        var reader = new FormPipeReader(http.Request.BodyReader, Charset(http)) { ValueLengthLimit = options.MaxTextLength * 3, ValueCountLimit = MaxValues };
        try
        {
            return await reader.ReadFormAsync(http.RequestAborted);
        }
        catch (InvalidDataException wrong)
        {
            throw new ProtocolException(StatusCodes.Status400BadRequest, $"The form cannot be read: {wrong.Message}");
        }
    }

    private static async Task<string> TextAsync(HttpContext http, SparqlEndpointOptions options)
    {
        if (http.Request.ContentLength > options.MaxTextLength * 4L)
            throw TooLong(options);
        using var reader = new StreamReader(http.Request.Body, Charset(http));
        var buffer = new char[4096];
        var text = new StringBuilder();
        while (await reader.ReadAsync(buffer, http.RequestAborted) is > 0 and var read)
        {
            text.Append(buffer, 0, read);
            if (text.Length > options.MaxTextLength)
                throw TooLong(options);
        }

        return text.ToString();
    }

    /// <summary>SPARQL is UTF-8; a request that says otherwise is refused.</summary>
    private static UTF8Encoding Charset(HttpContext http)
    {
        var type = http.Request.ContentType ?? "";
        var at = type.IndexOf("charset=", StringComparison.OrdinalIgnoreCase);
        if (at >= 0 && !type.AsSpan(at + "charset=".Length).Trim(" \"").StartsWith("utf-8", StringComparison.OrdinalIgnoreCase))
            throw new ProtocolException(StatusCodes.Status400BadRequest, $"The body is '{type}'; its text must be UTF-8.");
        return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
    }

    private static ProtocolException TooLong(SparqlEndpointOptions options) =>
        new(StatusCodes.Status413PayloadTooLarge, $"The text has more than {options.MaxTextLength} characters.");
}
