namespace Hub.Server;

/// <summary>Bearer tokens (JWT, RFC 7519) that are taken in place of keys.</summary>
public sealed class JwtOptions
{
    /// <summary>Address of an OpenID provider, whose keys are fetched and kept fresh; null for <see cref="JwksFile"/>.</summary>
    public string? Authority { get; set; }

    /// <summary>File with the provider's public keys (JWKS, RFC 7517); null for <see cref="Authority"/>.</summary>
    public string? JwksFile { get; set; }

    /// <summary>Who must have issued a token; null for what the authority says. Needed with <see cref="JwksFile"/>.</summary>
    public string? Issuer { get; set; }

    /// <summary>For whom a token must be. Needed.</summary>
    public string? Audience { get; set; }

    /// <summary>The claim that names the tenant; a token without it has none.</summary>
    /// <value>The default is <c>tid</c>.</value>
    public string TenantClaim { get; set; } = "tid";
}
