using System.Net;
using System.Text;
using Hub.Abstractions;

namespace Hub.Remote.Auth;

/// <summary>Waits at an address of this machine for a browser to come back to it: for programs that serve nothing.</summary>
internal static class LoopbackRedirect
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    /// <summary>Tells the person, and waits for their browser.</summary>
    /// <param name="redirect">Where the browser is sent back to.</param>
    /// <param name="url">The address that the person is to open.</param>
    /// <param name="tell">Shows it to them.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The address is not of this machine, or taken; the authorization was refused.</exception>
    public static async Task<AuthorizationCallback> WaitAsync(Uri redirect, Uri url, Action<string> tell, CancellationToken cancellationToken)
    {
        if (!redirect.IsLoopback)
            throw new HubException($"redirect_uri is {redirect}; an address of this machine is needed, such as http://localhost:8765/auth/redirect.");
        using var listener = new HttpListener();
        listener.Prefixes.Add($"{redirect.GetLeftPart(UriPartial.Authority)}/");
        try
        {
            listener.Start();
        }
        catch (HttpListenerException taken)
        {
            throw new HubException($"Nothing can listen at {redirect}: {taken.Message} Name another redirect_uri.", taken);
        }

        tell(url.ToString());
        while (true)
        {
            var request = await listener.GetContextAsync().WaitAsync(s_patience, cancellationToken);
            var query = request.Request.QueryString;
            var isIt = request.Request.Url?.AbsolutePath == redirect.AbsolutePath;
            request.Response.StatusCode = isIt ? (int)HttpStatusCode.OK : (int)HttpStatusCode.NotFound;
            await request.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(isIt ? "The hub has what it needs. You may close this page." : "Not here."), cancellationToken);
            request.Response.Close();
            if (!isIt)
                continue;
            if (query["error"] is { } error)
                throw new HubException($"The authorization server refused: {error}.");
            return new AuthorizationCallback(query["state"], query["code"], query["iss"], null);
        }
    }
}
