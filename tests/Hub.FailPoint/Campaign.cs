using Hub.Abstractions;
using Hub.Core;

namespace Hub.FailPoint;

/// <summary>Ends real processes in the middle of a run, many times, and goes on in other processes.</summary>
internal static class Campaign
{
    private const int MaxPoints = 10_000;

    /// <summary>What a campaign found.</summary>
    /// <param name="Points">Runs that were ended in the middle.</param>
    /// <param name="Asked">Runs that asked for a decision on the tool without a declaration.</param>
    /// <param name="Anew">Runs whose question had not been stored yet.</param>
    /// <param name="Faults">What did not hold, each with its point.</param>
    public sealed record Counts(int Points, int Asked, int Anew, IReadOnlyList<string> Faults);

    /// <summary>Ends a process at each point until a run gets through.</summary>
    /// <param name="script">Name of the script.</param>
    /// <param name="step">1 for every point; more for a sample.</param>
    /// <param name="first">The first point.</param>
    public static async Task<Counts> EveryPointAsync(string script, int step, int first = 1)
    {
        var answer = await AnswerAsync(script);
        return await CountAsync(Points(first, step), async (k, folder) =>
        {
            var killed = await Processes.RunAsync(script, folder, k) is null;
            return killed ? await CheckAsync(script, folder, answer) : null;
        });
    }

    /// <summary>Ends processes whose model thinks for a while from outside, at times drawn by chance.</summary>
    /// <param name="script">Name of the script.</param>
    /// <param name="kills">How many.</param>
    /// <param name="seed">Seed of the times.</param>
    public static async Task<Counts> WallClockAsync(string script, int kills, int seed)
    {
        var answer = await AnswerAsync(script);
        var random = new Random(seed);
        var times = Enumerable.Range(0, kills).Select(_ => TimeSpan.FromMilliseconds(random.Next(0, 400))).ToArray();
        return await CountAsync(Enumerable.Range(1, kills), async (k, folder) =>
        {
            // Where the run was through already, there is a complete log to go on with: that must hold too.
            await Processes.RunAsync(script, folder, 0, delay: TimeSpan.FromMilliseconds(60), killAfter: times[k - 1]);
            return await CheckAsync(script, folder, answer);
        });
    }

    private static IEnumerable<int> Points(int first, int step)
    {
        for (var k = first; k < MaxPoints; k += step)
            yield return k;
    }

    private static async Task<string> AnswerAsync(string script)
    {
        var folder = Directory.CreateTempSubdirectory("hub-failpoint-").FullName;
        try
        {
            return (await Processes.RunAsync(script, folder, 0))!.Text;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Two processes at a time; stops at the first point that is not reached.</summary>
    private static async Task<Counts> CountAsync(IEnumerable<int> points, Func<int, string, Task<(bool Asked, bool Anew, string? Fault)?>> attempt)
    {
        int count = 0, asked = 0, anew = 0;
        List<string> faults = [];
        foreach (var pair in points.Chunk(2))
        {
            var found = await Task.WhenAll(pair.Select(async k =>
            {
                var folder = Directory.CreateTempSubdirectory("hub-failpoint-").FullName;
                try
                {
                    return await attempt(k, folder);
                }
                finally
                {
                    Directory.Delete(folder, recursive: true);
                }
            }));
            foreach (var (k, result) in pair.Zip(found))
            {
                if (result is not { } one)
                    return new Counts(count, asked, anew, faults);
                count++;
                asked += one.Asked ? 1 : 0;
                anew += one.Anew ? 1 : 0;
                if (one.Fault is not null)
                    faults.Add($"{k}: {one.Fault}");
            }
        }

        return new Counts(count, asked, anew, faults);
    }

    private static async Task<(bool Asked, bool Anew, string? Fault)?> CheckAsync(string script, string folder, string answer)
    {
        bool anew;
        await using (var store = new SqliteRunStore(new() { Path = Path.Combine(folder, "runs.sqlite") }))
            anew = store.List().All(r => r.Events == 0);
        var (asked, fault) = await Proof.CheckAsync(folder, answer, async resume =>
        {
            var report = (await Processes.RunAsync(script, folder, 0, resume))!;
            return (report.Status, report.Text, report.Pending);
        });
        return (asked, anew, fault);
    }
}
