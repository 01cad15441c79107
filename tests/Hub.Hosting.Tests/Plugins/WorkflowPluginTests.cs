using System.Text.Json;
using Hub.Abstractions;
using Hub.Core.Plugins;
using Hub.Core.Tests.Plugins;

namespace Hub.Hosting.Tests.Plugins;

/// <summary>Workflows whose components come from plugins, while plugins come and go.</summary>
public sealed class WorkflowPluginTests : IDisposable
{
    private const string Echo = """
        public sealed class Options { public string Word { get; set; } = "word"; }
        public sealed class Asking(Options options) : IReasoner
        {
            public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
            {
                var first = (await run.Tool("said").InvokeAsync())?.ToString();
                if (request.Messages[^1].Text == "ask")
                    await run.PromptAsync("Go on?");
                var second = (await run.Tool("said").InvokeAsync())?.ToString();
                return new ChatResponse(new ChatMessage(ChatRole.Assistant, $"{first} {second} VERSION"));
            }
        }
        public sealed class Plugin : IHubPlugin
        {
            public void Configure(IHubRegistry hub) => hub
                .AddTool<Options>("say", (o, s) => HubTool.Create(async () => { await Task.Yield(); return "VERSION"; }, "say", Redo.Freely, "Says its version."))
                .AddReasoner<Options>("asking", (o, s) => new Asking(o));
        }
        """;

    private const string Workflow = """
        functions:
          said: {_type: say}
        workflow:
          _type: asking
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("hub-plugins-").FullName;
    private readonly string _file;
    private readonly string _log;
    private PluginHost _plugins;

    public WorkflowPluginTests()
    {
        _file = Path.Combine(_folder, "workflow.yml");
        _log = Path.Combine(_folder, "runs.db");
        File.WriteAllText(_file, Workflow);
        Build("v0");
        _plugins = NewHost();
    }

    public void Dispose()
    {
        _plugins.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Run_TypesOfAPlugin_AnswersAndRecordsTheVersion()
    {
        await using var hub = await HubHost.FromWorkflowAsync(_file, new WorkflowHubOptions { Plugins = _plugins });

        var run = await hub.RunAsync(hub.DefaultReasoner, "x");

        Assert.Equal("v0 v0 v0", run.Text);
        Assert.Equal(Assert.Single(_plugins.Plugins).Version, hub.Runs.Find(run.RunId).Header.Plugins["test"]);
    }

    [Fact]
    public void Validate_TypeOfNoPlugin_IsAMistakeOfTheFile()
    {
        Assert.Empty(HubHost.Validate(_file, new WorkflowHubOptions { Plugins = _plugins }).Mistakes);
        Assert.Contains(HubHost.Validate(_file).Mistakes, m => m.Message.Contains("asking", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reload_UnderRuns_NoneFailsAndEachHasOneVersionThroughout()
    {
        const int Reloads = 25;
        await using var hub = await HubHost.FromWorkflowAsync(_file, new WorkflowHubOptions { Plugins = _plugins });
        using var stop = new CancellationTokenSource();
        var runs = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            List<string> answers = [];
            do
                answers.Add((await hub.RunAsync(hub.DefaultReasoner, "x")).Text);
            while (!stop.IsCancellationRequested);
            return answers;
        })).ToArray();
        for (var i = 1; i <= Reloads; i++)
        {
            Build($"v{i}");
            _plugins.Reload("test");
        }

        await stop.CancelAsync();
        var all = (await Task.WhenAll(runs)).SelectMany(a => a).ToArray();

        Assert.All(all, answer => Assert.Single(answer.Split(' ').Distinct()));
        Assert.Equal($"v{Reloads} v{Reloads} v{Reloads}", (await hub.RunAsync(hub.DefaultReasoner, "x")).Text);
    }

    [Fact]
    public async Task Resume_PluginReplacedMeanwhile_GoesOnWithTheVersionItBeganWith()
    {
        var (id, pending) = await SuspendedAsync();
        _plugins.Dispose();
        Build("v1");
        _plugins = NewHost();
        await using var hub = await HubHost.FromWorkflowAsync(_file, new WorkflowHubOptions { Plugins = _plugins, RunLog = _log });

        var resumed = await (await hub.ResumeAsync(id, new ResumeOptions { Answers = new Dictionary<string, string> { [pending] = "yes" } })).Completion;

        Assert.Equal("v0 v0 v0", resumed.Text);
        Assert.Equal("v1 v1 v1", (await hub.RunAsync(hub.DefaultReasoner, "x")).Text);
    }

    [Fact]
    public async Task Resume_FilesOfTheVersionGone_IsPluginVersionMissing()
    {
        var (id, _) = await SuspendedAsync();
        _plugins.Dispose();
        Build("v1");
        _plugins = NewHost();
        _plugins.Store.Prune((_, version) => version == _plugins.Plugins[0].Version);
        await using var hub = await HubHost.FromWorkflowAsync(_file, new WorkflowHubOptions { Plugins = _plugins, RunLog = _log });

        await Assert.ThrowsAsync<PluginVersionMissingException>(() => hub.ResumeAsync(id));
        Assert.Equal(RunStatus.Suspended, hub.Runs.Find(id).Status);
    }

    [Fact]
    public async Task Watcher_PluginPutIntoTheFolder_IsLoadedAndRemovedAgain()
    {
        using var watcher = new PluginWatcher(_plugins, Path.Combine(_folder, "plugins"), TimeSpan.FromMilliseconds(50));
        var told = new SemaphoreSlim(0);
        watcher.Synchronised += _ => told.Release();

        PluginSource.Build(Path.Combine(_folder, "plugins", "other"), PluginSource.Answering("hello"), m => m with { Id = "other" });
        while (_plugins.Plugins.All(p => p.Id != "other"))
            Assert.True(await told.WaitAsync(TimeSpan.FromSeconds(20)));
        Directory.Delete(Path.Combine(_folder, "plugins", "other"), recursive: true);
        while (_plugins.Plugins.Any(p => p is { Id: "other", State: PluginState.Current }))
            Assert.True(await told.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private async Task<(string Run, string Pending)> SuspendedAsync()
    {
        await using var hub = await HubHost.FromWorkflowAsync(_file, new WorkflowHubOptions { Plugins = _plugins, RunLog = _log });
        var run = await hub.RunAsync(hub.DefaultReasoner, "ask");
        Assert.Equal(RunStatus.Suspended, run.Status);
        return (run.RunId, run.Pending!.EffectId);
    }

    private void Build(string version) => PluginSource.Build(Path.Combine(_folder, "plugins", "echo"), Echo.Replace("VERSION", version, StringComparison.Ordinal), m => m with { Capabilities = ["reasoner", "tool"] });

    private PluginHost NewHost()
    {
        var host = new PluginHost(new PluginHostOptions { Folder = Path.Combine(_folder, "plugins") });
        Assert.Empty(host.LoadAll());
        return host;
    }
}
