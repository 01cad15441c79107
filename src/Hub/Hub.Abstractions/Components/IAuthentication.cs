namespace Hub.Abstractions;

/// <summary>Credentials for another server.</summary>
/// <remarks>Thread safety: all members may be used from any thread at once.</remarks>
public interface IAuthentication
{
    /// <summary>Puts the credentials into a request, getting or renewing them where needed.</summary>
    /// <param name="request">The request, not sent yet.</param>
    /// <param name="cancellationToken">Cancels the getting.</param>
    /// <exception cref="HubException">They cannot be had; no secret is in the message.</exception>
    ValueTask ApplyAsync(HttpRequestMessage request, CancellationToken cancellationToken);
}
