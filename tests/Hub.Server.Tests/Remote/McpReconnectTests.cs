using System.ComponentModel;
using Hub.Abstractions;
using Hub.Remote.Mcp;
using Hub.Server.Tests.Kit;
using Microsoft.Extensions.AI;

namespace Hub.Server.Tests.Remote;

/// <summary>A client of a server that was stopped and started again.</summary>
public sealed class McpReconnectTests
{
    private int _acted;

    [Theory]
    [InlineData(null)]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    public async Task CallAsync_ServerRestarted_ReconnectsAndActsOnce(string? revision)
    {
        var server = await StartAsync(0);
        var port = server.Http.BaseAddress!.Port;
        await using var connection = Connection(port, revision);
        var act = (await connection.ToolsAsync(CancellationToken.None)).Single(t => t.Name == "act");
        Assert.Equal("1", RunTools.ResultText(await act.InvokeAsync()));
        await server.DisposeAsync();

        await using var again = await StartAsync(port);
        var after = RunTools.ResultText(await act.InvokeAsync());

        Assert.Equal("2", after);
        await connection.PingAsync(CancellationToken.None);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2025-06-18")]
    public async Task CallAsync_ServerAwayForAWhile_WaitsForIt(string? revision)
    {
        var server = await StartAsync(0);
        var port = server.Http.BaseAddress!.Port;
        await using var connection = Connection(port, revision, attempts: 60);
        var act = (await connection.ToolsAsync(CancellationToken.None)).Single(t => t.Name == "act");
        await act.InvokeAsync();
        await server.DisposeAsync();

        var call = act.InvokeAsync().AsTask();
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        await using var again = await StartAsync(port);

        Assert.Equal("2", RunTools.ResultText(await call));
    }

    [Fact]
    public async Task CallAsync_ServerGoneForGood_SaysSo()
    {
        var server = await StartAsync(0);
        await using var connection = Connection(server.Http.BaseAddress!.Port, "2025-06-18");
        var act = (await connection.ToolsAsync(CancellationToken.None)).Single(t => t.Name == "act");
        await server.DisposeAsync();

        var lost = await Assert.ThrowsAsync<HubException>(async () => await act.InvokeAsync());

        Assert.Contains("/mcp", lost.Message, StringComparison.Ordinal);
        Assert.Equal(0, _acted);
    }

    private static McpConnection Connection(int port, string? revision, int attempts = 2) => new(
        new McpGroupOptions { Server = { Url = $"http://127.0.0.1:{port}/mcp" }, ReconnectInitialBackoff = 0.1, ReconnectMaxBackoff = 0.1, ReconnectMaxAttempts = attempts, ProtocolVersion = revision },
        null, TimeProvider.System, null);

    private Task<Served> StartAsync(int port) => Served.ReActAsync(
        Script.Says("x"), o => (o.Host, o.Port) = ("127.0.0.1", port), hub => hub.AddTool(HubTool.Create([Description("Acts.")] () => Interlocked.Increment(ref _acted), "act", Redo.Never)));
}
