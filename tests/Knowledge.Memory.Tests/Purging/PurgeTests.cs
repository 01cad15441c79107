using Hub.Abstractions;
using Hub.Core;
using Microsoft.Extensions.Time.Testing;

namespace Knowledge.Memory.Tests.Purging;

public sealed class PurgeTests : IDisposable
{
    // A precomposed letter, a decomposed one, and a ligature.
    private const string Secret = "Zo\u00EB Gru\u0308nwald";
    private const string Place = "\uFB01nmark A\u030Alesund";

    // Korean as syllables, a Vietnamese name with two marks on one letter.
    private const string Friend = "\uD55C\uAE00 Nguye\u0302\u0303n";

    private static readonly string[] s_secrets = [Secret, Place, Friend, "Zo\u00EB", "Gr\u00FCnwald", "\uD55C\uAE00", "Nguy\u1EC5n", "Quetzalcoatl"];

    private readonly string _folder = Directory.CreateTempSubdirectory("memory").FullName;
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Purge_EveryPath_LeavesNoByteInFiles()
    {
        using var store = Open();
        using var memory = Memory(store);
        await FillAsync(memory);
        Assert.NotEmpty(s_secrets.SelectMany(s => ByteScanner.Find(_folder, s)));
        var certificate = await memory.PurgeAsync("secret");
        Assert.True(certificate.IsProven);
        Assert.True(certificate is { Claims: > 3, Turns: 2, Facts: > 0 });
        Assert.Empty(s_secrets.SelectMany(s => ByteScanner.Find(_folder, s)));
        Assert.Contains(memory.Facts(), t => t.Predicate == new Iri("http://example.org/family#likes"));
        Assert.DoesNotContain((await memory.RecallAsync("Where does Zo\u00EB Gr\u00FCnwald live?")).Turns, t => t.Source == "secret");
    }

    [Fact]
    public async Task Scanner_PlantedFaults_AreCaught()
    {
        using var store = Open();
        using var memory = Memory(store);
        await FillAsync(memory);
        // One path left out: what was erased stays in the log until the store is compacted.
        await memory.ForgetAsync(new ForgettingPolicy { Source = "secret", KeepClaims = 0, OlderThan = TimeSpan.FromDays(-1) });
        Assert.NotEmpty(s_secrets.SelectMany(s => ByteScanner.Find(_folder, s)));
        store.Compact();
        Assert.Empty(s_secrets.SelectMany(s => ByteScanner.Find(_folder, s)));
        foreach (var (bytes, name) in new[] { ("Zoe\u0308 Gru\u0308nwald", "nfd"), ("_:Zo\\u00EB", "label"), ("Zo%C3%AB%20Gr%C3%BCnwald", "percent") })
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, name), bytes);
            Assert.NotEmpty(s_secrets.SelectMany(s => ByteScanner.Find(_folder, s)));
            File.Delete(Path.Combine(_folder, name));
        }
    }

    [Fact]
    public async Task Purge_SharedFact_StaysKnownSinceTheOtherSaidIt()
    {
        using var store = Open();
        using var memory = Memory(store);
        var likes = new MemoryFact(new Iri("http://example.org/a"), new Iri("http://example.org/family#likes"), new Iri("http://example.org/tea"));
        await memory.WriteAsync("a", [likes]);
        _time.Advance(TimeSpan.FromDays(2));
        await memory.WriteAsync("b", [likes]);
        _time.Advance(TimeSpan.FromDays(2));
        var certificate = await memory.PurgeAsync("a");
        Assert.Equal((1, 0, true), (certificate.Claims, certificate.Facts, certificate.IsProven));
        Assert.Single(memory.Facts());
        Assert.Empty(memory.Facts(new AsOf(Known: _time.GetUtcNow().AddDays(-3))));
        Assert.Single(memory.Facts(new AsOf(Known: _time.GetUtcNow().AddDays(-1))));
        var recall = await memory.RecallAsync("What does a like?", new RecallOptions { AsOf = new AsOf(Known: _time.GetUtcNow().AddDays(-3)) });
        Assert.Contains("purged", recall.Text, StringComparison.Ordinal);
        Assert.Empty((await memory.RecallAsync("What does a like?")).Purged);
    }

    [Fact]
    public async Task Purge_Run_ErasesItsPayloadsAndNoOthers()
    {
        await using var runs = new MemoryRunStore();
        Log(runs, "00000000000000aa", "the secret", "shared");
        Log(runs, "00000000000000bb", "another", "shared");
        using var store = Open();
        using var memory = new GraphMemory(store, null, new GraphMemoryOptions { Runs = runs, Time = _time });
        await memory.WriteAsync("00000000000000aa", "the secret");
        var certificate = await memory.PurgeAsync("00000000000000aa");
        Assert.Equal((1, true), (certificate.Payloads, certificate.IsProven));
        Assert.Equal([true, false], runs.Read("00000000000000aa").Select(e => runs.Payload(e.Input!) is null));
        Assert.Equal([false, false], runs.Read("00000000000000bb").Select(e => runs.Payload(e.Input!) is null));
        Assert.Null(runs.Verify("00000000000000aa"));
    }

    [Fact]
    public async Task Purge_RunInADatabase_LeavesNoByteInItsFiles()
    {
        const string Run = "00000000000000aa";
        await using var runs = new SqliteRunStore(new SqliteRunStoreOptions { Path = Path.Combine(_folder, "runs.sqlite") });
        using var store = QuadStore.Open(Path.Combine(_folder, "mind"), new StoreOptions { Time = _time });
        using var memory = new GraphMemory(store, new RuleExtractor(), new GraphMemoryOptions { Runs = runs, Schema = MemorySchema.Parse(GraphMemoryTests.Schema), Time = _time });
        // What a tool or a model was told bears the texts as they are, as escapes of JSON, as labels of blank nodes and as parts of addresses.
        var texts = s_secrets.SelectMany(s => new[] { s, $"_:{s.Replace(' ', '_')} <http://x/{Uri.EscapeDataString(s)}>", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(s)), s + new string('.', 9000) }).ToList();
        for (var i = 0; i < 40; i++)
        {
            Log(runs, $"{i:x16}", $"another {i}", new string('y', 50 * i));
            if (i == 20)
                Log(runs, Run, [.. texts]);
        }

        await memory.WriteAsync(Run, $"{Secret} moved to {Place}. I like Quetzalcoatl, said {Friend}.");
        Assert.All(s_secrets, s => Assert.Contains(ByteScanner.Find(_folder, s), f => f.File.StartsWith("runs.sqlite", StringComparison.Ordinal)));
        Assert.All(s_secrets, s => Assert.Contains(ByteScanner.Find(_folder, s), f => !f.File.StartsWith("runs.sqlite", StringComparison.Ordinal)));

        var certificate = await memory.PurgeAsync(Run);

        Assert.Equal((texts.Distinct().Count(), true), (certificate.Payloads, certificate.IsProven));
        Assert.Empty(s_secrets.SelectMany(s => ByteScanner.Find(_folder, s)));
        Assert.Null(runs.Verify(Run));
        Assert.Equal("\"another 7\""u8.ToArray(), runs.Payload(runs.Read($"{7:x16}")[0].Input!));
    }

    private static void Log(IRunStore runs, string id, params string[] inputs)
    {
        using var writer = runs.Create(new RunHeader { RunId = id, Reasoner = "r", Started = DateTimeOffset.UnixEpoch });
        foreach (var (text, i) in inputs.Select((t, i) => (t, i)))
            writer.Append(new RunEvent
            {
                Kind = RunEventKind.FunctionStart,
                Id = $"{i}",
                ParentId = "root",
                Function = new FunctionAncestry("root", "r"),
                Name = "f",
                Time = DateTimeOffset.UnixEpoch,
                Input = writer.Put(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(text)),
            });
        writer.Commit();
    }

    private QuadStore Open() => QuadStore.Open(_folder, new StoreOptions { Time = _time });

    private GraphMemory Memory(QuadStore store) => new(store, new RuleExtractor(), new GraphMemoryOptions { Schema = MemorySchema.Parse(GraphMemoryTests.Schema), Time = _time });

    private async Task FillAsync(GraphMemory memory)
    {
        await memory.WriteAsync("other", "Bea likes Tea. Bea moved to Oslo in May 2024.");
        await memory.WriteAsync("secret", $"{Secret} moved to {Place}. {Friend} likes Tea. Bea moved to Quetzalcoatl in June 2024.");
        _time.Advance(TimeSpan.FromDays(1));
        await memory.WriteAsync(new MemorySource { Id = "secret", Turn = Secret, Speaker = Secret }, "I like Quetzalcoatl.");
        await memory.MergeAsync("secret", memory.Entity(Secret), memory.Entity("Bea"));
        _time.Advance(TimeSpan.FromDays(1));
        await memory.UnmergeAsync("secret", memory.Entity(Secret), memory.Entity("Bea"));
        await memory.WriteAsync("secret", [new MemoryFact(memory.Entity(Secret), new Iri("http://example.org/family#likes"), new Literal(Place))]);
        await memory.WriteAsync("secret", [new MemoryFact(memory.Entity(Secret), new Iri("http://example.org/family#likes"), new Literal(Place)) { Change = FactChange.Retracts }]);
    }
}
