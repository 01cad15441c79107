using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Http;

/// <summary>A user's id from what a request shows: the same for the same cookie, token or password each time, and none of them can be read from it.</summary>
/// <remarks>
/// This tells users apart, it does not prove who they are. Order and derivation are the toolkit's (version 5 UUIDs):
/// <c>docs/source/components/auth/user-identity.md</c>, <c>data_models/user_info.py</c>.
/// </remarks>
internal static class UserIds
{
    /// <summary>The session's cookie.</summary>
    public const string Cookie = "nat-session";

    private static readonly Guid s_namespace = Version5(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "nemo-agent-toolkit");
    private static readonly string[] s_claims = ["sub", "email", "preferred_username"];

    /// <summary>The user of a request; null where it shows nothing.</summary>
    public static string? Of(HttpContext http)
    {
        if (http.Request.Headers.Cookie.Count > 0 && http.Request.Cookies[Cookie] is { Length: > 0 } cookie)
            return From(cookie);
        if (http.WebSockets.IsWebSocketRequest && http.Request.Query["session"].FirstOrDefault() is { Length: > 0 } session)
            return From(session);
        var authorization = http.Request.Headers.Authorization.ToString();
        var space = authorization.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0 && authorization[(space + 1)..].Trim() is { Length: > 0 } credential)
        {
            if (authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
                return FromToken(credential);
            if (authorization.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
                return From(credential);
        }

        return http.Request.Headers["X-API-Key"].FirstOrDefault() is { Length: > 0 } key ? From(key) : null;
    }

    /// <summary>The user of a bearer token: a JWT's subject, email or name, or the key itself.</summary>
    public static string? FromToken(string token) => token.Count(c => c == '.') == 2 ? FromClaims(Claims(token)) : From(token);

    /// <summary>The user whom a JWT's claims name; null where they name none.</summary>
    public static string? FromClaims(JsonElement? claims)
    {
        foreach (var name in s_claims)
        {
            if (claims is { } all && all.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString()!.Trim() is { Length: > 0 } said)
                return From(said);
        }

        return null;
    }

    /// <summary>The user of a name and password.</summary>
    public static string FromBasic(string name, string password) => From(Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));

    /// <summary>The id for whatever tells a user apart.</summary>
    public static string From(string key) => Version5(s_namespace, key).ToString();

    private static JsonElement? Claims(string token)
    {
        try
        {
            var claims = JsonElement.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
            return claims.ValueKind == JsonValueKind.Object ? claims : null;
        }
        catch (Exception broken) when (broken is FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>A UUID of version 5 (RFC 9562, 5.5).</summary>
    private static Guid Version5(Guid space, string name)
    {
        var bytes = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        space.TryWriteBytes(bytes, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, bytes.AsSpan(16));
#pragma warning disable CA5350 // what version 5 is made of; it hides nothing
        var hash = SHA1.HashData(bytes).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
