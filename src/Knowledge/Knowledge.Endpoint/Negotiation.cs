using Knowledge.Rdf;
using Knowledge.Sparql;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Knowledge.Endpoint;

/// <summary>Chooses a format by a request's <c>Accept</c>. RFC 9110, 12.5.1.</summary>
internal static class Negotiation
{
    /// <summary>The format of solutions, or of the answer of an ASK query.</summary>
    public static (ResultFormat Format, string MediaType) Results(HttpContext http, bool isAsk) =>
        Choose(http, ResultFormat.All.Where(f => !isAsk || f.HasBooleans), f => f.MediaTypes, ResultFormat.Json);

    /// <summary>The format of triples or quads.</summary>
    public static (RdfFormat Format, string MediaType) Document(HttpContext http, bool hasGraphs) =>
        Choose(http, RdfFormat.All.Where(f => !hasGraphs || f.HasGraphs), f => f.MediaTypes, hasGraphs ? RdfFormat.NQuads : RdfFormat.Turtle);

    private static (T Format, string MediaType) Choose<T>(HttpContext http, IEnumerable<T> formats, Func<T, IReadOnlyList<string>> types, T usual)
        where T : class
    {
        var accepted = http.Request.GetTypedHeaders().Accept;
        if (accepted is null || accepted.Count == 0)
            return (usual, types(usual)[0]);
        var offers = formats.OrderBy(f => f == usual ? 0 : 1).SelectMany(f => types(f).Select(t => (Format: f, Type: t))).ToList();
        (T Format, string Type, double Quality)? best = null;
        foreach (var (format, type) in offers)
        {
            var quality = Quality(accepted, type);
            if (quality > (best?.Quality ?? 0))
                best = (format, type, quality);
        }

        return best is { } found
            ? (found.Format, found.Type)
            : throw new ProtocolException(StatusCodes.Status406NotAcceptable, $"None of '{http.Request.Headers.Accept}' can be written. There are: {string.Join(", ", offers.Select(o => o.Type))}.");
    }

    /// <summary>The quality that the most specific matching range gives a type.</summary>
    private static double Quality(IList<MediaTypeHeaderValue> accepted, string type)
    {
        var offer = new MediaTypeHeaderValue(type);
        return accepted.Where(a => offer.IsSubsetOf(new MediaTypeHeaderValue(a.MediaType)))
            .OrderByDescending(a => a.MatchesAllTypes ? 0 : a.MatchesAllSubTypes ? 1 : 2)
            .Select(a => a.Quality ?? 1)
            .FirstOrDefault();
    }
}
