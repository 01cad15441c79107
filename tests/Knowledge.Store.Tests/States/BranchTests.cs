using CsCheck;
using Knowledge.Rdf;
using Knowledge.Store.Tests.Reference;

namespace Knowledge.Store.Tests.States;

public class BranchTests
{
    [Fact]
    public void Fork_RandomChangesOnBothSides_NeitherSeesTheOther() => Gen.Select(Histories.Plain, Histories.Plain, Histories.Plain).Sample((before, here, there) =>
    {
        using var store = QuadStore.InMemory(Histories.Clock()).WithTerms();
        HashSet<QuadIds> twin = [];
        Say(store, twin, before);
        using var branch = store.Fork();
        using var second = branch.Fork();
        HashSet<QuadIds> branchTwin = [.. twin];
        var start = branchTwin.ToHashSet();
        Say(branch, branchTwin, there);
        Say(store, twin, here);

        Assert.Equal(twin, store.Snapshot().Quads());
        Assert.Equal(branchTwin, branch.Snapshot().Quads());
        Assert.Equal(start, second.Snapshot().Quads());
    }, iter: 40);

    [Fact]
    public void Merge_NoConflict_EqualsSayingTheSameInTheStore() => Gen.Select(Histories.Timed, Histories.Timed).Sample((before, there) =>
    {
        using var store = QuadStore.InMemory(Histories.Clock()).WithTerms();
        using var twin = QuadStore.InMemory(Histories.Clock()).WithTerms();
        foreach (var (said, _) in before)
        {
            store.Say(said);
            twin.Say(said);
        }

        List<QuadDelta> told = [];
        using var subscription = store.Subscribe(told.Add);
        using var branch = store.Fork();
        foreach (var (said, _) in there)
        {
            branch.Say(said);
            twin.Say(said);
        }

        var quads = branch.Snapshot().Quads();
        branch.Merge();
        Assert.Equal(quads, store.Snapshot().Quads());
        Assert.True(told.Count <= 1);
        for (var day = -6; day < 26; day += 2)
            Assert.Equal(twin.Snapshot(new AsOf(Histories.Start.AddDays(day).AddHours(1))).Quads(), store.Snapshot(new AsOf(Histories.Start.AddDays(day).AddHours(1))).Quads());
    }, iter: 40);

    [Fact]
    public void Merge_BothChangedAQuadDifferently_IsATypedErrorAndNothingIsMerged()
    {
        using var store = QuadStore.InMemory(Histories.Clock()).WithTerms();
        var (quad, other) = (Quad(1), Quad(2));
        store.Say([new Said(Verb.Add, quad, null, null)]);
        using var branch = store.Fork();
        branch.Say([new Said(Verb.Retract, quad, null, null), new Said(Verb.Add, other, null, null)]);
        store.Say([new Said(Verb.End, quad, Histories.Start.AddDays(3), null)]);

        Assert.Equal([quad], Assert.Throws<MergeConflictException>(() => branch.Merge()).Quads);
        Assert.Equal([quad], store.Snapshot().Quads());
        Assert.Equal([other], branch.Snapshot().Quads());
        store.Say([new Said(Verb.Retract, quad, null, null)]);
        branch.Merge();
        Assert.Equal([other], store.Snapshot().Quads());
        Assert.Throws<ObjectDisposedException>(() => branch.Begin());
    }

    [Fact]
    public void Merge_OfABranchOfABranch_GoesUpStepByStep()
    {
        using var store = QuadStore.InMemory(Histories.Clock()).WithTerms();
        using var outer = store.Fork();
        using var inner = outer.Fork();
        inner.Say([new Said(Verb.Add, Quad(3), null, null)]);
        inner.Merge();

        Assert.Equal([Quad(3)], outer.Snapshot().Quads());
        Assert.Empty(store.Snapshot().Quads());
        outer.Merge();
        Assert.Equal([Quad(3)], store.Snapshot().Quads());
    }

    [Fact]
    public void Fork_OfALargeStore_CostsWhatIsChangedInIt()
    {
        using var store = QuadStore.InMemory(Histories.Clock());
        store.Load(sink =>
        {
            for (var i = 0; i < 200_000; i++)
                sink.Quad(System.Text.Encoding.UTF8.GetBytes($"<s:{i}>"), "<p:p>"u8, "<o:o>"u8, default);
        });
        Change(store.Fork());
        var before = GC.GetAllocatedBytesForCurrentThread();
        var branch = store.Fork();
        Change(branch);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 60_000);
        Assert.Equal(store.Count + 1, branch.Count);

        static void Change(Branch branch)
        {
            using var transaction = branch.Begin();
            transaction.Add(new Triple(new Iri("s:17"), new Iri("p:p"), new Iri("o:2")));
            transaction.Commit();
        }
    }

    private static void Say(QuadDataset dataset, HashSet<QuadIds> twin, List<(List<Said> Said, int Hours)> history)
    {
        foreach (var (said, _) in history)
        {
            dataset.Say(said);
            foreach (var one in said)
                _ = one.Verb == Verb.Add ? twin.Add(one.Quad) : twin.Remove(one.Quad);
        }
    }

    private static QuadIds Quad(uint id) => new(new TermId(id), new TermId(1), new TermId(1), default);
}
