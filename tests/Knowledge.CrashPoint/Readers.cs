using System.Globalization;
using System.Text;
using Knowledge.Rdf;
using Knowledge.Store;

namespace Knowledge.CrashPoint;

/// <summary>A writer says one number about many things in each transaction; a reader that sees two numbers, or two orders that differ, saw two snapshots.</summary>
internal static class Readers
{
    private const int Things = 40;

    /// <summary>What was seen.</summary>
    /// <param name="Commits">Transactions of the writer.</param>
    /// <param name="Snapshots">Snapshots that were looked at.</param>
    /// <param name="Faults">What was wrong, at most one for each reader.</param>
    /// <param name="StartBytes">Memory after the first tenth.</param>
    /// <param name="EndBytes">Memory at the end.</param>
    public sealed record Seen(int Commits, long Snapshots, IReadOnlyList<string> Faults, long StartBytes, long EndBytes);

    /// <summary>Lets readers look while a writer commits, loads, branches and compacts.</summary>
    /// <param name="store">An empty store.</param>
    /// <param name="readers">How many readers.</param>
    /// <param name="goesOn">Whether the writer goes on after so many commits.</param>
    /// <param name="inTwoSteps">The planted fault: one number is said in two transactions.</param>
    public static async Task<Seen> RunAsync(QuadStore store, int readers, Func<int, bool> goesOn, bool inTwoSteps = false)
    {
        Say(store, 0, 0, Things);
        var isDone = false;
        long snapshots = 0, startBytes = 0;
        var commits = 0;
        var writer = Task.Run(() =>
        {
            try
            {
                for (; goesOn(commits); commits++)
                {
                    Round(store, commits + 1, inTwoSteps);
                    if (commits == 2000)
                        startBytes = GC.GetTotalMemory(forceFullCollection: true);
                }
            }
            finally
            {
                Volatile.Write(ref isDone, true);
            }
        });
        var looks = Enumerable.Range(0, readers).Select(_ => Task.Run(() =>
        {
            long last = 0;
            do
            {
                using var snapshot = store.Snapshot();
                if (snapshot.Version < last || Look(snapshot) is not { } numbers || numbers != 1)
                    return $"Version {snapshot.Version} after version {last} is not one snapshot.";
                last = snapshot.Version;
                Interlocked.Increment(ref snapshots);
            }
            while (!Volatile.Read(ref isDone));
            return null;
        })).ToList();
        await writer;
        var faults = (await Task.WhenAll(looks)).OfType<string>().ToList();
        return new Seen(commits, snapshots, faults, startBytes, GC.GetTotalMemory(forceFullCollection: true));
    }

    private static void Round(QuadStore store, int k, bool inTwoSteps)
    {
        Say(store, k, 0, inTwoSteps ? Things / 2 : Things);
        if (inTwoSteps)
            Say(store, k, Things / 2, Things);
        if (k % 50 == 7)
            store.Compact(forgetBefore: DateTimeOffset.MaxValue);
        if (k % 10 == 3)
            store.Load(sink => sink.Quad("<s:loaded>"u8, "<p:other>"u8, Encoding.UTF8.GetBytes($"<o:{k % 1000}>"), default));
        if (k % 10 != 5)
            return;
        using var branch = store.Fork();
        Say(branch, k + 1, 0, 3);
    }

    private static void Say(QuadDataset store, int k, int from, int to)
    {
        using var transaction = store.Begin();
        for (var i = from; i < to; i++)
        {
            var subject = new Iri(string.Create(CultureInfo.InvariantCulture, $"s:{i}"));
            var graph = i % 2 == 0 ? null : new Iri("g:g");
            transaction.Retract(new Quad(subject, new Iri("p:p"), Number(k - 1), graph));
            transaction.Add(new Quad(subject, new Iri("p:p"), Number(k), graph));
        }

        transaction.Commit();
    }

    /// <returns>How many numbers are said; null where the two orders differ, or things are missing.</returns>
    private static int? Look(IQuadSnapshot snapshot)
    {
        if (!snapshot.Terms.TryFind("<p:p>"u8, out var predicate) || !snapshot.Terms.TryFind("<g:g>"u8, out var graph))
            return null;
        HashSet<uint> numbers = [];
        foreach (var name in new[] { default, graph })
        {
            var pairs = Words(snapshot.Pairs(name, predicate, PairOrder.SubjectObject));
            if (pairs.Count != Things / 2 || !pairs.Select(p => (p << 32) | (p >> 32)).Order().SequenceEqual(Words(snapshot.Pairs(name, predicate, PairOrder.ObjectSubject))))
                return null;
            numbers.UnionWith(pairs.Select(p => PackedPair.Second(p).Value));
        }

        return numbers.Count;
    }

    private static List<ulong> Words(IPairCursor cursor)
    {
        List<ulong> words = [];
        using (cursor)
            for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
                words.AddRange(block);
        return words;
    }

    /// <summary>A number that is kept in its id, so that the dictionary does not grow with them.</summary>
    private static Literal Number(int k) => new(k.ToString(CultureInfo.InvariantCulture), XsdVocabulary.Integer);
}
