using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Http;

/// <summary>Compares keys in constant time, over their hashes: neither length nor content shows in how long it takes.</summary>
public sealed class KeyCheck
{
    private readonly byte[][] _hashes;

    /// <summary>A check of some keys.</summary>
    /// <param name="keys">The keys; empty ones are none.</param>
    public KeyCheck(IEnumerable<string> keys)
    {
        _hashes = [.. keys.Where(k => k.Length > 0).Select(Hash)];
    }

    /// <summary>Whether there is a key at all.</summary>
    public bool HasKeys => _hashes.Length > 0;

    /// <summary>Whether a request shows one of the keys.</summary>
    public bool Allows(HttpContext http) => Shown(http) is { } shown && Matches(shown);

    /// <summary>Whether a text is one of the keys.</summary>
    public bool Matches(string shown)
    {
        var hash = Hash(shown);
        var found = false;
        foreach (var known in _hashes)
            found |= CryptographicOperations.FixedTimeEquals(known, hash);
        return found;
    }

    private static string? Shown(HttpContext http)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        return authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? authorization["Bearer ".Length..].Trim()
            : http.Request.Headers["X-API-Key"].FirstOrDefault();
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
