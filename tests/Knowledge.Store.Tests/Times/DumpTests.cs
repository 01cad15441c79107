using System.Globalization;
using Knowledge.Rdf;
using Knowledge.Store.Tests.Files;
using Knowledge.Store.Tests.Reference;

namespace Knowledge.Store.Tests.Times;

public class DumpTests
{
    [Fact]
    public void Dump_IntoAnotherStore_IsTheSameSetOfQuads()
    {
        using var store = QuadStore.InMemory(Histories.Clock());
        foreach (var step in SmallLife.Steps)
            step(store);
        var dumped = new Dataset();
        using var copy = QuadStore.InMemory(Histories.Clock());

        Assert.Equal(store.Count, store.Dump(dumped));
        Assert.Equal(store.Count, copy.Load(sink => store.Dump(sink)));
        var again = new Dataset();
        copy.Dump(again);
        Assert.True(dumped.Quads.SetEquals(again.Quads));
        Assert.Equal(store.Prefixes, copy.Prefixes);
    }

    [Fact]
    public void Dump_AsOfAnotherTime_GivesWhatWasBelievedThen()
    {
        using var store = Family(out var cleo);
        var then = new Dataset();
        store.Dump(then, new AsOf(Valid: new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero)));

        Assert.Equal([new Quad(cleo.Subject, cleo.Predicate, cleo.Object)], then.Quads);
    }

    [Fact]
    public void DumpWithTimes_ReadBack_ReifiersHaveTheBelievedIntervals()
    {
        using var store = Family(out var cleo);
        var dumped = new Dataset();
        Assert.Equal(7, store.DumpWithTimes(dumped)); // one that holds; two reifiers, each with its statement, one end of its time and when it was known
        var reifier = Assert.Single(dumped.Quads, q => q.Predicate == new Iri(RdfVocabulary.Reifies) && q.Object == new TripleTerm(cleo.Subject, (Iri)cleo.Predicate, cleo.Object)).Subject;

        Assert.Equal("2024-05-01T00:00:00Z", Value(TimeVocabulary.ValidTo));
        Assert.Null(Value(TimeVocabulary.ValidFrom));
        Assert.Equal(store.History(cleo)[^1].KnownFrom, DateTimeOffset.Parse(Value(TimeVocabulary.KnownFrom)!, CultureInfo.InvariantCulture));
        Assert.DoesNotContain(dumped.Quads, q => q.Subject == cleo.Subject && q.Object == cleo.Object);

        string? Value(string property) => dumped.Quads.Where(q => q.Subject == reifier && q.Predicate == new Iri(property)).Select(q => ((Literal)q.Object).Lexical).SingleOrDefault();
    }

    [Fact]
    public void LoadWithTimes_WhatDumpWithTimesWrote_IsBelievedAsBefore()
    {
        for (var seed = 0; seed < 30; seed++)
        {
            using var store = Timed(seed);
            using var copy = QuadStore.InMemory(Histories.Clock());
            copy.LoadWithTimes(sink => RdfFormat.TriG.Read(Written(store), sink));

            Assert.Equal(Believed(store), Believed(copy));
            foreach (var month in Enumerable.Range(1, 12))
                Assert.True(At(store, month).SetEquals(At(copy, month)), $"seed {seed}, month {month}");
        }
    }

    [Fact]
    public void LoadWithTimes_EndsThatAreLost_WouldBeSeen() // the fault that the test before must catch
    {
        using var store = Timed(3);
        using var copy = QuadStore.InMemory(Histories.Clock());
        var text = System.Text.Encoding.UTF8.GetString(Written(store)).Replace(TimeVocabulary.ValidTo, TimeVocabulary.Namespace + "other", StringComparison.Ordinal);
        copy.LoadWithTimes(sink => RdfFormat.TriG.Read(System.Text.Encoding.UTF8.GetBytes(text), sink));
        Assert.NotEqual(Believed(store), Believed(copy));
    }

    [Theory]
    [InlineData("'2024'")]
    [InlineData("'2024-13-01T00:00:00Z'^^<http://www.w3.org/2001/XMLSchema#dateTime>")]
    [InlineData("'2020-01-01T00:00:00Z'^^<http://www.w3.org/2001/XMLSchema#dateTime>")]
    public void LoadWithTimes_TimeThatIsNone_TakesNothing(string end)
    {
        using var store = QuadStore.InMemory(Histories.Clock());
        var text = System.Text.Encoding.UTF8.GetBytes($"<urn:a> <urn:p> <urn:b> . _:r <{RdfVocabulary.Reifies}> <<( <urn:a> <urn:p> <urn:b> )>> ; <{TimeVocabulary.ValidFrom}> "
            + $"'2023-01-01T00:00:00Z'^^<{XsdVocabulary.DateTime}> ; <{TimeVocabulary.ValidTo}> {end} .");
        Assert.Throws<RdfSyntaxException>(() => store.LoadWithTimes(sink => RdfFormat.Turtle.Read(text, sink)));
        Assert.Equal(0, store.Count);
    }

    private static byte[] Written(QuadStore store)
    {
        using var text = new MemoryStream();
        using (var writer = RdfFormat.TriG.CreateWriter(text))
            store.DumpWithTimes(writer);
        return text.ToArray();
    }

    private static IReadOnlySet<Quad> At(QuadStore store, int month)
    {
        var then = new Dataset();
        store.Dump(then, new AsOf(Valid: new DateTimeOffset(2024, month, 15, 0, 0, 0, TimeSpan.Zero)));
        return then.Quads;
    }

    private static string Believed(QuadStore store)
    {
        var dumped = new Dataset();
        store.DumpWithTimes(dumped);
        return string.Join('\n', dumped.Quads.Where(q => q.Predicate != new Iri(TimeVocabulary.KnownFrom)).Select(q => q.Subject is BlankNode ? $"{q.Predicate} {q.Object} {q.Graph}" : q.ToString()).Order(StringComparer.Ordinal));
    }

    /// <summary>Quads that hold always, for a while, in two whiles, and not any more; in two graphs.</summary>
    private static QuadStore Timed(int seed)
    {
        var random = new Random(seed);
        var store = QuadStore.InMemory(Histories.Clock());
        for (var commit = 0; commit < 4; commit++)
        {
            using var tx = store.Begin();
            for (var i = 0; i < 6; i++)
            {
                var quad = new Quad(new Iri($"http://x/n{random.Next(3)}"), new Iri("http://x/p"), new Iri($"http://x/n{random.Next(3)}"), random.Next(2) == 0 ? null : new Iri("http://x/g"));
                var (from, to) = (new DateOnly(2024, random.Next(1, 7), 1), new DateOnly(2024, random.Next(7, 13), 1));
                _ = random.Next(5) switch
                {
                    0 => tx.Add(quad),
                    1 => tx.Add(quad, from),
                    2 => tx.End(quad, to),
                    3 => tx.Retract(quad),
                    _ => tx.Add(quad, from, to),
                };
            }

            tx.Commit();
        }

        return store;
    }

    [Fact]
    public void Snapshot_ParentThatEnded_IsSoBeforeAndNotAfter()
    {
        using var store = Family(out var cleo);

        Assert.Equal(2, store.History(cleo).Count);
        Assert.Equal(new DateTimeOffset(2024, 5, 1, 0, 0, 0, TimeSpan.Zero), store.History(cleo)[1].ValidTo);
        Assert.Single(store.Snapshot().Quads());
        Assert.Empty(store.History(new Triple(cleo.Object, cleo.Predicate, cleo.Subject)));
    }

    /// <summary>Bea was a parent of Cleo until May 2024, and is one of Dan since; today is in June.</summary>
    private static QuadStore Family(out Triple cleo)
    {
        var clock = Histories.Clock();
        clock.Advance(TimeSpan.FromDays(160));
        var store = QuadStore.InMemory(clock);
        var parent = new Iri("http://family/parent");
        cleo = new Triple(new Iri("http://family/bea"), parent, new Iri("http://family/cleo"));
        using (var first = store.Begin())
        {
            first.Add(cleo);
            first.Commit();
        }

        using var transaction = store.Begin();
        transaction.End(cleo, on: new DateOnly(2024, 5, 1));
        transaction.Add(new Triple(cleo.Subject, parent, new Iri("http://family/dan")), validFrom: new DateOnly(2024, 5, 1));
        transaction.Commit();
        return store;
    }
}
