using System.Net.Http.Headers;
using Conformance.Tests.Harness;
using Knowledge.Endpoint.Tests;
using Knowledge.Rdf;
using Knowledge.Sparql;

namespace Conformance.Tests.Http;

/// <summary>Exchanges one after the other with an endpoint of their own, which listens in this process.</summary>
internal static class HttpConnection
{
    private static readonly Uri s_origin = new("http://www.example/");

    /// <summary>Makes the exchanges, and looks at the responses of the last ones.</summary>
    /// <param name="exchanges">The exchanges.</param>
    /// <param name="quads">What the store has before.</param>
    /// <param name="unchecked">How many of them only lead to the state that the others are about.</param>
    public static async Task RunAsync(IReadOnlyList<HttpExchange> exchanges, IEnumerable<Quad> quads, int @unchecked = 0)
    {
        await using var served = await Served.Of(string.Concat(quads.Select(q => q.Graph is null ? $"{q}\n" : $"{q.Graph} {{ {q.Subject} {q.Predicate} {q.Object} }}\n")), graphs: "/gsp");
        var variables = new Dictionary<string, string>();
        for (var i = 0; i < exchanges.Count; i++)
        {
            using var response = await SendAsync(served.Client, exchanges[i], variables);
            var body = await response.Content.ReadAsByteArrayAsync();
            if (exchanges[i].Location is { } name)
                variables[name] = new Uri(s_origin, response.Headers.Location ?? throw new TestFailedException("The response has no Location.")).AbsoluteUri;
            if (i >= @unchecked)
                Check(exchanges[i], response, body);
        }
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpExchange exchange, Dictionary<string, string> variables)
    {
        string Filled(string text) => variables.Aggregate(text, (t, v) => t
            .Replace("graph=" + v.Key, "graph=" + Uri.EscapeDataString(v.Value), StringComparison.Ordinal)
            .Replace(v.Key, v.Value, StringComparison.Ordinal));
        var path = Filled(exchange.Path);
        var url = client.BaseAddress!.GetLeftPart(UriPartial.Authority) + (path.StartsWith('/') ? path : new Uri(path).PathAndQuery);
        using var request = new HttpRequestMessage(new HttpMethod(exchange.Method), new Uri(url, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Headers.Host = s_origin.Host;
        if (exchange.Body is not null)
            request.Content = new ByteArrayContent(exchange.Encoding.GetBytes(Filled(exchange.Body)));
        foreach (var (name, value) in exchange.Headers)
        {
            if (!name.Equals("content-type", StringComparison.OrdinalIgnoreCase))
                request.Headers.TryAddWithoutValidation(name, value);
            else if (request.Content is not null)
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
        }

        return await client.SendAsync(request);
    }

    private static void Check(HttpExchange exchange, HttpResponseMessage response, byte[] body)
    {
        var (status, type) = ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "");
        var what = $"{exchange.Method} {exchange.Path}";
        if (!exchange.IsStatus(status))
            throw new TestFailedException($"{what}: the status is {status}; {exchange.Statuses} is wanted. {System.Text.Encoding.UTF8.GetString(body)}");
        if (exchange.MediaType is { } wanted && !type.Equals(wanted.Split(';')[0].Trim(), StringComparison.OrdinalIgnoreCase))
            throw new TestFailedException($"{what}: the content is '{type}'; '{wanted}' is wanted.");
        if (exchange.Boolean is { } boolean && Results(type, body).Boolean != boolean)
            throw new TestFailedException($"{what}: {boolean} is wanted.");
        var isFormat = exchange.Format switch
        {
            null => true,
            "boolean" => Results(type, body).Boolean is not null,
            "tabular" => Results(type, body).Solutions is not null,
            _ => RdfFormat.TryByMediaType(type, out _),
        };
        if (!isFormat)
            throw new TestFailedException($"{what}: the content is '{type}'; the format '{exchange.Format}' is wanted.");
        if (exchange.Document is { } document && exchange.Method != "HEAD" && !Isomorphism.AreIsomorphic(Graph(document).ToList(), Graph(System.Text.Encoding.UTF8.GetString(body)).ToList()))
            throw new TestFailedException($"{what}: another graph is wanted.\n{document}\nThe response has\n{System.Text.Encoding.UTF8.GetString(body)}");
    }

    private static ResultDocument Results(string type, byte[] body) =>
        ResultFormat.All.FirstOrDefault(f => f.MediaTypes.Contains(type)) is { } format ? format.Read(new MemoryStream(body)) : throw new TestFailedException($"'{type}' is no format of results.");

    private static IReadOnlySet<Quad> Graph(string turtle) => Dataset.Parse(turtle, RdfFormat.Turtle, new RdfReaderOptions { BaseIri = s_origin.AbsoluteUri }).Quads;
}
