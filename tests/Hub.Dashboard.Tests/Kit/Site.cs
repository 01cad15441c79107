using System.Net;
using System.Text.RegularExpressions;
using Hub.Abstractions;
using Hub.Core.Plugins;
using Hub.Hosting;
using Hub.Server;
using Hub.Workflows.Catalog;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.Dashboard.Tests.Kit;

/// <summary>A served hub with a dashboard, and a client that keeps cookies and follows nothing by itself.</summary>
internal sealed partial class Site : IAsyncDisposable
{
    public const string Key = "a-key-that-no-page-shows";
    public const string AdminKey = "an-admin-key-that-no-page-shows";

    private readonly WebApplication _app;
    private readonly PluginHost _plugins;
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Site(Action<HubServerOptions>? configure, Action<HubBuilder>? build, string plugins)
    {
        Model = new Script(messages => messages[^1].Text switch
        {
            var text when text.Contains("378", StringComparison.Ordinal) => "Thought: I know it now.\nFinal Answer: 14 times 27 is 378.",
            var text when text.Contains("times", StringComparison.Ordinal) => "Thought: I should multiply.\nAction: multiply\nAction Input: {\"a\": 14, \"b\": 27}",
            _ => "Thought: I know it.\nFinal Answer: Good day to you.",
        });
        var builder = HubHost.CreateBuilder()
            .AddModel("m", Model)
            .AddTool(HubTool.Create((double a, double b) => a * b, "multiply", Redo.Freely, "Multiplies."))
            .AddTool(HubTool.Create((string word) => word == "two" ? throw new InvalidOperationException("'two' is not in the table.") : word.Length, "count", Redo.Freely, "Counts letters."))
            .AddReAct("solver", o => (o.Llm, o.Tools) = ("m", ["multiply"]))
            .AddReasoner("asker", new Asker())
            .AddReasoner("waiter", new Waiter(_gate))
            .AddReasoner("wide", new Wide())
            .AddReasoner("broken", new Broken())
            .UseBudget(new RunBudget { MaxSteps = 50, Prices = new Dictionary<string, ModelPrice> { ["m"] = new(2m, 8m) } });
        build?.Invoke(builder);
        Hub = builder.Build();
        _plugins = new PluginHost(new PluginHostOptions { Folder = plugins });
        var options = new HubServerOptions
        {
            Port = 0,
            WorkflowName = "flow",
            Plugins = _plugins,
            Components = () => [.. HubHost.Registry().Types.Select(ComponentDescription.Of)],
        };
        configure?.Invoke(options);
        _app = HubServer.Build(Hub, options);
        Http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { Timeout = TimeSpan.FromSeconds(30) };
    }

    public Script Model { get; }

    public IHub Hub { get; }

    public PluginHost Plugins => _plugins;

    public CookieContainer Cookies { get; } = new();

    public HttpClient Http { get; }

    public static async Task<Site> StartAsync(Action<HubServerOptions>? configure = null, Action<HubBuilder>? build = null, string? plugins = null)
    {
        var site = new Site(configure, build, plugins ?? Directory.CreateTempSubdirectory("hub-plugins").FullName);
        site._plugins.LoadAll();
        await site._app.StartAsync();
        site.Http.BaseAddress = new Uri(site._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return site;
    }

    /// <summary>Lets the waiter go on.</summary>
    public void OpenGate() => _gate.TrySetResult();

    /// <summary>Runs a reasoner to its end, or to where it waits.</summary>
    public Task<RunResult> RunAsync(string reasoner, string question) => Hub.RunAsync(reasoner, question);

    /// <summary>A page's text; it must be there.</summary>
    public async Task<string> PageAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var response = await Http.GetAsync(path);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{path} is {(int)response.StatusCode}: {text}");
        return WebUtility.HtmlDecode(text);
    }

    /// <summary>Sends a form with the token of a page.</summary>
    public async Task<(HttpStatusCode Status, string To, string Body)> PostAsync(string path, string page, params (string Name, string Value)[] fields)
    {
        using var response = await Http.GetAsync(page);
        var token = Token().Match(await response.Content.ReadAsStringAsync()).Groups[1].Value;
        using var form = new FormUrlEncodedContent(fields.Append(("csrf", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2)));
        using var answer = await Http.PostAsync(path, form);
        return (answer.StatusCode, answer.Headers.Location?.ToString() ?? "", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
        await Hub.DisposeAsync();
        _plugins.Dispose();
    }

    [GeneratedRegex("name=\"csrf\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
