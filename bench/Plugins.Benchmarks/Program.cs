using System.Diagnostics;
using System.Globalization;
using System.Text;
using Hub.Abstractions;
using Hub.Core;
using Hub.Core.Plugins;
using Microsoft.Extensions.AI;
using Plugins.Benchmarks;

// Usage: Plugins.Benchmarks [RELOADS]. Run it from the repository's root; it writes bench/results/plugins.md.
const int Rounds = 15, Calls = 200_000, Parallel = 16;
var reloads = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1000;
var root = Directory.CreateTempSubdirectory("hub-plugins-");
try
{
    var folder = Path.Combine(root.FullName, "noop");
    Directory.CreateDirectory(folder);
    // The plugin alone: what the hub shares with it lies beside this program.
    foreach (var file in new[] { "NoOp.dll", "hub-plugin.json" })
        File.Copy(Path.Combine(AppContext.BaseDirectory, file), Path.Combine(folder, file));
    using var host = new PluginHost(new PluginHostOptions { Folder = root.FullName });
    host.LoadAll();

    var text = new StringBuilder("# Plugins\n\n");
    text.AppendLine("`dotnet run -c Release --project bench/Plugins.Benchmarks`. Medians of interleaved rounds.");
    text.AppendLine(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, .NET {Environment.Version}.").AppendLine();
    var (direct, plugin) = await CallsAsync(host);
    text.AppendLine("| figure | value |").AppendLine("|---|--:|");
    text.AppendLine(CultureInfo.InvariantCulture, $"| a tool's call, compiled into the program | {direct:0.000} µs |");
    text.AppendLine(CultureInfo.InvariantCulture, $"| the same tool's call, from a plugin | {plugin:0.000} µs |");
    text.AppendLine(CultureInfo.InvariantCulture, $"| difference | {plugin - direct:0.000} µs |");
    var (runs, failed, seconds) = await ReloadsAsync(host, folder, reloads);
    text.AppendLine(CultureInfo.InvariantCulture, $"| reloads under {Parallel} concurrent runs | {reloads} |");
    text.AppendLine(CultureInfo.InvariantCulture, $"| runs meanwhile | {runs:N0} |").AppendLine(CultureInfo.InvariantCulture, $"| failed runs | {failed} |");
    text.AppendLine(CultureInfo.InvariantCulture, $"| a reload | {seconds * 1000 / reloads:0.0} ms |").AppendLine();
    text.AppendLine("Memory over load and unload cycles: managed heap after a full collection, resident memory, plugin versions still in memory.").AppendLine().AppendLine("| cycles | heap MB | resident MB | in memory |").AppendLine("|--:|--:|--:|--:|");
    for (var i = 0; i <= reloads; i++)
    {
        if (i % Math.Max(1, reloads / 10) == 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {i} | {Heap():0.0} | {Environment.WorkingSet / 1e6:0} | {host.Plugins.Count} |");
        Change(folder, $"cycle {i}");
        host.Reload("noop");
        using var set = host.Current();
        await Types.Of(set.Configure).Tools("noop_tool")[0].InvokeAsync(new AIFunctionArguments { ["text"] = "x" });
        host.Store.Prune((_, version) => version == set.Versions["noop"]);
    }

    Directory.CreateDirectory(Path.Combine("bench", "results"));
    File.WriteAllText(Path.Combine("bench", "results", "plugins.md"), text.ToString());
    Console.Write(text);
    return failed == 0 ? 0 : 1;
}
finally
{
    root.Delete(recursive: true);
}

static async Task<(double Direct, double Plugin)> CallsAsync(PluginHost host)
{
    using var set = host.Current();
    AIFunction[] tools = [Types.Of(new NoOp.NoOpPlugin().Configure).Tools("noop_tool")[0], Types.Of(set.Configure).Tools("noop_tool")[0]];
    var arguments = new AIFunctionArguments { ["text"] = "x" };
    List<double>[] times = [[], []];
    for (var round = -3; round < Rounds; round++)
    {
        for (var t = 0; t < tools.Length; t++)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < Calls; i++)
                await tools[t].InvokeAsync(arguments);
            if (round >= 0)
                times[t].Add(watch.Elapsed.TotalMicroseconds / Calls);
        }
    }

    return (Median(times[0]), Median(times[1]));
}

static async Task<(long Runs, long Failed, double Seconds)> ReloadsAsync(PluginHost host, string folder, int reloads)
{
    await using var hub = new ReasoningHub(new HubOptions { Components = new PluginSource(host), Store = new MemoryRunStore() });
    using var stop = new CancellationTokenSource();
    long runs = 0, failed = 0;
    var load = Enumerable.Range(0, Parallel).Select(_ => Task.Run(async () =>
    {
        while (!stop.IsCancellationRequested)
        {
            var run = await hub.RunAsync("caller", "x");
            Interlocked.Increment(ref runs);
            if (run.Status != RunStatus.Completed || run.Text != "done")
                Interlocked.Increment(ref failed);
            hub.Runs.Prune(DateTimeOffset.MaxValue);
        }
    })).ToArray();
    var watch = Stopwatch.StartNew();
    for (var i = 0; i < reloads; i++)
    {
        Change(folder, $"reload {i}");
        var version = host.Reload("noop").Version;
        if (i % 50 == 0)
            host.Store.Prune((_, v) => v == version);
    }

    var seconds = watch.Elapsed.TotalSeconds;
    await stop.CancelAsync();
    await Task.WhenAll(load);
    return (runs, failed, seconds);
}

// Another file is another version: its hash differs.
static void Change(string folder, string text) => File.WriteAllText(Path.Combine(folder, "build.txt"), text);

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

static double Heap()
{
    for (var i = 0; i < 5; i++)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    return GC.GetTotalMemory(forceFullCollection: true) / 1e6;
}
