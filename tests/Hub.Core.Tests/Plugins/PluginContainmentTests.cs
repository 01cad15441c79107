using Hub.Abstractions;
using Hub.Core.Plugins;

namespace Hub.Core.Tests.Plugins;

/// <summary>Each way in which a plugin can be broken: an error that names file, cause and cure, and a neighbour that goes on.</summary>
public sealed class PluginContainmentTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PluginHost _host;

    public PluginContainmentTests()
    {
        _host = new PluginHost(new PluginHostOptions { Folder = _folder.File("plugins"), LoadTimeout = TimeSpan.FromSeconds(2) });
        PluginSource.Build(_folder.File("plugins/neighbour"), PluginSource.Answering("still here"), m => m with { Id = "neighbour" });
        _host.LoadAll();
    }

    public static TheoryData<string, string> Broken() => new()
    {
        { """public sealed class Plugin : IHubPlugin { public Plugin() => throw new FormatException("bad day"); public void Configure(IHubRegistry hub) { } }""", "the constructor of Plugin threw FormatException: bad day" },
        { """public sealed class Plugin : IHubPlugin { static readonly int s_x = int.Parse("x"); public Plugin() { if (s_x > 0) throw new Exception(); } public void Configure(IHubRegistry hub) { } }""", "the constructor of Plugin threw FormatException" },
        { """public sealed class Plugin : IHubPlugin { public void Configure(IHubRegistry hub) => throw new TimeoutException("no licence server"); }""", "Configure threw TimeoutException: no licence server" },
        { """public sealed class Plugin : IHubPlugin { public void ConfigureServices(IServiceCollection services) => throw new NotSupportedException("no"); public void Configure(IHubRegistry hub) { } }""", "ConfigureServices threw NotSupportedException: no" },
        { """public sealed class Plugin : IHubPlugin { public void Configure(IHubRegistry hub) => Thread.Sleep(Timeout.Infinite); }""", "did not finish loading within 2 s" },
        { """public sealed class A : IHubPlugin { public void Configure(IHubRegistry hub) { } } public sealed class B : IHubPlugin { public void Configure(IHubRegistry hub) { } }""", "has 2 public classes that implement IHubPlugin (A, B); name one as \"entry_point\"" },
        { "internal sealed class Plugin : IHubPlugin { public void Configure(IHubRegistry hub) { } }", "no public class that implements" },
        { "public sealed class Plugin : IHubPlugin { private Plugin() { } public void Configure(IHubRegistry hub) { } }", "the constructor of Plugin" },
        { "public sealed class Plugin : IHubPlugin { public void Configure(IHubRegistry hub) { } }", "the manifest says that it has [tool]; it registered []. Correct \"capabilities\"." },
        { """public sealed class O; public sealed class Plugin : IHubPlugin { public void Configure(IHubRegistry hub) => hub.AddTool<O>("a", (_, _) => null!).AddReasoner<O>("b", (_, _) => null!); }""", "it registered [reasoner, tool]" },
    };

    public void Dispose()
    {
        _host.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Add_BrokenCode_IsNamedAndTheNeighbourGoesOn(string code, string message)
    {
        var failure = Assert.Throws<PluginException>(() => _host.Add(PluginSource.Build(_folder.File("plugins/broken"), code)));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Contains("broken", failure.Message + failure.Path, StringComparison.Ordinal);
        Assert.Contains(_host.Plugins, p => p.State == PluginState.Failed && p.Error == failure.Message);
        await NeighbourAnswers();
    }

    [Fact]
    public async Task Add_DependencyMissing_NamesIt()
    {
        Directory.CreateDirectory(_folder.File("elsewhere"));
        var library = _folder.File("elsewhere/Far.Away.dll");
        PluginSource.Compile(library, "public static class Far { public static string Away() => \"x\"; }");
        var folder = PluginSource.Build(_folder.File("plugins/broken"), """
            public sealed class O;
            public sealed class Plugin : IHubPlugin { public void Configure(IHubRegistry hub) { var x = Far.Away(); hub.AddTool<O>(x, (_, _) => null!); } }
            """, references: library);

        var failure = Assert.Throws<PluginException>(() => _host.Add(folder));

        Assert.Contains("Far.Away", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Publish the plugin with its dependencies", failure.Message, StringComparison.Ordinal);
        await NeighbourAnswers();
    }

    [Theory]
    [InlineData("\"contract\": {\"from\": \"2.0\"", "it runs with contract 2.0 to below 2.0; this hub has 1.0")]
    [InlineData("\"microsoft_extensions_ai\": 9", "it was compiled with Microsoft.Extensions.AI 9; this hub shares version 10")]
    [InlineData("\"entry_point\": \"Other\"", "the manifest names the entry point Other; Plugin.dll has [Plugin]")]
    [InlineData("\"sha256\": \"00\"", "the manifest says 00")]
    [InlineData("\"assembly\": \"Other.dll\"", "which is not in the folder")]
    [InlineData("\"assembly\": \"../Other.dll\"", "is no file name of a .dll beside the manifest")]
    [InlineData("\"id\": \"No Good\"", "is no plugin id")]
    [InlineData("\"version\": \"one\"", "is no version")]
    [InlineData("\"verison\": \"1\"", "verison")]
    public async Task Add_ManifestLies_IsNamed(string change, string message)
    {
        var folder = PluginSource.Build(_folder.File("plugins/broken"), PluginSource.Answering("x"));
        var manifest = Path.Combine(folder, PluginManifest.FileName);
        var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(manifest))!.AsObject();
        if (change.StartsWith("\"contract\"", StringComparison.Ordinal))
            json["contract"]!["from"] = "2.0";
        else if (change.StartsWith("\"microsoft", StringComparison.Ordinal))
            json["contract"]!["microsoft_extensions_ai"] = 9;
        else
            json[change.Split('"')[1]] = change.Split('"')[3];
        File.WriteAllText(manifest, json.ToJsonString());

        var failure = Assert.Throws<PluginException>(() => _host.Add(folder));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        await NeighbourAnswers();
    }

    [Fact]
    public void Add_AssemblyIsNoAssembly_IsNamed()
    {
        var folder = PluginSource.Build(_folder.File("plugins/broken"), PluginSource.Answering("x"));
        File.WriteAllText(Path.Combine(folder, "Plugin.dll"), "not a library");

        Assert.Contains("is no .NET assembly that runs here", Assert.Throws<PluginException>(() => _host.Add(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_NoFolder_SaysHowToMakeOne()
    {
        Assert.Contains("hub plugins new", Assert.Throws<PluginException>(() => _host.Add(_folder.File("nowhere"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_UsesALibraryOfTheHub_IsRefused()
    {
        // Hub.Core is in the process, and yet not among the plugin's files: its version is the hub's business.
        var folder = PluginSource.Build(_folder.File("plugins/broken"), """
            public sealed class O;
            public sealed class Plugin : IHubPlugin { public void Configure(IHubRegistry hub) { new Hub.Core.MemoryRunStore(); hub.AddTool<O>("a", (_, _) => null!); } }
            """);

        Assert.Contains("Hub.Core", Assert.Throws<PluginException>(() => _host.Add(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_Hangs_IsCancelledAndThePluginIsReportedAsLeaked()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        using var host = new PluginHost(new PluginHostOptions { Folder = _folder.File("plugins"), Time = time, UnloadGrace = TimeSpan.FromSeconds(5) });
        host.Add(PluginSource.Build(_folder.File("plugins/hangs"), """
            public sealed class O;
            public sealed class Plugin : IHubPlugin
            {
                public void Configure(IHubRegistry hub) => hub.AddTool<O>("answer", (o, s) => HubTool.Create(() => { Thread.Sleep(Timeout.Infinite); return "never"; }, "answer"));
            }
            """, m => m with { Id = "hangs" }));
        using (var set = host.Current())
        {
            var result = await new Bench { Limits = ToolLimits.Default with { Timeout = TimeSpan.FromMilliseconds(50) } }
                .Add(TypeTable.Of(set).Tools["answer"]())
                .Add(async run => (await run.Tool("answer").InvokeAsync(cancellationToken: run.Cancelled))?.ToString() ?? "")
                .RunAsync();
            Assert.Equal(RunStatus.Failed, result.Status);
            Assert.Contains("did not answer within 0.05 seconds", result.Failure!.Message, StringComparison.Ordinal);
        }

        host.Remove("hangs");
        time.Advance(TimeSpan.FromSeconds(6));
        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Equal(PluginState.Leaked, Assert.Single(host.Plugins).State);
    }

    private async Task NeighbourAnswers()
    {
        using var set = _host.Current();
        Assert.Equal("still here", (await TypeTable.Of(set).Tools["answer"]().InvokeAsync())!.ToString());
    }
}
