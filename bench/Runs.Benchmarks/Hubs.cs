using System.Diagnostics;
using Hub.Abstractions;
using Hub.Core;
using Microsoft.Extensions.AI;

namespace Runs.Benchmarks;

/// <summary>Our side, and the function-invoking client of Microsoft.Extensions.AI by itself.</summary>
internal static class Hubs
{
    private static readonly string s_observed = "observed " + new string('x', 90);

    /// <summary>The function-invoking client without a run.</summary>
    public static async Task<Sample> FunctionInvokingAsync(int steps)
    {
        using var client = new FunctionInvokingChatClient(new ScriptedModel(steps)) { MaximumIterationsPerRequest = int.MaxValue };
        var options = new ChatOptions { Tools = [Look()] };
        return await TimedAsync(steps, async () =>
        {
            var response = await client.GetResponseAsync([new ChatMessage(ChatRole.User, "?")], options);
            Need(response.Messages.Count == (2 * steps) + 1, $"{response.Messages.Count} messages after {steps} steps");
        });
    }

    /// <summary>A reasoner over a run without a log.</summary>
    public static Task<Sample> InMemoryAsync(IReasoner reasoner, int steps) => RunAsync(reasoner, new MemoryRunStore(), steps);

    /// <summary>A reasoner over a run with a log on the disk.</summary>
    public static async Task<Sample> OnDiskAsync(IReasoner reasoner, RunDurability durability, int steps)
    {
        var folder = Directory.CreateTempSubdirectory("hub-bench-").FullName;
        try
        {
            var path = Path.Combine(folder, "runs.sqlite");
            await new SqliteRunStore(new() { Path = path }).DisposeAsync();
            var empty = new FileInfo(path).Length;
            var sample = await RunAsync(reasoner, new SqliteRunStore(new() { Path = path, Durability = durability }), steps);
            return sample with { LogBytes = (new FileInfo(path).Length - empty) / (double)steps };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Sample> RunAsync(IReasoner reasoner, IRunStore store, int steps)
    {
        await using var hub = new ReasoningHub(new HubOptions { Components = new FixedComponents(new Components(new ScriptedModel(steps), Look(), reasoner), ["bench"]), Store = store });
        return await TimedAsync(steps, async () =>
        {
            var result = await hub.Start("bench", ReasonerRequest.From("?")).Completion;
            Need(result.Status == RunStatus.Completed && result.Steps == (2 * steps) + 1, $"{result.Status} after {result.Steps} effects: {result.Failure}");
        });
    }

    private static AIFunction Look() => HubTool.Create((int step) => s_observed, "look", Redo.Freely);

    private static async Task<Sample> TimedAsync(int steps, Func<Task> run)
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        await run();
        var time = clock.Elapsed;
        return new Sample(
            time.TotalMicroseconds / steps,
            (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / steps,
            (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)steps,
            0);
    }

    private static void Need(bool holds, string found)
    {
        if (!holds)
            throw new InvalidDataException(found);
    }
}
