using System.Globalization;
using System.Text;
using Knowledge.Rdf;
using Knowledge.Store.Tests.Reference;

namespace Knowledge.Store.Tests.States;

/// <summary>A writer says one number about many things in each transaction; a reader that sees two numbers saw two snapshots.</summary>
public class ConcurrencyTests
{
    private const int Things = 40;
    private const int Commits = 150;

    [Fact]
    public async Task Snapshot_WhileOthersCommitLoadAndCompact_IsExactlyOneVersion()
    {
        using var store = QuadStore.Open(new FailingFolder(), new StoreOptions());
        Assert.True(await CheckAsync(store, Round) > Commits);
    }

    [Fact]
    public async Task Snapshot_WriterThatCommitsInTwoSteps_IsCaught()
    {
        using var store = QuadStore.Open(new FailingFolder(), new StoreOptions());
        await Assert.ThrowsAnyAsync<Exception>(() => CheckAsync(store, (s, k) =>
        {
            Say(s, k, 0, Things / 2);
            Say(s, k, Things / 2, Things);
        }));
    }

    /// <returns>How many snapshots were looked at.</returns>
    private static async Task<int> CheckAsync(QuadStore store, Action<QuadStore, int> round)
    {
        round(store, 0);
        var isDone = false;
        var seen = 0;
        var writer = Task.Run(() =>
        {
            try
            {
                for (var k = 1; k <= Commits; k++)
                    round(store, k);
            }
            finally
            {
                Volatile.Write(ref isDone, true);
            }
        });
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            long last = 0;
            do
            {
                using var snapshot = store.Snapshot();
                Assert.True(snapshot.Version >= last);
                last = snapshot.Version;
                Look(snapshot);
                Interlocked.Increment(ref seen);
            }
            while (!Volatile.Read(ref isDone));
        }));
        await Task.WhenAll([writer, .. readers]);
        return seen;
    }

    private static void Round(QuadStore store, int k)
    {
        Say(store, k, 0, Things);
        if (k % 50 == 7)
            store.Compact();
        if (k % 10 == 3)
            store.Load(sink => sink.Quad("<s:loaded>"u8, "<p:other>"u8, Encoding.UTF8.GetBytes($"<o:{k}>"), default));
        if (k % 10 != 5)
            return;
        using var branch = store.Fork();
        Say(branch, -1, 0, 3);
    }

    private static void Say(QuadDataset store, int k, int from, int to)
    {
        using var transaction = store.Begin();
        for (var i = from; i < to; i++)
        {
            var subject = new Iri(string.Create(CultureInfo.InvariantCulture, $"s:{i}"));
            var graph = i % 2 == 0 ? null : new Iri("g:g");
            if (k != 0)
                transaction.Retract(new Quad(subject, new Iri("p:p"), Number(k - 1), graph));
            transaction.Add(new Quad(subject, new Iri("p:p"), Number(k), graph));
        }

        transaction.Commit();
    }

    private static void Look(IQuadSnapshot snapshot)
    {
        Assert.True(snapshot.Terms.TryFind("<p:p>"u8, out var predicate));
        Assert.True(snapshot.Terms.TryFind("<g:g>"u8, out var graph));
        HashSet<uint> numbers = [];
        foreach (var name in new[] { default, graph })
        {
            var pairs = snapshot.Pairs(name, predicate, PairOrder.SubjectObject).Words();
            Assert.Equal(Things / 2, pairs.Length);
            Assert.Equal(pairs.Select(p => (p << 32) | (p >> 32)).Order(), snapshot.Pairs(name, predicate, PairOrder.ObjectSubject).Words());
            numbers.UnionWith(pairs.Select(p => PackedPair.Second(p).Value));
        }

        Assert.Single(numbers);
    }

    private static Literal Number(int k) => new(k.ToString(CultureInfo.InvariantCulture));
}
