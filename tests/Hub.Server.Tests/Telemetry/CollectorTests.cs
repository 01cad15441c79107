using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Server.Tests.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hub.Server.Tests.Telemetry;

/// <summary>What goes to collectors, received by one of our own that keeps what it gets.</summary>
public sealed class CollectorTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<(string Path, string? Authorization, string Body)> _received = new();
    private WebApplication _collector = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        _collector = builder.Build();
        _collector.MapPost("/{**path}", (RequestDelegate)(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            _received.Enqueue((http.Request.Path, http.Request.Headers.Authorization.FirstOrDefault(), Encoding.Latin1.GetString(body.ToArray())));
        }));
        await _collector.StartAsync();
    }

    public Task DisposeAsync() => _collector.DisposeAsync().AsTask();

    [Theory]
    [InlineData("otelcollector", "/v1/traces", "/v1/traces /v1/metrics /v1/logs")]
    [InlineData("phoenix", "/v1/traces", "/v1/traces")]
    [InlineData("langfuse", "/api/public/otel/v1/traces", "/api/public/otel/v1/traces")]
    public async Task Exporter_OfTheFile_SendsWhatItTakes(string type, string path, string expected)
    {
        var options = TelemetryOptions.From(JsonElement.Parse("""
            {"general": {"telemetry": {"tracing": {"t": {"_type": "TYPE", "endpoint": "ENDPOINT", "project": "my-project",
             "public_key": "${HUB_TEST_PUBLIC:-pk}", "secret_key": "${HUB_TEST_SECRET:-sk}", "resource_attributes": {"deployment": "test-7"}}}}}}
            """.Replace("TYPE", type, StringComparison.Ordinal).Replace("ENDPOINT", _collector.Urls.First() + path, StringComparison.Ordinal)));
        await using (var served = await Served.ReActAsync(Script.Says("Thought: t\nAction: multiply\nAction Input: {\"a\": 6, \"b\": 7}", "Final Answer: 42"), o => o.Telemetry = options))
            await served.PostAsync("/v1/workflow", """{"input_message": "x"}""");

        Assert.Equal(expected.Split(' ').Order(), _received.Select(r => r.Path).Distinct().Order());
        var traces = string.Concat(_received.Where(r => r.Path == path).Select(r => r.Body));
        foreach (var said in (string[])["my-project", "test-7", "invoke_agent solver", "execute_tool multiply", "gen_ai.usage.input_tokens", "nat.event_type"])
            Assert.Contains(said, traces, StringComparison.Ordinal);
        Assert.Equal(type == "langfuse" ? $"Basic {Convert.ToBase64String("pk:sk"u8)}" : null, _received.First(r => r.Path == path).Authorization);
        if (type == "otelcollector")
            Assert.Contains("hub.run.duration", string.Concat(_received.Where(r => r.Path == "/v1/metrics").Select(r => r.Body)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collector_ThatIsNotThere_CostsARunNothing()
    {
        var options = new TelemetryOptions { Tracing = new Dictionary<string, TraceExporterOptions> { ["t"] = new() { Type = "phoenix", Endpoint = "http://127.0.0.1:9/v1/traces" } } };
        await using var served = await Served.ReActAsync(Script.Says("Final Answer: 42"), o => o.Telemetry = options);

        Assert.Equal(200, (await served.PostAsync("/v1/workflow", """{"input_message": "x"}""")).Status);
    }

    [Theory]
    [InlineData("""{"_type": "langfuse", "endpoint": "http://x/"}""", "public_key")]
    [InlineData("""{"_type": "langfuse", "endpoint": "http://x/", "public_key": "(secret)"}""", "reference to the environment")]
    [InlineData("""{"_type": "file", "project": "p"}""", "output_path")]
    [InlineData("""{"_type": "file", "output_path": "x", "max_files": "many"}""", "max_files")]
    [InlineData("""{"_type": "otelcollector", "endpoint": "${HUB_TEST_NOT_SET}"}""", "HUB_TEST_NOT_SET")]
    public void Exporter_WithAMistake_SaysWhatIsNeeded(string entry, string expected)
    {
        var refused = Assert.Throws<HubException>(() => TelemetryOptions.From(JsonElement.Parse("""{"general": {"telemetry": {"tracing": {"t": ENTRY}}}}""".Replace("ENTRY", entry, StringComparison.Ordinal))));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exporter_OfAnotherKind_IsNamedAndLeftOut()
    {
        var options = TelemetryOptions.From(JsonElement.Parse("""{"general": {"telemetry": {"tracing": {"w": {"_type": "weave", "project": "p"}}}}}"""));

        Assert.Equal(("weave", false), (options.Missing["w"], options.IsTracing));
    }
}
