using System.Globalization;
using Knowledge.Store;

namespace Knowledge.CrashPoint;

/// <summary>Kills a process in the middle of its work in a store, many times, and looks at the store each time.</summary>
internal static class Campaign
{
    /// <summary>What a campaign found.</summary>
    /// <param name="Kills">Processes that were killed.</param>
    /// <param name="Transactions">Transactions that were acknowledged.</param>
    /// <param name="Whole">Times that a transaction was there whole that had not been acknowledged yet.</param>
    /// <param name="Faults">What did not hold.</param>
    public sealed record Counts(int Kills, int Transactions, int Whole, IReadOnlyList<string> Faults);

    /// <summary>Lives in a store until it is killed; each transaction that returned is a line of the home's file.</summary>
    public static void Live(Home home)
    {
        using var store = home.OpenStore(new StoreOptions { CompactAtLogBytes = 3 << 20 });
        using var acknowledged = home.OpenAcknowledged();
        for (var k = Life.Last(store) + 1; ; k++)
        {
            Life.Do(store, k);
            acknowledged.Write(Home.Line($"{k}"));
            if (k % 5 == 0)
                Console.WriteLine("begun");
        }
    }

    /// <summary>Kills at times drawn by chance.</summary>
    /// <param name="kills">How often.</param>
    /// <param name="seed">Seed of the times.</param>
    /// <param name="root">Where the stores are made, a new one for each twenty kills.</param>
    public static async Task<Counts> KillAsync(int kills, int seed, string root)
    {
        var random = new Random(seed);
        var proof = new Proof();
        int transactions = 0, whole = 0, before = 0;
        List<string> faults = [];
        foreach (var (kill, home, isNew) in Home.Of(kills, root))
        {
            if (isNew)
                (proof, before) = (new Proof(), 0);
            await Child.LiveAndDieAsync(TimeSpan.FromMilliseconds(random.Next(0, 400)), "live", home.Folder);
            var acknowledged = home.Acknowledged() is [.., var line] ? Math.Max(before, int.Parse(line, CultureInfo.InvariantCulture)) : before;
            transactions += acknowledged - before;
            using var store = home.OpenStore();
            if (proof.Check(store, acknowledged) is { } fault)
                faults.Add($"kill {kill}: {fault}");
            before = Math.Max(acknowledged, Life.Last(store));
            whole += before - acknowledged;
        }

        return new Counts(kills, transactions, whole, faults);
    }
}
