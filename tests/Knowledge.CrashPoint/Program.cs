using System.Diagnostics;
using System.Globalization;
using Knowledge.CrashPoint;
using Knowledge.Store;

switch (args)
{
    case ["live", var folder]:
        Campaign.Live(new Home(folder));
        return 0;
    case ["prove"]:
        return await ProveAsync(200, 1);
    case ["prove", "--kills", var kills]:
        return await ProveAsync(int.Parse(kills, CultureInfo.InvariantCulture), 1);
    case ["prove", "--kills", var kills, "--seed", var seed]:
        return await ProveAsync(int.Parse(kills, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture));
    case ["live-rules", var folder, var killAt]:
        RuledCampaign.Live(new Home(folder), int.Parse(killAt, CultureInfo.InvariantCulture));
        return 0;
    case ["prove-rules"]:
        return await ProveRulesAsync(200, 1);
    case ["prove-rules", "--kills", var kills]:
        return await ProveRulesAsync(int.Parse(kills, CultureInfo.InvariantCulture), 1);
    case ["prove-rules", "--kills", var kills, "--seed", var seed]:
        return await ProveRulesAsync(int.Parse(kills, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture));
    case ["read", "--readers", var readers, "--seconds", var seconds]:
        return await ReadAsync(int.Parse(readers, CultureInfo.InvariantCulture), int.Parse(seconds, CultureInfo.InvariantCulture));
    default:
        Console.Error.WriteLine("""
            Usage: Knowledge.CrashPoint prove [--kills 200 [--seed 1]]
              Kills a process that loads, changes and compacts a store, and checks that the store has every acknowledged transaction and nothing else.
            or:    Knowledge.CrashPoint prove-rules [--kills 200 [--seed 1]]
              Kills a process while it keeps what follows by rules exact, three times of four in the middle of a rule, and checks store and closure.
            or:    Knowledge.CrashPoint read --readers 32 --seconds 600
              Lets readers look at a store in which a writer is at work, and checks that each sees exactly one snapshot.
            """);
        return 2;
}

static Task<int> ProveAsync(int kills, int seed) => InFolderAsync(async (root, watch) =>
{
    var counts = await Campaign.KillAsync(kills, seed, root);
    return ($"killed {counts.Kills} times in {counts.Transactions} acknowledged transactions; the store was right {counts.Kills - counts.Faults.Count}/{counts.Kills} times, " +
        $"{counts.Whole} times with a whole transaction that was not acknowledged yet, {watch.Elapsed.TotalSeconds:F0} s", counts.Faults);
});

static Task<int> ProveRulesAsync(int kills, int seed) => InFolderAsync(async (root, watch) =>
{
    var counts = await RuledCampaign.KillAsync(kills, seed, root);
    return ($"killed {counts.Kills} times, {counts.Inside} of them in the middle of a rule, in {counts.Transactions} acknowledged transactions, each with the right closure; " +
        $"store and closure were right {counts.Kills - counts.Faults.Count}/{counts.Kills} times, {watch.Elapsed.TotalSeconds:F0} s", counts.Faults);
});

static Task<int> ReadAsync(int readers, int seconds) => InFolderAsync(async (root, watch) =>
{
    using var store = QuadStore.Open(Path.Combine(root, "store"));
    var seen = await Readers.RunAsync(store, readers, _ => watch.Elapsed.TotalSeconds < seconds);
    return ($"{readers} readers looked at {seen.Snapshots} snapshots while {seen.Commits} rounds of one writer were committed, {watch.Elapsed.TotalSeconds:F0} s; " +
        $"{seen.Faults.Count} readers saw what was no snapshot; memory {seen.StartBytes / 1e6:F1} MB after 2000 rounds, {seen.EndBytes / 1e6:F1} MB at the end", seen.Faults);
});

static async Task<int> InFolderAsync(Func<string, Stopwatch, Task<(string Says, IReadOnlyList<string> Faults)>> work)
{
    var root = Directory.CreateTempSubdirectory("knowledge-crashpoint-").FullName;
    try
    {
        var (says, faults) = await work(root, Stopwatch.StartNew());
        Console.WriteLine(says);
        foreach (var fault in faults)
            Console.WriteLine("  FAULT " + fault);
        return faults.Count == 0 ? 0 : 1;
    }
    finally
    {
        Directory.Delete(root, recursive: true);
    }
}
