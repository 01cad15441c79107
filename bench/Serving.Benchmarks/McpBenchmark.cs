using System.Globalization;
using System.Text;

namespace Serving.Benchmarks;

/// <summary>Tool calls over the Model Context Protocol: the hub beside the bare C# SDK and the TypeScript SDK, in turns.</summary>
internal static class McpBenchmark
{
    private const int Connections = 50;
    // After 20,000 calls a seventh of the time is still spent in the compiler, after 100,000 next to none.
    private const int WarmUp = 100_000;

    // Expected: the SDK is most of a call; the run behind it adds about 30 µs.
    public static async Task RunAsync(TimeSpan time, int rounds)
    {
        List<Peer> peers = [new("mcp"), new("mcp-hub")];
        if (Peer.TypeScript() is { } typeScript)
            peers.Add(typeScript);
        else
            Console.Error.WriteLine("The TypeScript SDK is left out: run 'npm ci' in eval/peers/mcp-typescript first.");
        try
        {
            foreach (var peer in peers)
                await Rounds.WarmAsync(peer, WarmUp, () => McpLoad.ClosedAsync(peer.Address, Connections, time), mostTurns: 30);

            var rates = peers.ToDictionary(p => p.Kind, _ => new List<double>());
            var costs = peers.ToDictionary(p => p.Kind, _ => new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                foreach (var peer in peers)
                {
                    var cpu = peer.Cpu;
                    var answered = await McpLoad.ClosedAsync(peer.Address, Connections, time);
                    rates[peer.Kind].Add(answered / time.TotalSeconds);
                    costs[peer.Kind].Add((peer.Cpu - cpu).TotalMicroseconds / answered);
                    peer.Prune();
                }
            }

            Write(peers, rates, costs, time, rounds);
        }
        finally
        {
            foreach (var peer in peers)
                peer.Dispose();
        }
    }

    private static void Write(List<Peer> peers, Dictionary<string, List<double>> rates, Dictionary<string, List<double>> costs, TimeSpan time, int rounds)
    {
        var text = new StringBuilder("# Tool calls over the Model Context Protocol\n\n");
        text.AppendLine("`dotnet run -c Release --project bench/Serving.Benchmarks -- mcp`. A tool that says what it was told, streamable HTTP, a session a connection; each server in a process of its own; medians of interleaved rounds.");
        text.AppendLine(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, .NET {Environment.Version}, {Connections} connections, {rounds} rounds of {time.TotalSeconds} s.").AppendLine();
        text.AppendLine("| server | calls a second | the hub's over it | processor time a call |").AppendLine("|---|--:|--:|--:|");
        var hub = Rounds.Median(rates["mcp-hub"]);
        foreach (var peer in peers)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {Name(peer.Kind)} | {Rounds.Median(rates[peer.Kind]):N0} | {hub / Rounds.Median(rates[peer.Kind]):0.00} × | {Rounds.Median(costs[peer.Kind]):0.0} µs |");
        Directory.CreateDirectory(Path.Combine("bench", "results"));
        File.WriteAllText(Path.Combine("bench", "results", "mcp.md"), text.ToString());
        Console.Write(text);
    }

    private static string Name(string kind) => kind switch { "mcp" => "the C# SDK alone", "mcp-hub" => "hub, log in memory", _ => "the TypeScript SDK alone, Node.js" };
}
