using System.Text.RegularExpressions;
using Hub.Abstractions;
using Hub.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Toolkit;

/// <summary><c>/websocket</c>: pages of other origins may connect only where the file's <c>cors</c> says so, as a browser asks nobody before it opens a socket.</summary>
internal sealed class SocketRoutes(IHub hub, Callers callers, RequestRuns runs, HubServerOptions options)
{
    private static readonly TimeSpan s_regexTimeout = TimeSpan.FromMilliseconds(100);
    private readonly SocketParts _parts = new(hub, options, callers, runs);

    /// <summary>Serves sockets that ask one function.</summary>
    public Func<HttpContext, Task> Serve(string function) => async http =>
    {
        if (!http.WebSockets.IsWebSocketRequest)
            throw new RequestException(StatusCodes.Status400BadRequest, "This path takes web sockets.");
        if (!IsAllowed(http))
            throw new RequestException(StatusCodes.Status403Forbidden, "Pages of this origin may not connect. 'cors' of the workflow file's front_end says which may.");
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var session = new SocketSession(socket, http, function, _parts, await callers.IdentifyAsync(http));
        await session.RunAsync();
    };

    private bool IsAllowed(HttpContext http)
    {
        var origin = http.Request.Headers.Origin.ToString();
        var cors = options.FrontEnd.Cors;
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(http.Request.Host.Value, StringComparison.OrdinalIgnoreCase))
            || cors.AllowOrigins?.Contains("*") == true || cors.AllowOrigins?.Contains(origin) == true
            || (cors.AllowOriginRegex is { Length: > 0 } pattern && Regex.IsMatch(origin, $"^(?:{pattern})$", RegexOptions.CultureInvariant, s_regexTimeout));
    }
}
