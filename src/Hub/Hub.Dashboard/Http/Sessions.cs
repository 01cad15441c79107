using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Hub.Dashboard.Http;

/// <summary>Who is signed in. A session is a random cookie whose hash is kept here, so that signing out ends it; a restart of the server ends all.</summary>
/// <remarks>Thread safety: all members.</remarks>
internal sealed class Sessions : IDisposable
{
    /// <summary>Name of the cookie.</summary>
    public const string Cookie = "hub-dashboard";

    private const int MaxSessions = 1_000;
    private const int TriesAMinute = 10;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(12);

    private readonly DashboardOptions _options;
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly PartitionedRateLimiter<HttpContext> _tries = PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetFixedWindowLimiter(
        http.Connection.RemoteIpAddress?.ToString() ?? "", _ => new FixedWindowRateLimiterOptions { PermitLimit = TriesAMinute, Window = TimeSpan.FromMinutes(1) }));

    public Sessions(DashboardOptions options)
    {
        _options = options;
    }

    /// <summary>Whether pages ask for a key at all.</summary>
    public bool AreNeeded => _options.ViewerOf is not null;

    /// <summary>Who asks; null where they must sign in first.</summary>
    public DashboardViewer? Viewer(HttpContext http) => !AreNeeded ? DashboardViewer.Everything
        : http.Request.Cookies[Cookie] is { Length: > 0 } shown && _sessions.TryGetValue(Hash(shown), out var session) && session.Ends > _options.Time.GetUtcNow() ? session.Viewer : null;

    /// <summary>Whether whoever asks may see pages.</summary>
    public bool Allows(HttpContext http) => Viewer(http) is not null;

    /// <summary>Signs in with a key.</summary>
    /// <param name="http">The request.</param>
    /// <param name="path">Path of the dashboard, to which the cookie is confined.</param>
    /// <param name="key">The key.</param>
    /// <returns>Whether the key is one of the server's.</returns>
    /// <exception cref="PageException">Too many tries.</exception>
    public bool SignIn(HttpContext http, string path, string key)
    {
        Try(http);
        if (_options.ViewerOf?.Invoke(key) is not { } viewer)
            return false;
        var now = _options.Time.GetUtcNow();
        foreach (var (old, known) in _sessions)
        {
            if (known.Ends <= now || _sessions.Count >= MaxSessions)
                _sessions.TryRemove(old, out _);
        }

        var session = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        _sessions[Hash(session)] = new Session(now + s_lifetime, viewer);
        http.Response.Cookies.Append(Cookie, session, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = http.Request.IsHttps,
            Path = path,
            MaxAge = s_lifetime,
            IsEssential = true,
        });
        return true;
    }

    /// <summary>Ends a session.</summary>
    public void SignOut(HttpContext http, string path)
    {
        if (http.Request.Cookies[Cookie] is { Length: > 0 } shown)
            _sessions.TryRemove(Hash(shown), out _);
        http.Response.Cookies.Delete(Cookie, new CookieOptions { Path = path, HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps });
    }

    /// <summary>Whether a text is the administrator's key.</summary>
    /// <exception cref="PageException">There is none, it is wrong, or too many were tried.</exception>
    public void DemandAdmin(HttpContext http, string key)
    {
        if (_options.IsAdminKey is not { } isKey)
            throw new PageException(StatusCodes.Status403Forbidden, "Not allowed", "This server has no administrator's key. Start it with $HUB_ADMIN_KEY set.");
        Try(http);
        if (!isKey(key))
            throw new PageException(StatusCodes.Status403Forbidden, "Not allowed", "That is not the administrator's key ($HUB_ADMIN_KEY of the server).");
    }

    public void Dispose() => _tries.Dispose();

    private void Try(HttpContext http)
    {
        using var lease = _tries.AttemptAcquire(http);
        if (!lease.IsAcquired)
            throw new PageException(StatusCodes.Status429TooManyRequests, "Too many tries", "Too many keys were tried from your address. Try again in a minute.");
    }

    private sealed record Session(DateTimeOffset Ends, DashboardViewer Viewer);

    private static string Hash(string session) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(session)));
}
