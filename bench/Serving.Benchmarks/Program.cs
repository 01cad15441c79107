using System.Globalization;
using System.Text;
using Serving.Benchmarks;

// Usage: Serving.Benchmarks [mcp|tool] [SECONDS [ROUNDS]] or Serving.Benchmarks sockets [COUNT]. Run it from the repository's root; it writes into bench/results.
// Expected: raw Kestrel answers in about 20 µs of processor time; a run adds its log (hashes, JSON) and a task.
if (args is ["server", var kind])
{
    await EchoServer.RunAsync(kind);
    return 0;
}

if (args is ["load", var address, var seconds])
{
    // For a profiler: a server started by hand, loaded for a while.
    var asked = await Load.ClosedAsync(new Uri(address), Load.Request("""{"model":"echo","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"What is 14 times 27?"}],"temperature":0}"""), 50, TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
    Console.WriteLine(asked);
    return 0;
}

if (args is ["load-mcp", var mcp, var lasting])
{
    Console.WriteLine(await McpLoad.ClosedAsync(new Uri(mcp), 50, TimeSpan.FromSeconds(double.Parse(lasting, CultureInfo.InvariantCulture))));
    return 0;
}

if (args is ["sockets", ..])
{
    await SocketBenchmark.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10_000);
    return 0;
}

if (args is ["tool", ..])
{
    var length = TimeSpan.FromSeconds(args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 2);
    await ToolBenchmark.RunAsync(length, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 7);
    return 0;
}

if (args is ["mcp", ..])
{
    var length = TimeSpan.FromSeconds(args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 2);
    await McpBenchmark.RunAsync(length, args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 7);
    return 0;
}

const int Connections = 50, Words = 2000, WarmUp = 40_000;
var time = TimeSpan.FromSeconds(args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 2);
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 7;
var whole = Load.Request("""{"model":"echo","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"What is 14 times 27?"}],"temperature":0}""");
var streamed = Load.Request($$"""{"model":"echo","stream":true,"messages":[{"role":"user","content":"{{string.Join(' ', Enumerable.Repeat("word", Words))}}"}]}""");

Peer[] peers = [new("raw"), new("memory"), new("sqlite")];
try
{
    foreach (var peer in peers)
        await Rounds.WarmAsync(peer, WarmUp, () => Load.ClosedAsync(peer.Address, whole, Connections, time));

    var rates = peers.ToDictionary(p => p.Kind, _ => new List<double>());
    var costs = peers.ToDictionary(p => p.Kind, _ => new List<double>());
    for (var round = 0; round < rounds; round++)
    {
        foreach (var peer in peers)
        {
            var cpu = peer.Cpu;
            var answered = await Load.ClosedAsync(peer.Address, whole, Connections, time);
            rates[peer.Kind].Add(answered / time.TotalSeconds);
            costs[peer.Kind].Add((peer.Cpu - cpu).TotalMicroseconds / answered);
            peer.Prune();
        }
    }

    var latencies = peers.ToDictionary(p => p.Kind, _ => (P50: new List<double>(), P95: new List<double>()));
    var half = Rounds.Median(rates["memory"]) / 2;
    for (var round = 0; round < rounds; round++)
    {
        foreach (var peer in peers.Take(2))
        {
            var taken = await Load.OpenAsync(peer.Address, whole, Connections, half, time);
            latencies[peer.Kind].P50.Add(taken[taken.Length / 2]);
            latencies[peer.Kind].P95.Add(taken[taken.Length * 95 / 100]);
            peer.Prune();
        }
    }

    var events = peers.ToDictionary(p => p.Kind, _ => new List<double>());
    for (var round = 0; round < rounds; round++)
    {
        foreach (var peer in peers.Take(2))
        {
            var cpu = peer.Cpu;
            using var connection = new Load.Connection(peer.Address);
            for (var i = 0; i < 20; i++)
                await connection.AskAsync(streamed);
            events[peer.Kind].Add((peer.Cpu - cpu).TotalMicroseconds / (20 * Words));
            peer.Prune();
        }
    }

    var text = new StringBuilder("# Serving\n\n");
    text.AppendLine("`dotnet run -c Release --project bench/Serving.Benchmarks`. Chat completions of an echo model; each server and the load in a process of its own; medians of interleaved rounds.");
    text.AppendLine(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, .NET {Environment.Version}, {Connections} connections, {rounds} rounds of {time.TotalSeconds} s.").AppendLine();
    text.AppendLine("| server | requests a second | of raw | processor time a request | of raw | p50 at half load | p95 | processor time of a streamed part |").AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|");
    foreach (var peer in peers)
    {
        var (rate, cost) = (Rounds.Median(rates[peer.Kind]), Rounds.Median(costs[peer.Kind]));
        var (p50, p95) = latencies[peer.Kind];
        text.AppendLine(CultureInfo.InvariantCulture,
            $"| {Name(peer.Kind)} | {rate:N0} | {rate / Rounds.Median(rates["raw"]):P0} | {cost:0.0} µs | {cost / Rounds.Median(costs["raw"]):0.00} × | {Shown(p50)} | {Shown(p95)} | {Shown(events[peer.Kind])} |");
    }

    Directory.CreateDirectory(Path.Combine("bench", "results"));
    File.WriteAllText(Path.Combine("bench", "results", "serving.md"), text.ToString());
    Console.Write(text);
    return 0;
}
finally
{
    foreach (var peer in peers)
        peer.Dispose();
}

static string Name(string kind) => kind switch { "raw" => "Kestrel alone", "memory" => "hub, log in memory", _ => "hub, log on disk" };

static string Shown(List<double> values) => values.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Rounds.Median(values):0.0} µs");
