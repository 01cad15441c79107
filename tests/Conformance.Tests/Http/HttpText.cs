using System.Globalization;
using Conformance.Tests.Harness;
using Knowledge.Rdf;

namespace Conformance.Tests.Http;

/// <summary>Tests that the manifest holds as text: a request and a response as they go over the wire, indented.</summary>
internal static class HttpText
{
    private const string Comment = "http://www.w3.org/2000/01/rdf-schema#comment";

    /// <summary>The exchange of a test.</summary>
    public static HttpExchange Exchange(ManifestEntry entry)
    {
        var text = entry.Values(Comment).OfType<Literal>().Select(l => l.Lexical).Single(t => t.Contains("#### Request", StringComparison.Ordinal))
            .Replace("http://$HOST$/$GRAPHSTORE$", "http://www.example/gsp", StringComparison.Ordinal)
            .Replace("$GRAPHSTORE$", "/gsp", StringComparison.Ordinal)
            .Replace("$HOST$", "www.example", StringComparison.Ordinal);
        var parts = text.Split("#### Response");
        var (request, headers, body) = Message(parts[0].Replace("#### Request", "", StringComparison.Ordinal));
        var (status, expected, document) = Message(parts[1]);
        var line = request.Split(' ');
        var code = int.Parse(status.Split(' ')[0], CultureInfo.InvariantCulture);
        return new HttpExchange
        {
            Method = line[0],
            Path = line[1],
            Headers = [.. headers.Where(h => h.Name != "Host")],
            Body = body,
            IsStatus = s => s == code || (code is 200 or 204 && s is 200 or 204), // which of the two a success without content has is the server's choice
            Statuses = status,
            MediaType = expected.Where(h => h.Name == "Content-Type").Select(h => h.Value).FirstOrDefault(),
            Location = expected.Where(h => h.Name == "Location").Select(h => h.Value).FirstOrDefault(),
            Document = document,
        };
    }

    private static (string First, IReadOnlyList<(string Name, string Value)> Headers, string? Body) Message(string text)
    {
        var lines = text.Split('\n').Select(l => l.StartsWith("    ", StringComparison.Ordinal) ? l[4..] : l.TrimStart()).SkipWhile(l => l.Trim().Length == 0).ToList();
        var end = lines.FindIndex(l => l.Trim().Length == 0);
        var head = end < 0 ? lines : lines[..end];
        var body = end < 0 ? "" : string.Join("\r\n", lines[(end + 1)..]).Trim();
        return (head[0].Trim(), [.. head.Skip(1).Select(h => h.Split(':', 2)).Select(h => (h[0].Trim(), h[1].Trim()))], body.Length == 0 ? null : body);
    }
}
