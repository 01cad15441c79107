using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Serving.Benchmarks;

/// <summary>Web sockets that are open and say nothing: what they cost the hub in memory.</summary>
internal static class SocketBenchmark
{
    private const int AtOnce = 50;
    private const double MegaByte = 1 << 20;

    private static readonly byte[] s_upgrade = Encoding.ASCII.GetBytes(
        "GET /websocket HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

    // Expected: a few kilobytes each, mostly buffers of pipes.
    public static async Task RunAsync(int count)
    {
        using var peer = new Peer("memory");
        var before = peer.ResidentBytes;
        var sockets = new List<Socket>(count);
        try
        {
            while (sockets.Count < count)
                sockets.AddRange(await Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, count - sockets.Count)).Select(_ => OpenAsync(peer.Address))));
            await Task.Delay(TimeSpan.FromSeconds(5));
            var after = peer.ResidentBytes;
            var line = string.Create(CultureInfo.InvariantCulture, $"{count:N0} idle web sockets: {after / MegaByte:N0} MB resident, {before / MegaByte:N0} MB before them, {(after - before) / count / 1024.0:0.0} kB each.");
            Directory.CreateDirectory(Path.Combine("bench", "results"));
            await File.WriteAllTextAsync(
                Path.Combine("bench", "results", "websockets.md"),
                $"# Idle web sockets\n\n`dotnet run -c Release --project bench/Serving.Benchmarks -- sockets {count.ToString(CultureInfo.InvariantCulture)}` (needs as many file descriptors, twice: `ulimit -n`).\n\n{line}\n");
            Console.WriteLine(line);
        }
        finally
        {
            sockets.ForEach(s => s.Dispose());
        }
    }

    private static async Task<Socket> OpenAsync(Uri server)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, server.Port);
        await socket.SendAsync(s_upgrade);
        var buffer = new byte[1024];
        for (var held = 0; ;)
        {
            held += await socket.ReceiveAsync(buffer.AsMemory(held)) is > 0 and var read ? read : throw new InvalidDataException("The server closed the connection.");
            var answer = Encoding.ASCII.GetString(buffer, 0, held);
            if (!answer.Contains("\r\n\r\n", StringComparison.Ordinal))
                continue;
            return answer.StartsWith("HTTP/1.1 101", StringComparison.Ordinal) ? socket : throw new InvalidDataException(answer);
        }
    }
}
