using System.Net;
using System.Net.Sockets;

namespace Hub.Server.A2A;

/// <summary>Keeps what a stranger names from leading inside: connects to public addresses alone, checked after the name was looked up and on the very address that is dialled.</summary>
internal static class PublicAddresses
{
    /// <summary>Dials where a name leads, for <see cref="SocketsHttpHandler.ConnectCallback"/>.</summary>
    /// <exception cref="HttpRequestException">The name leads to no public address.</exception>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken);
        IPAddress[] open = [.. addresses.Where(IsPublic)];
        if (open.Length == 0 || open.Length < addresses.Length)
            throw new HttpRequestException($"'{context.DnsEndPoint.Host}' leads to an address of this machine or its network, which is not connected to.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Whether an address is one of the public internet. Source: the special-purpose registries of IANA (RFC 6890 and its successors).</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            var v6 = address.GetAddressBytes();
            return (v6[0] & 0xE0) == 0x20 // global unicast is 2000::/3
                && !(v6[0] == 0x20 && v6[1] == 0x01 && v6[2] < 0x02) // 2001::/23: protocol assignments, Teredo among them
                && !(v6[0] == 0x20 && v6[1] == 0x02) // 6to4 may wrap any IPv4 address
                && !(v6[0] == 0x20 && v6[1] == 0x01 && v6[2] == 0x0D && v6[3] == 0xB8); // documentation
        }

        var v4 = address.GetAddressBytes();
        return v4 is not ([0, ..] or [10, ..] or [127, ..] or [169, 254, ..] or [192, 168, ..] or [192, 0, 0, _] or [192, 0, 2, _] or [198, 51, 100, _] or [203, 0, 113, _] or [192, 88, 99, _])
            && !(v4[0] == 172 && v4[1] is >= 16 and <= 31)
            && !(v4[0] == 100 && v4[1] is >= 64 and <= 127)
            && !(v4[0] == 198 && v4[1] is (18 or 19))
            && v4[0] < 224;
    }
}
