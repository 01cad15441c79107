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
