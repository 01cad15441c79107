using Hub.Abstractions;

namespace Hub.Remote.Auth;

/// <summary>Puts credentials into each request on its way out.</summary>
internal sealed class AuthenticatingHandler(IAuthentication authentication, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await authentication.ApplyAsync(request, cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }
}
