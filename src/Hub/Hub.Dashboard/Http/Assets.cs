using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace Hub.Dashboard.Http;

/// <summary>The dashboard's own files, out of its assembly.</summary>
internal static class Assets
{
    private static readonly Dictionary<string, string> s_types = new(StringComparer.Ordinal)
    {
        ["hub.css"] = "text/css; charset=utf-8",
        ["hub.js"] = "text/javascript; charset=utf-8",
        ["icon.svg"] = "image/svg+xml",
    };

    private static readonly Lazy<Dictionary<string, byte[]>> s_files = new(() => s_types.Keys.ToDictionary(n => n, Read, StringComparer.Ordinal));

    private static readonly Lazy<string> s_version = new(() =>
        Convert.ToHexStringLower(SHA256.HashData([.. s_files.Value.OrderBy(f => f.Key, StringComparer.Ordinal).SelectMany(f => f.Value)]))[..12]);

    /// <summary>Changes with any of the files.</summary>
    public static string Version => s_version.Value;

    /// <summary><c>GET assets/{name}</c>.</summary>
    public static async Task ServeAsync(HttpContext http)
    {
        var name = (string)http.Request.RouteValues["name"]!;
        if (!s_files.Value.TryGetValue(name, out var bytes))
            throw new PageException(StatusCodes.Status404NotFound, "Not found", "The dashboard has no such file.");
        http.Response.ContentType = s_types[name];
        http.Response.ContentLength = bytes.Length;
        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable"; // its address has its version
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(Assets).Assembly.GetManifestResourceStream(name)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
