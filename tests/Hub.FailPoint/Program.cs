using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Hub.Abstractions;
using Hub.FailPoint;

return args switch
{
    ["sit", var script, var folder, var killAt, var delay, .. var decisions] => await SitAsync(script, folder, int.Parse(killAt, CultureInfo.InvariantCulture), double.Parse(delay, CultureInfo.InvariantCulture), decisions),
    ["prove", .. var scripts] => await ProveAsync(scripts.Length == 0 ? Scripts.Names : scripts),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Usage: Hub.FailPoint prove [react|rewoo|toolcalling ...]\nEnds a process at every fail-point of a run, goes on in another, and checks what must hold.");
    return 2;
}

static async Task<int> SitAsync(string script, string folder, int killAt, double delay, string[] decisions)
{
    var points = 0;
    void Point(string point)
    {
        var reached = Interlocked.Increment(ref points);
        if (reached == 1 && delay > 0)
            Console.WriteLine("begun");
        if (reached != killAt)
            return;
        Process.GetCurrentProcess().Kill();
        Thread.Sleep(Timeout.Infinite);
    }

    var resume = new ResumeOptions
    {
        Decisions = decisions.Select(d => d.Split('=', 2)).ToDictionary(d => d[0], d => new EffectDecision(EffectDecisionKind.Result, d[1])),
    };
    var result = await new Sitting(script, folder, Point, TimeSpan.FromMilliseconds(delay)).GoOnAsync(resume);
    Console.WriteLine(JsonSerializer.Serialize(new Processes.Report(result.Status, result.Text.Length > 0 ? result.Text : result.Failure?.Message ?? "", result.Pending, points)));
    return 0;
}

static async Task<int> ProveAsync(IReadOnlyList<string> scripts)
{
    var faults = 0;
    foreach (var script in scripts)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Campaign.EveryPointAsync(script, step: 1);
        Report($"{script}: killed at {counts.Points} points", counts, watch);
        watch.Restart();
        var wall = await Campaign.WallClockAsync(script, kills: 10, seed: 1);
        Report($"{script}: killed by the clock {wall.Points} times", wall, watch);
        faults += counts.Faults.Count + wall.Faults.Count;
    }

    return faults == 0 ? 0 : 1;

    static void Report(string what, Campaign.Counts counts, Stopwatch watch)
    {
        Console.WriteLine($"{what}; resumed to the same answer {counts.Points - counts.Faults.Count}/{counts.Points}, asked a person {counts.Asked} times, begun anew {counts.Anew} times, {watch.Elapsed.TotalSeconds:F0} s");
        foreach (var fault in counts.Faults)
            Console.WriteLine("  FAULT " + fault);
    }
}
