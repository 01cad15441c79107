using System.Diagnostics;
using System.Globalization;
using Knowledge.CrashPoint;

switch (args)
{
    case ["live", var folder]:
        Campaign.Live(folder);
        return 0;
    case ["prove"]:
        return await ProveAsync(200, 1);
    case ["prove", "--kills", var kills]:
        return await ProveAsync(int.Parse(kills, CultureInfo.InvariantCulture), 1);
    case ["prove", "--kills", var kills, "--seed", var seed]:
        return await ProveAsync(int.Parse(kills, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture));
    default:
        Console.Error.WriteLine("Usage: Knowledge.CrashPoint prove [--kills 200 [--seed 1]]\nKills a process that loads, changes and compacts a store, and checks that the store has every acknowledged transaction and nothing else.");
        return 2;
}

static async Task<int> ProveAsync(int kills, int seed)
{
    var root = Directory.CreateTempSubdirectory("knowledge-crashpoint-").FullName;
    try
    {
        var watch = Stopwatch.StartNew();
        var counts = await Campaign.KillAsync(kills, seed, root);
        Console.WriteLine($"killed {counts.Kills} times in {counts.Transactions} acknowledged transactions; the store was right {counts.Kills - counts.Faults.Count}/{counts.Kills} times, " +
            $"{counts.Whole} times with a whole transaction that was not acknowledged yet, {watch.Elapsed.TotalSeconds:F0} s");
        foreach (var fault in counts.Faults)
            Console.WriteLine("  FAULT " + fault);
        return counts.Faults.Count == 0 ? 0 : 1;
    }
    finally
    {
        Directory.Delete(root, recursive: true);
    }
}
