using System.Net.Http.Headers;
using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Remote.Auth;

/// <summary>A token by OAuth 2.0 client credentials, kept until shortly before it ends. Source: RFC 6749, section 4.4.</summary>
internal sealed class ServiceAccountAuthentication(ServiceAccountOptions options, HttpClient http, TimeProvider time) : IAuthentication, IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private string _token = "";
    private DateTimeOffset _until;

    public async ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(request.RequestUri!, cancellationToken));
        if (options.ServiceToken is not { Token.Length: > 0 } service)
            return;
        request.Headers.Remove(service.Header);
        request.Headers.TryAddWithoutValidation(service.Header, service.Token);
    }

    public void Dispose()
    {
        http.Dispose();
        _one.Dispose();
    }

    private async Task<string> TokenAsync(Uri server, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_token.Length > 0 && time.GetUtcNow() < _until)
                return _token;
            if (options.ClientId.Length == 0 || (options.ClientSecret.Length == 0 && string.IsNullOrEmpty(options.PrivateKey)))
                throw new HubException("mcp_service_account needs client_id and client_secret, or a private_key. Set the environment variables that the file names.");
            var reply = await AskAsync(await IssuerAsync(server, cancellationToken), cancellationToken);
            (_token, _until) = (reply.Token, time.GetUtcNow().AddSeconds(Math.Max(0, reply.Seconds - options.TokenCacheBufferSeconds)));
            return _token;
        }
        catch (Exception failed) when (failed is HttpRequestException or JsonException)
        {
            throw new HubException($"There is no token for {server.Host}: {failed.Message}", failed);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<AuthorizationServer> IssuerAsync(Uri server, CancellationToken cancellationToken) => options.TokenUrl.Length == 0
        ? await AuthorizationServer.FindAsync(http, server, cancellationToken)
        : Uri.TryCreate(options.TokenUrl, UriKind.Absolute, out var url) ? new AuthorizationServer(options.TokenUrl, url, null)
        : throw new HubException($"mcp_service_account: token_url is '{options.TokenUrl}'; an address is needed.");

    private async Task<TokenReply> AskAsync(AuthorizationServer issuer, CancellationToken cancellationToken)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials" };
        if (Scopes() is { Length: > 0 } scopes)
            form["scope"] = scopes;
        if (issuer.Resource is { } resource)
            form["resource"] = resource;
        var hasSecret = string.IsNullOrEmpty(options.PrivateKey);
        return await TokenEndpoint.AskAsync(
            http, issuer.TokenUrl, hasSecret ? form : [.. form, .. ClientAssertion.Fields(options.ClientId, issuer.Issuer, options.PrivateKey!, time.GetUtcNow())],
            hasSecret ? TokenEndpoint.Basic(options.ClientId, options.ClientSecret) : null, cancellationToken);
    }

    private string Scopes() => options.Scopes.ValueKind switch
    {
        JsonValueKind.Array => string.Join(' ', options.Scopes.EnumerateArray().Select(s => s.ToString())),
        JsonValueKind.String => options.Scopes.GetString()!,
        _ => "",
    };
}
