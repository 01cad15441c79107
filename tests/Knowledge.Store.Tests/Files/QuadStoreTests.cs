using CsCheck;
using Knowledge.Rdf;
using Knowledge.Store.Tests.Reference;

namespace Knowledge.Store.Tests.Files;

public sealed class QuadStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("knowledge-store-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_AfterARandomHistory_IsTheSameWithEveryTime() => Histories.Timed.Sample(history =>
    {
        var folder = new FailingFolder();
        var clock = Histories.Clock();
        var options = new StoreOptions { Time = clock };
        var store = QuadStore.Open(folder, options).WithTerms();
        store.Say([new Said(Verb.Add, new QuadIds(new TermId(1), new TermId(2), new TermId(3), new TermId(4)), null, null)]); // all terms are in use, so they keep their ids
        foreach (var (said, hours) in history)
        {
            store.Say(said);
            clock.Advance(TimeSpan.FromHours(hours));
            if (hours % 5 == 0)
                store.Compact();
            if (hours % 3 == 0)
            {
                var expected = (Text: StoreText.Of(store), Quads: store.Snapshot(new AsOf(Histories.Start.AddDays(2), Histories.Start.AddDays(1))).Quads());
                folder = folder.Restarted(powerLost: false);
                store = QuadStore.Open(folder, options);
                Assert.Equal(Without(expected.Text), Without(StoreText.Of(store)));
                Assert.Equal(expected.Quads, store.Snapshot(new AsOf(Histories.Start.AddDays(2), Histories.Start.AddDays(1))).Quads());
            }
        }
    }, iter: 60);

    [Fact]
    public void Open_FolderOnDisk_KeepsQuadsAndIsLocked()
    {
        var path = Path.Combine(_folder, "a", "store");
        string text;
        using (var store = QuadStore.Open(path, new StoreOptions { Durability = StoreDurability.Power }))
        {
            foreach (var step in SmallLife.Steps)
                step(store);
            text = StoreText.Of(store);
            Assert.Throws<StoreBusyException>(() => QuadStore.Open(path));
        }

        using var again = QuadStore.Open(path);
        Assert.Equal(text, StoreText.Of(again));
        Assert.True(again.Statistics().LogBytes > 0);
    }

    [Fact]
    public void Open_FolderOfSomethingElse_IsRefused()
    {
        File.WriteAllText(Path.Combine(_folder, "letter.txt"), "Dear");

        Assert.Contains("letter.txt", Assert.Throws<StoreException>(() => QuadStore.Open(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_ManifestGone_IsDamageAndNotANewStore()
    {
        using (var store = QuadStore.Open(_folder))
            SmallLife.Steps[0](store);
        File.Delete(Path.Combine(_folder, Manifest.FileName));

        Assert.Equal(Manifest.FileName, Assert.Throws<StoreDamagedException>(() => QuadStore.Open(_folder)).File);
    }

    [Fact]
    public void Open_NewerFormat_SaysSo()
    {
        QuadStore.Open(_folder).Dispose();
        var manifest = Path.Combine(_folder, Manifest.FileName);
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace("version 1", "version 2", StringComparison.Ordinal));

        Assert.Equal(2, Assert.Throws<StoreFormatException>(() => QuadStore.Open(_folder)).Found);
    }

    [Fact]
    public void Commit_LogAboveItsLimit_Compacts()
    {
        using var store = QuadStore.Open(_folder, new StoreOptions { CompactAtLogBytes = 4_000 });
        for (var i = 0; i < 60; i++)
        {
            using var transaction = store.Begin();
            transaction.Add(SmallLife.Said(i));
            transaction.Commit();
        }

        Assert.Null(store.CompactionFailure);
        Assert.True(store.Statistics().LogBytes < 4_000);
        Assert.Contains(Directory.EnumerateFiles(_folder), f => f.Contains("columns-", StringComparison.Ordinal));
        Assert.Equal(60, store.Count);
    }

    [Fact]
    public void Backup_WhileATransactionIsOpen_IsAStoreOfItsOwn()
    {
        using var store = QuadStore.Open(Path.Combine(_folder, "store"));
        foreach (var step in SmallLife.Steps)
            step(store);
        var copy = Path.Combine(_folder, "copy");
        var text = StoreText.Of(store);
        using (var transaction = store.Begin())
        {
            transaction.Add(SmallLife.Said(7777));
            store.Backup(copy);
        }

        using (var again = QuadStore.Open(copy))
            Assert.Equal(text, StoreText.Of(again));
        Assert.Throws<StoreException>(() => store.Backup(copy));
    }

    [Fact]
    public async Task LoadAsync_TurtleFile_TakesQuadsPrefixesAndItsOwnBlankNodes()
    {
        var file = Path.Combine(_folder, "family.ttl");
        await File.WriteAllTextAsync(file, "@prefix : <http://family/> . :ada :parent _:b . _:b :parent :cleo ; :age 3 .");
        using var store = QuadStore.InMemory();
        List<LoadProgress> reports = [];

        Assert.Equal(3, await store.LoadAsync(file, new Reports(reports)));
        Assert.Equal(3, await store.LoadAsync(file)); // other blank nodes, so other quads
        Assert.Equal("http://family/", store.Prefixes[""]);
        Assert.Equal(new FileInfo(file).Length, reports[^1].Bytes);
    }

    [Fact]
    public async Task LoadAsync_BrokenFile_TakesNothing()
    {
        var file = Path.Combine(_folder, "broken.nt");
        await File.WriteAllTextAsync(file, "<a:a> <a:b> <a:c> .\n<a:a> <a:b> oops .\n");
        using var store = QuadStore.InMemory();

        Assert.Equal(2, (await Assert.ThrowsAsync<RdfSyntaxException>(() => store.LoadAsync(file))).Line);
        Assert.Equal(0, store.Count);
        await Assert.ThrowsAsync<NotSupportedException>(() => store.LoadAsync("letter.txt"));
    }

    [Fact]
    public void Compact_Forgetting_LeavesNoByteOfWhatWasRetracted()
    {
        var clock = Histories.Clock();
        var options = new StoreOptions { Time = clock };
        var folder = new FailingFolder();
        var store = QuadStore.Open(folder, options);
        var secret = new Quad(new Iri("http://example.org/nobody"), new Iri("http://example.org/knows"), new Literal("the secret"), new Iri("http://example.org/hidden"));
        Change(store, t => t.Add(secret) && t.Add(SmallLife.Said(1)));
        clock.Advance(TimeSpan.FromDays(1));
        Change(store, t => t.Retract(secret) && t.Add(SmallLife.Said(2)));
        clock.Advance(TimeSpan.FromDays(1));
        var known = clock.GetUtcNow();
        Assert.Equal(2, store.Snapshot(new AsOf(Known: Histories.Start)).Quads().Count);
        store.Compact();
        Assert.Contains("the secret", Bytes(folder), StringComparison.Ordinal);
        store.Compact(forgetBefore: known);

        Assert.DoesNotContain("the secret", Bytes(folder), StringComparison.Ordinal);
        Assert.DoesNotContain("nobody", Bytes(folder), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", Bytes(folder), StringComparison.Ordinal);
        Assert.Throws<NotSupportedException>(() => store.Snapshot(new AsOf(Known: Histories.Start)));
        Assert.Equal(2, store.Snapshot(new AsOf(Known: known)).Quads().Count);
        Assert.Equal(known, Assert.Single(store.History(SmallLife.Said(1))).KnownFrom);
        Change(store, t => t.Add(secret));
        Assert.Equal(StoreText.Of(store), StoreText.Of(QuadStore.Open(folder.Restarted(powerLost: false), options)));
        var again = QuadStore.Open(folder.Restarted(powerLost: false), options);
        Change(again, t => t.Add(new Triple(new Iri("http://example.org/new"), (Iri)secret.Predicate, secret.Object)));
        Assert.Equal(4, again.Count);
    }

    [Fact]
    public void Erase_OneQuad_LeavesNoByteOfItAndTheHistoryOfOthers()
    {
        var clock = Histories.Clock();
        var options = new StoreOptions { Time = clock };
        var folder = new FailingFolder();
        var store = QuadStore.Open(folder, options);
        var secret = new Quad(new Iri("http://example.org/nobody"), SmallLife.Said(1).Predicate, new Literal("the secret"), SmallLife.Said(1).Graph);
        Change(store, t => t.Add(secret) && t.Add(SmallLife.Said(1)));
        clock.Advance(TimeSpan.FromDays(1));
        Change(store, t => t.End(secret, Histories.Start.AddDays(5)) && t.Retract(SmallLife.Said(1)) && t.Add(SmallLife.Said(2)));
        List<QuadDelta> told = [];
        using var subscription = store.Subscribe(told.Add);
        Change(store, t => t.Erase(secret));

        Assert.Equal(1, Assert.Single(told).Removed.Length);
        Assert.Empty(store.History(secret));
        Assert.Equal(2, store.Snapshot(new AsOf(Known: Histories.Start)).Quads().Count + 1);
        Assert.Equal(StoreText.Of(store), StoreText.Of(QuadStore.Open(folder.Restarted(powerLost: false), options)));
        store.Compact();
        Assert.DoesNotContain("the secret", Bytes(folder), StringComparison.Ordinal);
        Assert.DoesNotContain("nobody", Bytes(folder), StringComparison.Ordinal);
        Assert.Equal(StoreText.Of(store), StoreText.Of(QuadStore.Open(folder.Restarted(powerLost: false), options)));
        using var branch = store.Fork();
        using var transaction = branch.Begin();
        Assert.Throws<NotSupportedException>(() => transaction.Erase(SmallLife.Said(2)));
    }

    [Fact]
    public void Erase_ThenAddInOneTransaction_HasANewHistory()
    {
        var clock = Histories.Clock();
        using var store = QuadStore.InMemory(clock);
        Change(store, t => t.Add(SmallLife.Said(1)));
        clock.Advance(TimeSpan.FromDays(1));
        List<QuadDelta> told = [];
        using var subscription = store.Subscribe(told.Add);
        Change(store, t => t.Erase(SmallLife.Said(1)) && t.Add(SmallLife.Said(1)) && !t.Erase(SmallLife.Said(2)));

        Assert.Equal(clock.GetUtcNow(), Assert.Single(store.History(SmallLife.Said(1))).KnownFrom);
        Assert.Equal((0, 0), (Assert.Single(told).Added.Length, told[0].Removed.Length));
        Assert.Equal(1, store.Count);
    }

    [Fact]
    public void Open_AfterHolesInTheTerms_GivesNewIdsToWhatComesBack()
    {
        var options = new StoreOptions { Time = Histories.Clock() };
        var folder = new FailingFolder();
        var store = QuadStore.Open(folder, options);
        Change(store, t => t.Add(SmallLife.Said(1)));
        Change(store, t => t.Retract(SmallLife.Said(1)));
        store.Compact(forgetBefore: Histories.Start.AddYears(1));
        folder = folder.Restarted(powerLost: false);
        store = QuadStore.Open(folder, options);
        Change(store, t => t.Add(SmallLife.Said(1)));
        store.Compact();

        Assert.Equal(StoreText.Of(store), StoreText.Of(QuadStore.Open(folder.Restarted(powerLost: false), options)));
        Assert.Equal(1, store.Count);
    }

    [Fact]
    public void Begin_SecondWriter_WaitsThenGetsATypedError()
    {
        using var store = QuadStore.InMemory();
        using var first = store.Begin();

        Assert.Throws<StoreBusyException>(() => store.Begin(TimeSpan.FromMilliseconds(1)));
    }

    private static void Change(QuadStore store, Func<Transaction, bool> change)
    {
        using var transaction = store.Begin();
        Assert.True(change(transaction));
        transaction.Commit();
    }

    private static string Bytes(FailingFolder folder) => string.Join('\n', folder.List().Select(n => System.Text.Encoding.Latin1.GetString([.. folder[n]])));

    /// <summary>Without the version, which counts what time brought since the store was opened.</summary>
    private static string Without(string text) => text[..text.LastIndexOf("version ", StringComparison.Ordinal)];

    private sealed class Reports(List<LoadProgress> list) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => list.Add(value);
    }
}
