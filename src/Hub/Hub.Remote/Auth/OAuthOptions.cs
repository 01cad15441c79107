namespace Hub.Remote.Auth;

/// <summary>Options of <c>mcp_oauth2</c>: a person allows the hub to act, in a browser, by OAuth 2.1 with PKCE.</summary>
public sealed class OAuthOptions
{
    /// <summary>Address of the server; it says itself where it is asked. Accepted and not needed.</summary>
    public string? ServerUrl { get; set; }

    /// <summary>The hub's id at the authorization server; null to have it registered there, or named by <see cref="ClientMetadataUrl"/>.</summary>
    public string? ClientId { get; set; }

    /// <summary>The secret to it; <c>${NAME}</c> in files.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>An address under which the hub's metadata can be read, in place of an id.</summary>
    public string? ClientMetadataUrl { get; set; }

    /// <summary>Name that a registration gives.</summary>
    public string ClientName { get; set; } = "hub";

    /// <summary>Where the browser is sent back to: an address of this machine, at which the hub listens meanwhile.</summary>
    public string RedirectUri { get; set; } = "http://localhost:8765/auth/redirect";

    /// <summary>What is asked for; empty for what the server says.</summary>
    public IReadOnlyList<string> Scopes { get; set; } = [];
}
