using Hub.Abstractions;

namespace Hub.Remote.Auth;

/// <summary>Credentials that a program makes by itself, without a workflow file.</summary>
public static class RemoteAuthentication
{
    /// <summary>A token in the header <c>Authorization</c>.</summary>
    /// <param name="token">The token.</param>
    public static IAuthentication Bearer(string token) => HeaderAuthentication.Of(new ApiKeyOptions { RawKey = token });

    /// <summary>A client of its own right.</summary>
    /// <param name="options">Its id and secret or key.</param>
    /// <param name="time">The clock.</param>
    public static IAuthentication ServiceAccount(ServiceAccountOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new ServiceAccountAuthentication(options, new HttpClient(), time);
    }

    /// <summary>A person who allows it in a browser; for servers of the Model Context Protocol.</summary>
    /// <param name="options">Ids and scopes.</param>
    /// <param name="tell">Shows the person the address to open.</param>
    public static IAuthentication Browser(OAuthOptions options, Action<string> tell)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(tell);
        return new BrowserAuthentication(options, tell);
    }
}
