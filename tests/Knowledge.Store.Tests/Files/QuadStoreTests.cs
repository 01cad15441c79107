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
                store = QuadStore.Open(folder, options).WithTerms();
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
    public void Begin_SecondWriter_WaitsThenGetsATypedError()
    {
        using var store = QuadStore.InMemory();
        using var first = store.Begin();

        Assert.Throws<StoreBusyException>(() => store.Begin(TimeSpan.FromMilliseconds(1)));
    }

    /// <summary>Without the version, which counts what time brought since the store was opened.</summary>
    private static string Without(string text) => text[..text.LastIndexOf("version ", StringComparison.Ordinal)];

    private sealed class Reports(List<LoadProgress> list) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => list.Add(value);
    }
}
