using System.Net.Http.Json;
using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Remote.Auth;

/// <summary>Where a protected server says that tokens are given out.</summary>
/// <param name="Issuer">The authorization server's own name for itself.</param>
/// <param name="TokenUrl">Where it gives tokens out.</param>
/// <param name="Resource">What the token is for; null where that was not said.</param>
internal sealed record AuthorizationServer(string Issuer, Uri TokenUrl, string? Resource)
{
    private const int MaxMetadataBytes = 1 << 20;

    /// <summary>Reads the metadata of a server and of its authorization server. Source: RFC 9728, section 3, and RFC 8414, section 3.</summary>
    /// <exception cref="HubException">There is none.</exception>
    public static async Task<AuthorizationServer> FindAsync(HttpClient http, Uri server, CancellationToken cancellationToken)
    {
        var resource = await FirstAsync(http, WellKnown(server, "oauth-protected-resource"), cancellationToken)
            ?? throw new HubException($"{server.Host} does not say where tokens for it are given out. Write token_url.");
        var issuer = resource.TryGetProperty("authorization_servers", out var servers) && servers.ValueKind == JsonValueKind.Array && servers.GetArrayLength() > 0 ? servers[0].GetString() : null;
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var address))
            throw new HubException($"{server.Host} names no authorization server. Write token_url.");
        var metadata = await FirstAsync(http, [.. WellKnown(address, "oauth-authorization-server"), .. WellKnown(address, "openid-configuration")], cancellationToken);
        return metadata is { } found && found.TryGetProperty("token_endpoint", out var endpoint) && Uri.TryCreate(endpoint.GetString(), UriKind.Absolute, out var url)
            ? new AuthorizationServer(found.TryGetProperty("issuer", out var name) ? name.GetString()! : issuer!, url, resource.TryGetProperty("resource", out var of) ? of.GetString() : null)
            : throw new HubException($"{address.Host} does not say where it gives tokens out. Write token_url.");
    }

    /// <summary>With the path of the address behind it, then without.</summary>
    private static IReadOnlyList<Uri> WellKnown(Uri address, string name)
    {
        var path = address.AbsolutePath.TrimEnd('/');
        var root = new Uri(address, $"/.well-known/{name}");
        return path.Length == 0 ? [root] : [new Uri(address, $"/.well-known/{name}{path}"), root];
    }

    private static async Task<JsonElement?> FirstAsync(HttpClient http, IReadOnlyList<Uri> addresses, CancellationToken cancellationToken)
    {
        foreach (var address in addresses)
        {
            using var response = await http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response is { IsSuccessStatusCode: true, Content.Headers.ContentLength: null or < MaxMetadataBytes }
                && await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken) is { ValueKind: JsonValueKind.Object } found)
                return found;
        }

        return null;
    }
}
