using System.Diagnostics;
using Hub.Abstractions;
using Hub.Core;
using Microsoft.Extensions.AI;
using Runs.Benchmarks;
var steps = int.Parse(args[1]);
var rounds = int.Parse(args[2]);
for (var round = 0; round < rounds; round++)
{
    foreach (var what in args[0].Split(','))
    {
        var tool = HubTool.Create((int step) => "observed " + new string('x', 90), "look", Redo.Freely);
        var model = new ScriptedModel(steps);
        GC.Collect();
        var before = GC.GetTotalAllocatedBytes(true);
        var cpu = Environment.CpuUsage.TotalTime; var clock = Stopwatch.StartNew();
        if (what == "store")
        {
            File.Delete("/tmp/hub/b.sqlite"); File.Delete("/tmp/hub/b.sqlite-wal"); File.Delete("/tmp/hub/b.sqlite-shm");
            await using var store = new SqliteRunStore(new() { Path = "/tmp/hub/b.sqlite" });
            using var w = store.Create(new RunHeader { RunId = "aa", Reasoner = "r", Started = DateTimeOffset.UtcNow });
            var e = new RunEvent { Kind = RunEventKind.ToolStart, Id = "0", ParentId = "root", Function = new FunctionAncestry("root", "x"), Name = "look", Time = DateTimeOffset.UtcNow, Input = new string('a', 64) };
            clock.Restart(); cpu = Environment.CpuUsage.TotalTime;
            long n = 0;
            for (var i = 0; i < 2 * steps; i++)
            {
                for (var p = 0; p < 3; p++) { var c = new byte[150]; BitConverter.TryWriteBytes(c, n++); w.Put(c); }
                w.Append(e); w.Append(e); w.Commit();
            }
        }
        else if (what == "meai")
        {
            using var client = new FunctionInvokingChatClient(model) { MaximumIterationsPerRequest = int.MaxValue };
            var r = await client.GetResponseAsync([new ChatMessage(ChatRole.User, "?")], new ChatOptions { Tools = [tool] }); Console.Write($"[{r.Messages.Count} {r.Text}] ");
        }
        else
        {
            File.Delete("/tmp/hub/b.sqlite"); File.Delete("/tmp/hub/b.sqlite-wal"); File.Delete("/tmp/hub/b.sqlite-shm");
            IRunStore store = what.StartsWith("sql", StringComparison.Ordinal) ? new SqliteRunStore(new() { Path = "/tmp/hub/b.sqlite", Durability = what.Contains("power", StringComparison.Ordinal) ? RunDurability.Power : RunDurability.Process }) : new MemoryRunStore();
            await using var hub = new ReasoningHub(new HubOptions { Components = new Components(model, tool, what.EndsWith('f') ? new FunctionInvokingReasoner() : new LoopReasoner()), Reasoners = ["r"], Store = store });
            clock.Restart(); cpu = Environment.CpuUsage.TotalTime;
            var result = await hub.Start("r", ReasonerRequest.From("?")).Completion;
            if (result.Status != RunStatus.Completed || result.Steps != 2 * steps + 1) throw new InvalidDataException($"{result.Status} {result.Failure} {result.Steps}");
        }
        Console.Write($"{what} {clock.Elapsed.TotalMicroseconds / steps:F1} us cpu {(Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / steps:F1} {(GC.GetTotalAllocatedBytes(true) - before) / steps} B;  ");
    }
    Console.WriteLine();
}
