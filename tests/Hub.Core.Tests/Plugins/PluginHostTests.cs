using System.Runtime.CompilerServices;
using Hub.Abstractions;
using Hub.Core.Plugins;

namespace Hub.Core.Tests.Plugins;

public sealed class PluginHostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PluginHost _host;

    public PluginHostTests()
    {
        _host = new PluginHost(new PluginHostOptions { Folder = _folder.File("plugins"), LoadTimeout = TimeSpan.FromSeconds(5) });
    }

    public void Dispose()
    {
        _host.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Add_Plugin_ToolAnswers()
    {
        var status = _host.Add(Plugin("one", PluginSource.Answering("hello")));

        Assert.Equal(PluginState.Current, status.State);
        Assert.StartsWith("1.0.0+", status.Version, StringComparison.Ordinal);
        Assert.Equal("hello", await AnswerAsync());
    }

    [Fact]
    public void LoadAll_OneBroken_OthersAreLoadedAndItIsReported()
    {
        Plugin("good", PluginSource.Answering("hello"));
        Plugin("bad", "public sealed class Nothing;", m => m with { Id = "bad" });

        var failure = Assert.Single(_host.LoadAll());

        Assert.Contains("no public class that implements Hub.Abstractions.IHubPlugin", failure.Message, StringComparison.Ordinal);
        Assert.Equal([PluginState.Current, PluginState.Failed], _host.Plugins.Select(p => p.State));
    }

    [Fact]
    public async Task Reload_NewCode_NewSetsGetItAndOldOnesKeepTheirs()
    {
        _host.Add(Plugin("one", PluginSource.Answering("old")));
        using var before = _host.Current();
        Plugin("one", PluginSource.Answering("new"));

        _host.Reload("test");

        Assert.Equal("new", await AnswerAsync());
        Assert.Equal("old", (await TypeTable.Of(before).Tools["answer"]().InvokeAsync())!.ToString());
        Assert.Equal([PluginState.Current, PluginState.Retired], _host.Plugins.Select(p => p.State));
    }

    [Fact]
    public void Reload_SameFiles_ChangesNothing()
    {
        var first = _host.Add(Plugin("one", PluginSource.Answering("same")));
        var changes = 0;
        _host.Changed += () => changes++;

        Assert.Equal(first.Version, _host.Reload("test").Version);
        Assert.Equal(0, changes);
    }

    [Fact]
    public async Task Reload_BrokenNewVersion_OldOneStaysCurrent()
    {
        _host.Add(Plugin("one", PluginSource.Answering("old")));
        Plugin("one", """public sealed class Plugin : IHubPlugin { public Plugin() => throw new InvalidOperationException("no licence"); public void Configure(IHubRegistry hub) { } }""");

        var failure = Assert.Throws<PluginException>(() => _host.Reload("test"));

        Assert.Contains("the constructor of Plugin threw InvalidOperationException: no licence", failure.Message, StringComparison.Ordinal);
        Assert.Equal("old", await AnswerAsync());
    }

    [Fact]
    public void Remove_Unknown_NamesWhatIsLoaded()
    {
        _host.Add(Plugin("one", PluginSource.Answering("hello")));

        var failure = Assert.Throws<UnknownNameException>(() => _host.Remove("tset"));

        Assert.Contains("Known: test.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pinned_VersionThatWasReplaced_IsLoadedFromItsCopy()
    {
        var old = _host.Add(Plugin("one", PluginSource.Answering("old")));
        Plugin("one", PluginSource.Answering("new"));
        _host.Reload("test");

        using var pinned = _host.Pinned(new Dictionary<string, string> { ["test"] = old.Version });

        Assert.Equal("old", (await TypeTable.Of(pinned).Tools["answer"]().InvokeAsync())!.ToString());
    }

    [Fact]
    public void Pinned_FilesGone_IsPluginVersionMissing()
    {
        var old = _host.Add(Plugin("one", PluginSource.Answering("old")));
        Plugin("one", PluginSource.Answering("new"));
        var current = _host.Reload("test");
        _host.Store.Prune((_, version) => version == current.Version);

        var failure = Assert.Throws<PluginVersionMissingException>(() => _host.Pinned(new Dictionary<string, string> { ["test"] = old.Version }));

        Assert.Contains(old.Version, failure.Message, StringComparison.Ordinal);
        Assert.Contains(current.Version, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Add_TwoVersionsOfOneLibrary_EachPluginHasItsOwn()
    {
        foreach (var (id, number) in new[] { ("first", 1), ("second", 2) })
        {
            Directory.CreateDirectory(_folder.File($"plugins/{id}"));
            var library = _folder.File($"plugins/{id}/Shared.Library.dll");
            PluginSource.Compile(library, $$"""[assembly: System.Reflection.AssemblyVersion("{{number}}.0.0.0")] public static class Library { public static string Name => "version {{number}}"; }""");
            Plugin(id, $$"""
                public sealed class Options { }
                public sealed class Plugin : IHubPlugin { public void Configure(IHubRegistry hub) => hub.AddTool<Options>("{{id}}", (o, s) => HubTool.Create(() => Library.Name, "{{id}}")); }
                """, m => m with { Id = id }, library);
        }

        Assert.Empty(_host.LoadAll());

        using var set = _host.Current();
        var tools = TypeTable.Of(set).Tools;
        Assert.Equal("version 1", (await tools["first"]().InvokeAsync())!.ToString());
        Assert.Equal("version 2", (await tools["second"]().InvokeAsync())!.ToString());
    }

    [Fact]
    public void Dispose_Unloaded_WeakReferenceDies()
    {
        // Everything that is known to keep assemblies alive: functions with types of their own, options, a timer, a logger, statics, an HTTP client.
        const string Sticky = """
            public sealed record City(string Name, double Degrees);
            public sealed class Options { [System.ComponentModel.DataAnnotations.Range(1, 5)] public int Days { get; set; } = 1; public string Place { get; set; } = ""; }
            public sealed class Ticking : IDisposable { private readonly Timer _timer = new(static _ => Plugin.Ticks++, null, 1, 1); public void Dispose() => _timer.Dispose(); }
            public sealed class Plugin : IHubPlugin
            {
                public static int Ticks; private static readonly List<object> s_kept = new();
                public void ConfigureServices(IServiceCollection services) => services.AddSingleton<Ticking>();
                public void Configure(IHubRegistry hub) => hub.AddTool<Options>("answer", (o, s) =>
                {
                    s.GetRequiredService<Ticking>();
                    s.GetRequiredService<ILogger<Plugin>>().LogWarning("made with {Days}", o.Days);
                    s_kept.Add(s.GetRequiredService<HttpClient>());
                    return HubTool.Create((City[] cities) => cities.OrderBy(c => c.Degrees).ToList(), "answer");
                });
            }
            """;
        for (var round = 0; round < 20; round++)
        {
            var context = UseAndRemove(Plugin("one", Sticky.Replace("\"answer\"", $"\"answer\" /* {round} */", StringComparison.Ordinal), m => m with { Version = $"1.0.{round}" }));
            for (var i = 0; i < 20 && context.IsAlive; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }

            Assert.False(context.IsAlive, $"The context of round {round} is still alive.");
        }

        Assert.Empty(_host.Plugins);
    }

    [Fact]
    public void Dispose_SomethingKeepsAType_WeakReferenceLives()
    {
        // The planted fault of the test above: a type that the hub keeps.
        object? kept = null;
        var context = UseAndRemove(Plugin("one", PluginSource.Answering("x")), tool => kept = tool);
        for (var i = 0; i < 5; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.True(context.IsAlive);
        GC.KeepAlive(kept);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private WeakReference UseAndRemove(string folder, Action<object>? keep = null)
    {
        _host.Add(folder);
        WeakReference context;
        using (var set = _host.Current())
            context = Call(set, keep);
        _host.Remove("test");
        return context;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Call(PluginSet set, Action<object>? keep)
    {
        var tool = TypeTable.Of(set).Tools["answer"]();
        keep?.Invoke(tool);
        var arguments = new Microsoft.Extensions.AI.AIFunctionArguments { ["cities"] = System.Text.Json.JsonElement.Parse("""[{"Name":"Oslo","Degrees":3},{"Name":"Rome","Degrees":1}]""") };
        tool.InvokeAsync(arguments).AsTask().GetAwaiter().GetResult();
        return new WeakReference(System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(tool.UnderlyingMethod!.DeclaringType!.Assembly));
    }

    private string Plugin(string name, string code, Func<PluginManifest, PluginManifest>? change = null, params string[] references) =>
        PluginSource.Build(_folder.File($"plugins/{name}"), code, change, references);

    private async Task<string> AnswerAsync()
    {
        using var set = _host.Current();
        return (await TypeTable.Of(set).Tools["answer"]().InvokeAsync())!.ToString()!;
    }
}
