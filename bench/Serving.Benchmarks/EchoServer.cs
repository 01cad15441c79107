using System.Text.Json;
using Hub.Core;
using Hub.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Serving.Benchmarks;

/// <summary>One server in a process of its own: raw Kestrel, or a hub with its log in memory or on disk. It ends with its standard input.</summary>
internal static class EchoServer
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static async Task RunAsync(string kind)
    {
        var log = Path.Combine(Path.GetTempPath(), $"hub-bench-{Environment.ProcessId}.db");
        await using var hub = kind is "raw" or "mcp" ? null : new ReasoningHub(new HubOptions
        {
            Components = new FixedComponents(kind == "mcp-hub" ? new ToolComponents() : new EchoComponents(), ["echo"]),
            Store = kind is "memory" or "mcp-hub" ? new MemoryRunStore() : new SqliteRunStore(new SqliteRunStoreOptions { Path = log }),
        });
        await using var app = kind == "mcp" ? McpEcho.Server() : hub is null ? Raw() : HubServer.Build(hub, new HubServerOptions { Port = 0, MaxConcurrentRuns = 256, WorkflowName = kind == "mcp-hub" ? "echo" : "workflow" });
        await app.StartAsync();
        Console.WriteLine(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        while (await Console.In.ReadLineAsync() is not null)
            hub?.Runs.Prune(DateTimeOffset.MaxValue); // between rounds: a log in memory would grow for ever
        await app.StopAsync();
        foreach (var file in Directory.GetFiles(Path.GetTempPath(), $"hub-bench-{Environment.ProcessId}.db*"))
            File.Delete(file);
    }

    /// <summary>The ceiling: parses the same body, writes the same answer, and does nothing else.</summary>
    private static WebApplication Raw()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        app.MapPost("/v1/chat/completions", async http =>
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            var root = body.RootElement;
            var text = root.GetProperty("messages").EnumerateArray().Last().GetProperty("content").GetString()!;
            var model = root.GetProperty("model").GetString()!;
            var id = $"chatcmpl-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(8))}";
            if (root.TryGetProperty("stream", out var stream) && stream.GetBoolean())
            {
                await StreamAsync(http, id, model, text);
                return;
            }

            http.Response.ContentType = "application/json";
            await http.Response.BodyWriter.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(
                new Answer(id, "chat.completion", model, 0, [new Choice("stop", 0, new Message(text, "assistant"))], new Usage(3, 3, 6), null, null), s_json));
        });
        app.MapPost("/v1/workflow", async http =>
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body);
            var said = McpEcho.Echo(body.RootElement.GetProperty("message").GetString()!);
            http.Response.ContentType = "application/json";
            await http.Response.BodyWriter.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(new Value(said), s_json));
        });
        return app;
    }

    private static async Task StreamAsync(HttpContext http, string id, string model, string text)
    {
        http.Response.ContentType = "text/event-stream";
        foreach (var word in text.Split(' '))
        {
            var chunk = new Chunk(id, [new Part(null, 0, new Delta(word, "assistant", null))], 0, model, "chat.completion.chunk", null, null, null);
            await http.Response.BodyWriter.WriteAsync((byte[])[.. "data: "u8, .. JsonSerializer.SerializeToUtf8Bytes(chunk, s_json), .. "\n\n"u8]);
        }

        await http.Response.BodyWriter.WriteAsync("data: [DONE]\n\n"u8.ToArray());
    }

    private sealed record Answer(string Id, string Object, string Model, long Created, Choice[] Choices, Usage Usage, string? SystemFingerprint, string? ServiceTier);

    private sealed record Value([property: System.Text.Json.Serialization.JsonPropertyName("value")] string Said);

    private sealed record Choice(string FinishReason, int Index, Message Message);

    private sealed record Message(string Content, string Role);

    private sealed record Usage(long PromptTokens, long CompletionTokens, long TotalTokens);

    private sealed record Chunk(string Id, Part[] Choices, long Created, string Model, string Object, string? SystemFingerprint, string? ServiceTier, Usage? Usage);

    private sealed record Part(string? FinishReason, int Index, Delta Delta);

    private sealed record Delta(string? Content, string? Role, string? ToolCalls);
}
