using System.Text;
using CsCheck;
using Knowledge.Rdf;
using Knowledge.Store.Tests.Reference;

namespace Knowledge.Store.Tests.States;

public class QuadDatasetTests
{
    [Fact]
    public void Commit_RandomPlainHistories_EqualsASetOfQuads() => Histories.Plain.Sample(history =>
    {
        using var store = QuadStore.InMemory(Histories.Clock()).WithTerms();
        HashSet<QuadIds> twin = [];
        List<(IQuadSnapshot Snapshot, HashSet<QuadIds> Quads)> taken = [];
        foreach (var (said, _) in history)
        {
            store.Say(said);
            foreach (var one in said)
                _ = one.Verb == Verb.Add ? twin.Add(one.Quad) : twin.Remove(one.Quad);
            taken.Add((store.Snapshot(), [.. twin]));
        }

        Assert.All(taken, t => Assert.Equal(t.Quads, t.Snapshot.Quads()));
        Assert.Equal(twin.Count, store.Count);
    }, iter: 100);

    [Fact]
    public void Snapshot_RandomHistoriesAtAllTimes_EqualsTheListOfEvents() => Histories.Timed.Sample(history => CompareAtAllTimes(history, plantedFault: false), iter: 40);

    [Fact]
    public void Snapshot_TwinThatForgetsRetractions_IsCaught() =>
        Assert.ThrowsAny<Exception>(() => Histories.Timed.Sample(history => CompareAtAllTimes(history, plantedFault: true), iter: 40));

    [Fact]
    public void Snapshot_TimeGoesBy_QuadsBeginAndEndToHold()
    {
        var clock = Histories.Clock();
        using var store = QuadStore.InMemory(clock).WithTerms();
        List<QuadDelta> told = [];
        using var subscription = store.Subscribe(told.Add);
        var quad = new QuadIds(new TermId(1), new TermId(1), new TermId(1), default);
        store.Say([new Said(Verb.Add, quad, Histories.Start.AddDays(1), Histories.Start.AddDays(2))]);

        Assert.Empty(store.Snapshot().Quads());
        var first = store.Version;
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal([quad], store.Snapshot().Quads());
        Assert.True(store.Version > first);
        clock.Advance(TimeSpan.FromDays(1));
        Assert.Empty(store.Snapshot().Quads());
        Assert.Equal([1, 1], [told.Sum(d => d.Added.Length), told.Sum(d => d.Removed.Length)]);
    }

    [Fact]
    public void Subscribe_RandomHistories_SumOfDeltasIsTheState() => Histories.Timed.Sample(history =>
    {
        var clock = Histories.Clock();
        using var store = QuadStore.InMemory(clock).WithTerms();
        HashSet<QuadIds> sum = [];
        long version = 0;
        using var subscription = store.Subscribe(delta =>
        {
            Assert.True(delta.Version > version);
            version = delta.Version;
            Assert.All(delta.Added.ToArray(), q => Assert.True(sum.Add(q)));
            Assert.All(delta.Removed.ToArray(), q => Assert.True(sum.Remove(q)));
        });
        store.ListenerFailed += (_, failed) => throw new InvalidOperationException("The listener threw.", failed.Failure);
        foreach (var (said, hours) in history)
        {
            store.Say(said);
            Assert.Equal(store.Snapshot().Quads(), sum);
            clock.Advance(TimeSpan.FromHours(hours));
            Assert.Equal(store.Snapshot().Quads(), sum);
        }
    }, iter: 60);

    [Fact]
    public void Subscribe_ListenerThrows_IsReportedAndToldNoMore()
    {
        using var store = QuadStore.InMemory(Histories.Clock()).WithTerms();
        var told = 0;
        List<long> failed = [];
        store.ListenerFailed += (_, e) => failed.Add(e.Version);
        using var bad = store.Subscribe(_ => throw new InvalidOperationException($"told {++told} times"));
        var quads = Enumerable.Range(1, 3).Select(i => new QuadIds(new TermId((uint)i), new TermId(1), new TermId(1), default)).ToList();
        foreach (var quad in quads)
            store.Say([new Said(Verb.Add, quad, null, null)]);

        Assert.Equal(1, told);
        Assert.Equal([1L], failed);
        Assert.Equal(3, store.Count);
    }

    [Fact]
    public void Subscribe_ListenerThatChangesTheStore_IsToldOfThatAfterwards()
    {
        using var store = QuadStore.InMemory(Histories.Clock()).WithTerms();
        List<long> told = [];
        using var first = store.Subscribe(delta =>
        {
            if (delta.Added.Length == 1 && delta.Added.Span[0].Subject.Value < 3)
                store.Say([new Said(Verb.Add, delta.Added.Span[0] with { Subject = new TermId(delta.Added.Span[0].Subject.Value + 1) }, null, null)]);
        });
        using var second = store.Subscribe(delta => told.Add(delta.Version));
        store.Say([new Said(Verb.Add, new QuadIds(new TermId(1), new TermId(1), new TermId(1), default), null, null)]);

        Assert.Equal([1L, 2L, 3L], told);
        Assert.Equal(3, store.Count);
    }

    [Fact]
    public void Add_IdOfNoTerm_Throws()
    {
        using var store = QuadStore.InMemory();
        using var transaction = store.Begin();

        Assert.Throws<ArgumentException>(() => transaction.Add(new QuadIds(new TermId(1), new TermId(1), new TermId(1), default)));
    }

    [Fact]
    public void Load_RandomQuadsInTurns_EqualsASetOfQuads() =>
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, 3], Gen.Int[0, 9], Gen.Int[0, 2]).List[0, 600].List[1, 4].Sample(files =>
        {
            using var store = QuadStore.InMemory(Histories.Clock()).WithTerms();
            HashSet<(string, string, string, string)> twin = [];
            foreach (var file in files)
            {
                var before = twin.Count;
                var quads = file.ConvertAll(q => ($"<s:{q.Item1}>", $"<p:{q.Item2}>", $"\"{q.Item3}\"^^<{XsdVocabulary.Integer}>", q.Item4 == 0 ? "" : $"<g:{q.Item4}>"));
                twin.UnionWith(quads);
                Assert.Equal(twin.Count - before, store.Load(sink => quads.ForEach(q => sink.Quad(Utf8(q.Item1), Utf8(q.Item2), Utf8(q.Item3), Utf8(q.Item4)))));
            }

            using var snapshot = store.Snapshot();
            Assert.Equal(twin, snapshot.Quads().Select(q => (Text(snapshot, q.Subject), Text(snapshot, q.Predicate), Text(snapshot, q.Object), Text(snapshot, q.Graph))).ToHashSet());
        }, iter: 20);

    [Fact]
    public void Load_ReaderThrows_TakesNothing()
    {
        using var store = QuadStore.InMemory();

        Assert.Throws<RdfSyntaxException>(() => store.Load(sink =>
        {
            sink.Quad("<s:1>"u8, "<p:1>"u8, "<o:1>"u8, default);
            throw new RdfSyntaxException("No.", 2, 1);
        }));
        Assert.Equal(0, store.Count);
        Assert.Equal(1, store.Load(sink => sink.Quad("<s:1>"u8, "<p:1>"u8, "<o:1>"u8, default)));
    }

    [Fact]
    public void Load_QuadWithTimes_HoldsAlwaysAfterwards()
    {
        using var store = QuadStore.InMemory(Histories.Clock()).WithTerms();
        var triple = new Triple(new Iri("s:1"), new Iri("p:1"), new Iri("o:1"));
        using (var transaction = store.Begin())
        {
            transaction.Add(triple, new DateOnly(2030, 1, 1));
            transaction.Commit();
        }

        Assert.Equal(0, store.Count);
        store.Load(sink =>
        {
            sink.Quad("<s:1>"u8, "<p:1>"u8, "<o:1>"u8, default);
            sink.Quad("<s:2>"u8, "<p:1>"u8, "<o:1>"u8, default);
        });
        Assert.Equal(2, store.Snapshot().Quads().Count);
        Assert.Equal(2, store.History(triple).Count);
    }

    private static void CompareAtAllTimes(List<(List<Said> Said, int Hours)> history, bool plantedFault)
    {
        var clock = Histories.Clock();
        using var store = QuadStore.InMemory(clock).WithTerms();
        var twin = new EventList();
        foreach (var (said, hours) in history)
        {
            store.Say(said);
            var known = clock.GetUtcNow();
            foreach (var one in said.Where(s => !plantedFault || s.Verb != Verb.Retract))
                twin.Add(known, one);
            clock.Advance(TimeSpan.FromHours(hours + 1));
        }

        foreach (var known in twin.Times.Append(Histories.Start.AddHours(-1)).Append(clock.GetUtcNow()))
            for (var day = -6; day < 26; day += 3)
            {
                var valid = Histories.Start.AddDays(day).AddHours(12);
                Assert.Equal(twin.Quads(valid, known), store.Snapshot(new AsOf(valid, known)).Quads());
                Assert.All(twin.Mentioned, q => Assert.Equal(twin.Holds(q, valid, known), store.Current().History(q).Any(i => Covers(i, valid, known))));
            }

        var now = clock.GetUtcNow();
        Assert.Equal(twin.Quads(now, now), store.Snapshot().Quads());
        Assert.Equal(twin.Quads(now, Histories.Start), store.Snapshot(new AsOf(Known: Histories.Start)).Quads());
    }

    private static bool Covers(BelievedInterval interval, DateTimeOffset valid, DateTimeOffset known) =>
        (interval.ValidFrom is null || valid >= interval.ValidFrom) && (interval.ValidTo is null || valid < interval.ValidTo) &&
        known >= interval.KnownFrom && (interval.KnownTo is null || known < interval.KnownTo);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(IQuadSnapshot snapshot, TermId id)
    {
        if (id.IsNone)
            return "";
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        snapshot.Terms.Write(id, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
