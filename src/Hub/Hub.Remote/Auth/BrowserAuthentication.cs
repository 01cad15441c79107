using System.Net;
using System.Text;
using Hub.Abstractions;
using ModelContextProtocol.Authentication;

namespace Hub.Remote.Auth;

/// <summary>Has a person allow the hub to act, in a browser; tokens are kept and renewed by the SDK, which finds the authorization server, registers and uses PKCE.</summary>
/// <remarks>Source: https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization.</remarks>
/// <param name="options">Ids and scopes.</param>
/// <param name="tell">Shows the person the address to open.</param>
internal sealed class BrowserAuthentication(OAuthOptions options, Action<string> tell) : IAuthentication
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

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
        if (!context.RedirectUri.IsLoopback)
            throw new HubException($"redirect_uri is {context.RedirectUri}; an address of this machine is needed, such as http://localhost:8765/auth/redirect.");
        using var listener = new HttpListener();
        listener.Prefixes.Add($"{context.RedirectUri.GetLeftPart(UriPartial.Authority)}/");
        try
        {
            listener.Start();
        }
        catch (HttpListenerException taken)
        {
            throw new HubException($"Nothing can listen at {context.RedirectUri}: {taken.Message} Name another redirect_uri.", taken);
        }

        tell(context.AuthorizationUri.ToString());
        while (true)
        {
            var request = await listener.GetContextAsync().WaitAsync(s_patience, cancellationToken);
            var query = request.Request.QueryString;
            var isIt = request.Request.Url?.AbsolutePath == context.RedirectUri.AbsolutePath;
            request.Response.StatusCode = isIt ? (int)HttpStatusCode.OK : (int)HttpStatusCode.NotFound;
            await request.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(isIt ? "The hub has what it needs. You may close this page." : "Not here."), cancellationToken);
            request.Response.Close();
            if (!isIt)
                continue;
            if (query["error"] is { } error)
                throw new HubException($"The authorization server refused: {error}.");
            return new AuthorizationResult { Code = query["code"], State = query["state"], Iss = query["iss"] };
        }
    }
}
