using Hub.Abstractions;
using ModelContextProtocol.Authentication;

namespace Hub.Remote.Auth;

/// <summary>Has a person allow the hub to act, in a browser; tokens are kept and renewed by the SDK, which finds the authorization server, registers and uses PKCE.</summary>
/// <remarks>Source: https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization.</remarks>
/// <param name="options">Ids and scopes.</param>
/// <param name="tell">Shows the person the address to open.</param>
internal sealed class BrowserAuthentication(OAuthOptions options, Action<string> tell) : IAuthentication
{
    /// <summary>What a transport of the SDK needs to do it all.</summary>
    public ClientOAuthOptions ToSdk() => new()
    {
        RedirectUri = new Uri(options.RedirectUri),
        ClientId = Given(options.ClientId),
        ClientSecret = Given(options.ClientSecret),
        ClientMetadataDocumentUri = Given(options.ClientMetadataUrl) is { } url ? new Uri(url) : null,
        Scopes = options.Scopes.Count > 0 ? options.Scopes : null,
        DynamicClientRegistration = new DynamicClientRegistrationOptions { ClientName = options.ClientName },
        AuthorizationCallbackHandler = WaitAsync,
    };

    /// <exception cref="HubException">Always: only the Model Context Protocol says where the authorization server is.</exception>
    public ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        throw new HubException("mcp_oauth2 works for servers of the Model Context Protocol alone. Use api_key or mcp_service_account here.");

    private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private async Task<AuthorizationResult?> WaitAsync(AuthorizationCallbackContext context, CancellationToken cancellationToken)
    {
        if (AuthorizationFlows.Current is not { } flows || !flows.Serves(context.RedirectUri) || State(context.AuthorizationUri) is not { } state)
            return Result(await LoopbackRedirect.WaitAsync(context.RedirectUri, context.AuthorizationUri, tell, cancellationToken));
        AuthorizationCallback? callback = null;
        await flows.AskAsync(
            new AuthorizationNeeded(context.AuthorizationUri.AbsoluteUri, state),
            (brought, _) =>
            {
                callback = brought;
                return Task.CompletedTask;
            },
            cancellationToken);
        return Result(callback!);
    }

    private static AuthorizationResult Result(AuthorizationCallback callback) => new() { Code = callback.Code, State = callback.State, Iss = callback.Issuer };

    /// <summary>The state that the SDK drew; null where it drew none.</summary>
    private static string? State(Uri address) => address.Query.TrimStart('?').Split('&').Where(p => p.StartsWith("state=", StringComparison.Ordinal)).Select(p => Uri.UnescapeDataString(p["state=".Length..])).FirstOrDefault();
}
