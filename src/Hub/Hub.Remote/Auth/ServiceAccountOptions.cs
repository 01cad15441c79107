using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Hub.Remote.Auth;

/// <summary>Options of <c>mcp_service_account</c>: a client of its own right, by OAuth 2.0 client credentials.</summary>
public sealed class ServiceAccountOptions
{
    /// <summary>The client's id.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The client's secret; <c>${NAME}</c> in files. Empty where there is a private key.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>A private key in PEM, on the curve P-256 or RSA, that signs who the client is in place of a secret (RFC 7523); <c>${NAME}</c> in files.</summary>
    public string? PrivateKey { get; set; }

    /// <summary>Where tokens are given out; empty to read it from the server's own metadata.</summary>
    public string TokenUrl { get; set; } = "";

    /// <summary>What is asked for: a list, or one text with spaces.</summary>
    public JsonElement Scopes { get; set; }

    /// <summary>A second token of the service behind the server; null for none.</summary>
    public ServiceTokenOptions? ServiceToken { get; set; }

    /// <summary>A token is renewed this many seconds before it ends.</summary>
    /// <value>The default is 300.</value>
    [Range(0, 86_400)]
    public int TokenCacheBufferSeconds { get; set; } = 300;
}
