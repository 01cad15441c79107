using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Serving.Benchmarks;

/// <summary>Connections that send one request again and again: little more than sockets, so that the server is what is measured.</summary>
internal static class Load
{
    /// <summary>As many requests as the server answers.</summary>
    /// <returns>Requests answered.</returns>
    public static async Task<long> ClosedAsync(Uri server, byte[] request, int connections, TimeSpan time)
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var connection = new Connection(server);
            var count = 0L;
            for (var watch = Stopwatch.StartNew(); watch.Elapsed < time; count++)
                await connection.AskAsync(request);
            return count;
        })));
        return counts.Sum();
    }

    /// <summary>Requests at a steady rate, however long the answers take.</summary>
    /// <returns>How long each took from the moment at which it was due, in microseconds, in order.</returns>
    public static async Task<double[]> OpenAsync(Uri server, byte[] request, int connections, double perSecond, TimeSpan time)
    {
        var every = TimeSpan.FromSeconds(connections / perSecond);
        var all = await Task.WhenAll(Enumerable.Range(0, connections).Select(i => Task.Run(async () =>
        {
            using var connection = new Connection(server);
            List<double> taken = [];
            var watch = Stopwatch.StartNew();
            for (var due = every * i / connections; due < time; due += every)
            {
                if (due - watch.Elapsed is var wait && wait > TimeSpan.FromMilliseconds(1))
                    await Task.Delay(wait);
                await connection.AskAsync(request);
                taken.Add((watch.Elapsed - due).TotalMicroseconds);
            }

            return taken;
        })));
        return [.. all.SelectMany(t => t).Order()];
    }

    /// <summary>A request as it goes over the wire.</summary>
    public static byte[] Request(string json, string path = "/v1/chat/completions") => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    /// <summary>One connection that is kept.</summary>
    internal sealed class Connection : IDisposable
    {
        private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private byte[] _buffer = new byte[16 * 1024];

        public Connection(Uri server) => _socket.Connect(IPAddress.Loopback, server.Port);

        /// <summary>Sends a request and reads the whole answer.</summary>
        /// <returns>The answer, headers included.</returns>
        public async Task<string> AskAsync(byte[] request, bool keepText = false)
        {
            await _socket.SendAsync(request);
            for (var held = 0; ;)
            {
                if (held == _buffer.Length)
                    Array.Resize(ref _buffer, 2 * held);
                var read = await _socket.ReceiveAsync(_buffer.AsMemory(held));
                if (read == 0)
                    throw new InvalidOperationException("The server closed the connection.");
                held += read;
                if (IsWhole(_buffer.AsSpan(0, held)))
                    return keepText ? Encoding.UTF8.GetString(_buffer, 0, held) : "";
            }
        }

        public void Dispose() => _socket.Dispose();

        private static bool IsWhole(ReadOnlySpan<byte> answer)
        {
            var end = answer.IndexOf("\r\n\r\n"u8);
            if (end < 0)
                return false;
            if (!answer.StartsWith("HTTP/1.1 20"u8))
                throw new InvalidOperationException(Encoding.UTF8.GetString(answer));
            var at = Math.Max(answer[..end].IndexOf("Content-Length: "u8), answer[..end].IndexOf("content-length: "u8));
            if (at < 0)
                return answer.EndsWith("\r\n0\r\n\r\n"u8);
            var digits = answer[(at + 16)..end];
            var line = digits.IndexOf((byte)'\r');
            return answer.Length - end - 4 >= int.Parse(line < 0 ? digits : digits[..line], System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
