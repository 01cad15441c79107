using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Http;

/// <summary>Compares keys in constant time, over their hashes: neither length nor content shows in how long it takes.</summary>
public sealed class KeyCheck
{
    private readonly byte[][] _hashes;

    /// <summary>A check of some keys.</summary>
    /// <param name="keys">The keys, none of them empty.</param>
    public KeyCheck(IEnumerable<string> keys)
    {
        _hashes = [.. keys.Select(Hash)];
    }

    /// <summary>Whether there is a key at all.</summary>
    public bool HasKeys => _hashes.Length > 0;

    /// <summary>Whether a request shows one of the keys.</summary>
    public bool Allows(HttpContext http) => Shown(http) is { } shown && Find(shown) >= 0;

    /// <summary>Which of the keys a text is; -1 for none.</summary>
    public int Find(string shown)
    {
        var hash = Hash(shown);
        var found = -1;
        for (var i = 0; i < _hashes.Length; i++)
        {
            if (CryptographicOperations.FixedTimeEquals(_hashes[i], hash))
                found = i;
        }

        return found;
    }

    /// <summary>The key or token of a request, without a look at what it is; null where there is none.</summary>
    public static string? Shown(HttpContext http)
    {
        var authorization = http.Request.Headers.Authorization.ToString();
        return authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? authorization["Bearer ".Length..].Trim()
            : http.Request.Headers["X-API-Key"].FirstOrDefault();
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
