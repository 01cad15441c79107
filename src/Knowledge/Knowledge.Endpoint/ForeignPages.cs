using Microsoft.AspNetCore.Http;

namespace Knowledge.Endpoint;

/// <summary>Changes that a page of another site asks for in a person's browser.</summary>
internal static class ForeignPages
{
    /// <summary>
    /// Refuses a change that a browser sends for a page of another origin, as a form can be sent anywhere without being asked for. An origin that the app's own rules (CORS) allow is no stranger.
    /// </summary>
    /// <exception cref="ProtocolException">The request says that it comes from another origin.</exception>
    public static void Refuse(HttpContext http)
    {
        var origin = http.Request.Headers.Origin.ToString();
        var isForeign = origin.Length > 0 && origin != $"{http.Request.Scheme}://{http.Request.Host}";
        if (isForeign && http.Response.Headers.AccessControlAllowOrigin.Count == 0)
            throw new ProtocolException(StatusCodes.Status403Forbidden, $"A page of {origin} asks for a change, and this endpoint takes changes from its own pages and from programs alone.");
    }
}
