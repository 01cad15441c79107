using Hub.Remote.Auth;
using Hub.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Toolkit;

/// <summary><c>/auth/redirect</c>: where browsers come back to that were sent away to authorize something.</summary>
/// <remarks>Source: the toolkit's <c>routes/auth.py</c>. Nothing that a browser brings is written into the page or a log.</remarks>
internal sealed class AuthorizationRoutes(AuthorizationFlows flows, Callers callers)
{
    private const int MaxChars = 8192;

    /// <summary><c>GET /auth/redirect</c>.</summary>
    public async Task RedirectAsync(HttpContext http)
    {
        var callback = new AuthorizationCallback(One(http, "state"), One(http, "code"), One(http, "iss"), One(http, "error"));
        // Where keys or tokens say who somebody is, a cookie says nothing.
        var user = callers.AreAsked || http.Request.Cookies[UserIds.Cookie] is not { Length: > 0 } cookie ? null : UserIds.From(cookie);
        var outcome = await flows.CompleteAsync(callback, user, http.RequestAborted);
        var (status, words) = outcome switch
        {
            AuthorizationOutcome.Success => (StatusCodes.Status200OK, "The hub has what it needs. You may close this page."),
            AuthorizationOutcome.SomebodyElse => (StatusCodes.Status403Forbidden, "Somebody else asked for this authorization. Nothing was taken over."),
            AuthorizationOutcome.Failed => (StatusCodes.Status502BadGateway, "Authorization failed. Ask again to begin anew."),
            _ => (StatusCodes.Status400BadRequest, "Invalid state. Please restart the authentication process."),
        };
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        await http.Response.WriteAsync($"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Authorization</title><p>{words}</p></html>", http.RequestAborted);
    }

    private static string? One(HttpContext http, string name) => http.Request.Query[name] is [{ Length: > 0 and <= MaxChars } only] ? only : null;
}
