using System.Text;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Server.Tests.Kit;

/// <summary>A hub on a free port of loopback, and a client of it.</summary>
internal sealed class Served : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly bool _ownsHub;

    private Served(IHub hub, WebApplication app, bool ownsHub)
    {
        (Hub, _app, _ownsHub) = (hub, app, ownsHub);
        Http = new HttpClient { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), Timeout = TimeSpan.FromSeconds(30) };
    }

    public IHub Hub { get; }

    public HttpClient Http { get; }

    /// <summary>A hub of one ReAct agent with a tool that multiplies, over a model.</summary>
    public static Task<Served> ReActAsync(IChatClient model, Action<HubServerOptions>? configure = null, Action<HubBuilder>? build = null)
    {
        var builder = HubHost.CreateBuilder()
            .AddModel("m", model)
            .AddTool(HubTool.Create((double a, double b) => a * b, "multiply", Redo.Freely, "Multiplies."))
            .AddReAct("solver", o => (o.Llm, o.Tools) = ("m", ["multiply"]));
        build?.Invoke(builder);
        return StartAsync(builder.Build(), configure);
    }

    public static async Task<Served> StartAsync(IHub hub, Action<HubServerOptions>? configure = null, bool ownsHub = true)
    {
        var options = new HubServerOptions { Port = 0, WorkflowName = "flow" };
        configure?.Invoke(options);
        var app = HubServer.Build(hub, options);
        await app.StartAsync();
        return new Served(hub, app, ownsHub);
    }

    public async Task<(int Status, JsonElement Body)> PostAsync(string path, string json)
    {
        using var response = await Http.PostAsync(path, Json(json));
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }

    public async Task<(int Status, JsonElement Body)> GetAsync(string path)
    {
        using var response = await Http.GetAsync(path);
        return ((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>A whole stream as text.</summary>
    public async Task<string> StreamAsync(string path, string json)
    {
        using var response = await Http.PostAsync(path, Json(json));
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return await response.Content.ReadAsStringAsync();
    }

    public static StringContent Json(string json) => new(json, Encoding.UTF8, "application/json");

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        if (_ownsHub)
            await Hub.DisposeAsync();
    }
}
