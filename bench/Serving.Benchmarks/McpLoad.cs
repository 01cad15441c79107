using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Serving.Benchmarks;

/// <summary>Calls of a tool over the Model Context Protocol, a session for each connection.</summary>
internal static class McpLoad
{
    private const string Revision = "2025-06-18";

    private static int s_message;

    /// <summary>As many calls as the server answers.</summary>
    /// <returns>Calls answered.</returns>
    public static async Task<long> ClosedAsync(Uri server, int connections, TimeSpan time)
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => OpenAsync(server)));
        try
        {
            var watch = Stopwatch.StartNew();
            var counts = await Task.WhenAll(opened.Select(o => Task.Run(async () =>
            {
                var count = 0L;
                for (; watch.Elapsed < time; count++)
                    await o.Connection.AskAsync(o.Call);
                return count;
            })));
            return counts.Sum();
        }
        finally
        {
            foreach (var (connection, _) in opened)
                connection.Dispose();
        }
    }

    private static async Task<(Load.Connection Connection, byte[] Call)> OpenAsync(Uri server)
    {
        var connection = new Load.Connection(server);
        var answer = await connection.AskAsync(
            Post(null, """{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"load","version":"1"}}}"""), keepText: true);
        var session = answer.Split("\r\n").First(l => l.StartsWith("mcp-session-id:", StringComparison.OrdinalIgnoreCase)).Split(':', 2)[1].Trim();
        await connection.AskAsync(Post(session, """{"jsonrpc":"2.0","method":"notifications/initialized"}"""));
        var message = $"echo {Interlocked.Increment(ref s_message).ToString(CultureInfo.InvariantCulture)}";
        var call = Post(session, """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","arguments":{"message":"MESSAGE"}}}""".Replace("MESSAGE", message, StringComparison.Ordinal));
        var said = await connection.AskAsync(call, keepText: true);
        if (!said.Contains(message, StringComparison.Ordinal))
            throw new InvalidDataException($"The tool answered: {said}");
        return (connection, call);
    }

    private static byte[] Post(string? session, string json) => Encoding.UTF8.GetBytes(
        "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAccept: application/json, text/event-stream\r\n"
        + (session is null ? "" : $"Mcp-Session-Id: {session}\r\nMCP-Protocol-Version: {Revision}\r\n")
        + $"Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");
}
