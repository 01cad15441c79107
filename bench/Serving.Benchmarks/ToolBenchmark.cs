using System.Globalization;
using System.Text;

namespace Serving.Benchmarks;

/// <summary>One tool call a request, through the hub and as the function itself behind raw Kestrel: at full load, and how long each takes at half of the hub's.</summary>
internal static class ToolBenchmark
{
    private const int Connections = 50;
    private const int WarmUp = 100_000;
    private const string Raw = "raw";
    private const string Hub = "mcp-hub";

    // Expected: the run adds about 30 µs to what Kestrel and JSON cost.
    public static async Task RunAsync(TimeSpan time, int rounds)
    {
        var request = Load.Request("""{"message":"What is 14 times 27?"}""", "/v1/workflow");
        Peer[] peers = [new(Raw), new(Hub)];
        try
        {
            foreach (var peer in peers)
                await Rounds.WarmAsync(peer, WarmUp, () => Load.ClosedAsync(peer.Address, request, Connections, time));

            var figures = peers.ToDictionary(p => p.Kind, _ => (Rate: new List<double>(), Cost: new List<double>(), P50: new List<double>(), P95: new List<double>()));
            for (var round = 0; round < rounds; round++)
            {
                foreach (var peer in peers)
                {
                    var cpu = peer.Cpu;
                    var answered = await Load.ClosedAsync(peer.Address, request, Connections, time);
                    figures[peer.Kind].Rate.Add(answered / time.TotalSeconds);
                    figures[peer.Kind].Cost.Add((peer.Cpu - cpu).TotalMicroseconds / answered);
                    peer.Prune();
                }
            }

            var half = Rounds.Median(figures[Hub].Rate) / 2;
            for (var round = 0; round < rounds; round++)
            {
                foreach (var peer in peers)
                {
                    var taken = await Load.OpenAsync(peer.Address, request, Connections, half, time);
                    figures[peer.Kind].P50.Add(taken[taken.Length / 2]);
                    figures[peer.Kind].P95.Add(taken[taken.Length * 95 / 100]);
                    peer.Prune();
                }
            }

            var text = new StringBuilder("# A tool call\n\n");
            text.AppendLine("`dotnet run -c Release --project bench/Serving.Benchmarks -- tool`. A function that says what it was told, as a tool of the hub at `/v1/workflow` (log in memory) and called behind raw Kestrel; medians of interleaved rounds.");
            text.AppendLine(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} cores, load {File.ReadAllText("/proc/loadavg").Split(' ')[0]}, .NET {Environment.Version}, {Connections} connections, {rounds} rounds of {time.TotalSeconds} s; half load: {half:N0} a second.").AppendLine();
            text.AppendLine("| server | calls a second | processor time a call | of raw | p50 at half load | of raw | p95 | of raw |").AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|");
            foreach (var peer in peers)
            {
                var (rate, cost, p50, p95) = figures[peer.Kind];
                var raw = figures[Raw];
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"| {(peer.Kind == Raw ? "Kestrel and the function" : "hub, log in memory")} | {Rounds.Median(rate):N0} | {Rounds.Median(cost):0.0} µs | {Rounds.Median(cost) / Rounds.Median(raw.Cost):0.00} × | {Rounds.Median(p50):0} µs | {Rounds.Median(p50) / Rounds.Median(raw.P50):0.00} × | {Rounds.Median(p95):0} µs | {Rounds.Median(p95) / Rounds.Median(raw.P95):0.00} × |");
            }

            Directory.CreateDirectory(Path.Combine("bench", "results"));
            File.WriteAllText(Path.Combine("bench", "results", "tools.md"), text.ToString());
            Console.Write(text);
        }
        finally
        {
            foreach (var peer in peers)
                peer.Dispose();
        }
    }
}
