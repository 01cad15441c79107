using System.Globalization;
using System.Text;
using System.Text.Json;
using Hub.Core;
using Runs.Benchmarks;

// Usage: Runs.Benchmarks [ROUNDS]. Run it from the repository's root; it writes bench/results/runs.md and runs.json.
const int Steps = 1000, PeerSteps = 100;
var rounds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 15;
var loop = new LoopReasoner();
using var peer = LangGraph.Start(Path.Combine("eval", "peers", "langgraph"));
if (peer is null)
    Console.Error.WriteLine("LangGraph.js is left out: run 'npm ci' in eval/peers/langgraph first.");

List<Case> cases =
[
    new("Microsoft.Extensions.AI function-invoking client, no run", Steps, Hubs.FunctionInvokingAsync),
    new("hub, loop, no log", Steps, n => Hubs.InMemoryAsync(loop, n)),
    new("hub, function-invoking client, no log", Steps, n => Hubs.InMemoryAsync(new FunctionInvokingReasoner(), n)),
    new("hub, loop, SQLite process", Steps, n => Hubs.OnDiskAsync(loop, RunDurability.Process, n)),
    new("hub, loop, SQLite process, short", PeerSteps, n => Hubs.OnDiskAsync(loop, RunDurability.Process, n)),
];
if (peer is not null)
{
    foreach (var saver in new[] { "none", "memory", "sqlite" })
        cases.Add(new Case($"LangGraph.js 1.7.3 agent, saver {saver}", PeerSteps, n => peer.MeasureAsync(saver, n)));
}

var speed = await Result.OfAsync(cases, rounds, warmUps: 3, Console.Error.WriteLine);
var power = await Result.OfAsync([new Case("hub, loop, SQLite power", PeerSteps, n => Hubs.OnDiskAsync(loop, RunDurability.Power, n))], Math.Min(rounds, 5), warmUps: 1, Console.Error.WriteLine);
var growth = await Result.OfAsync(
    [.. new[] { 100, 1000, 10_000 }.Select(n => new Case($"hub, loop, SQLite process, {n:N0} steps", n, m => Hubs.OnDiskAsync(loop, RunDurability.Process, m)))],
    Math.Min(rounds, 5), warmUps: 1, Console.Error.WriteLine);

var text = new StringBuilder();
text.AppendLine("# A step of a run").AppendLine();
text.AppendLine("A step is one model call and one tool call; model and tool cost next to nothing. Medians of interleaved rounds. `dotnet run -c Release --project bench/Runs.Benchmarks`.");
text.AppendLine(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores ({Cpu()}), load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, .NET {Environment.Version}.").AppendLine();
text.AppendLine("| case | steps | rounds | µs a step | fastest | processor µs | allocated bytes | log bytes |").AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|");
foreach (var r in speed.Concat(power).Concat(growth))
    text.AppendLine(CultureInfo.InvariantCulture, $"| {r.Name} | {r.Steps:N0} | {r.Rounds} | {r.Microseconds:N1} | {r.Fastest:N1} | {r.CpuMicroseconds:N1} | {r.AllocatedBytes:N0} | {r.LogBytes:N0} |");
Directory.CreateDirectory(Path.Combine("bench", "results"));
File.WriteAllText(Path.Combine("bench", "results", "runs.md"), text.ToString());
File.WriteAllText(Path.Combine("bench", "results", "runs.json"), JsonSerializer.Serialize(new { speed, power, growth }, Report.Options));
Console.Write(text);

static string Cpu() => File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[1] ?? "unknown";

/// <summary>How results are written.</summary>
internal static class Report
{
    public static JsonSerializerOptions Options { get; } = new() { WriteIndented = true };
}
