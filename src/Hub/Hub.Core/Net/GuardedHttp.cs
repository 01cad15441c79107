using System.Net;
using System.Net.Sockets;
using Hub.Abstractions;

namespace Hub.Core.Net;

/// <summary>HTTP to addresses that a model or a request supplied: it reaches the public internet and nothing else, whatever a name resolves to and wherever a redirect leads.</summary>
/// <remarks>
/// The name is resolved once, the addresses are checked, and the connection goes to a checked address: a name that resolves
/// otherwise a moment later changes nothing. Each redirect is a connection of its own and is checked again. No proxy of the environment is used.
/// </remarks>
public static class GuardedHttp
{
    private const int MaxRedirects = 5;
    private const long MaxResponseBytes = 16 << 20;
    private static readonly TimeSpan s_connect = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    /// <summary>Says what is wrong with an address before anything is fetched from it; null where nothing is.</summary>
    /// <param name="address">The address as it was supplied.</param>
    public static string? Refusal(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
            return "It is no http or https address.";
        if (uri.UserInfo.Length > 0)
            return "It has a user's name in it.";
        if (uri.IsLoopback || (IPAddress.TryParse(uri.DnsSafeHost, out var literal) && !PublicAddress.Is(literal)))
            return "It is an address of this machine or its network.";
        return null;
    }

    /// <summary>A client for such addresses; the caller disposes it.</summary>
    /// <param name="allow">Names of hosts that may be reached although they are not public; null for none.</param>
    public static HttpClient Create(IReadOnlyCollection<string>? allow = null) => new(Handler(allow)) { Timeout = s_timeout, MaxResponseContentBufferSize = MaxResponseBytes };

    /// <summary>The same as a handler, for clients that have settings of their own.</summary>
    /// <param name="allow">Names of hosts that may be reached although they are not public; null for none.</param>
    public static SocketsHttpHandler Handler(IReadOnlyCollection<string>? allow = null) => new()
    {
        UseProxy = false,
        MaxAutomaticRedirections = MaxRedirects,
        ConnectTimeout = s_connect,
        UseCookies = false,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, allow ?? [], cancellationToken),
    };

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint to, IReadOnlyCollection<string> allow, CancellationToken cancellationToken)
    {
        var isAllowed = allow.Contains(to.Host, StringComparer.OrdinalIgnoreCase);
        IPAddress[] addresses = IPAddress.TryParse(to.Host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(to.Host, cancellationToken);
        IPAddress[] good = isAllowed ? addresses : [.. addresses.Where(PublicAddress.Is)];
        if (good.Length == 0 || good.Length < addresses.Length)
            throw new GuardedHttpException($"'{to.Host}' is, or may be, an address of this machine or its network. Only public addresses are fetched on behalf of a model or a request.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(good, to.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>An address that a model or a request supplied is not a public one.</summary>
/// <param name="message">Which, and what may be fetched.</param>
public sealed class GuardedHttpException(string message) : HubException(message);
