using System.Globalization;
using Knowledge.Store;

namespace Knowledge.CrashPoint;

/// <summary>Kills a process in the middle of its work in a store, many times, and looks at the store each time.</summary>
internal static class Campaign
{
    private const int LifetimesPerFolder = 20;
    private const string StoreName = "store";
    private const string AcknowledgedName = "acknowledged.txt";

    /// <summary>What a campaign found.</summary>
    /// <param name="Kills">Processes that were killed.</param>
    /// <param name="Transactions">Transactions that were acknowledged.</param>
    /// <param name="Whole">Times that a transaction was there whole that had not been acknowledged yet.</param>
    /// <param name="Faults">What did not hold.</param>
    public sealed record Counts(int Kills, int Transactions, int Whole, IReadOnlyList<string> Faults);

    /// <summary>Lives in a store until it is killed; each transaction that returned is a line of a file beside the store.</summary>
    /// <param name="folder">Where both are.</param>
    public static void Live(string folder)
    {
        using var store = QuadStore.Open(Path.Combine(folder, StoreName), new StoreOptions { CompactAtLogBytes = 3 << 20 });
        using var acknowledged = new FileStream(Path.Combine(folder, AcknowledgedName), FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        for (var k = Life.Last(store) + 1; ; k++)
        {
            Life.Do(store, k);
            acknowledged.Write(System.Text.Encoding.ASCII.GetBytes(k.ToString(CultureInfo.InvariantCulture) + "\n"));
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
        var folder = "";
        for (var kill = 0; kill < kills; kill++)
        {
            if (kill % LifetimesPerFolder == 0)
            {
                folder = Path.Combine(root, kill.ToString(CultureInfo.InvariantCulture));
                Directory.CreateDirectory(folder);
                (proof, before) = (new Proof(), 0);
            }

            await Child.LiveAndDieAsync(TimeSpan.FromMilliseconds(random.Next(0, 400)), "live", folder);
            var lines = File.ReadAllText(Path.Combine(folder, AcknowledgedName)).Split('\n');
            var acknowledged = lines.Length < 2 ? before : Math.Max(before, int.Parse(lines[^2], CultureInfo.InvariantCulture));
            transactions += acknowledged - before;
            using var store = QuadStore.Open(Path.Combine(folder, StoreName));
            if (proof.Check(store, acknowledged) is { } fault)
                faults.Add($"kill {kill + 1}: {fault}");
            before = Math.Max(acknowledged, Life.Last(store));
            whole += before - acknowledged;
        }

        return new Counts(kills, transactions, whole, faults);
    }
}
