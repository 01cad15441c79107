using Microsoft.Extensions.Time.Testing;

namespace Knowledge.Memory.Tests;

public sealed class GraphMemoryTests : IDisposable
{
    internal const string Schema = """
        @prefix : <http://example.org/family#> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix mem: <urn:hub:memory#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        :livesIn a owl:FunctionalProperty ; rdfs:label "lives in" ; mem:begins "moved to" ; mem:ends "moved away from" .
        :daughter a owl:ObjectProperty ; rdfs:label "daughter" .
        :likes a owl:ObjectProperty ; rdfs:label "likes" ; <http://www.w3.org/2004/02/skos/core#altLabel> "like" .
        :spouse a owl:FunctionalProperty, owl:SymmetricProperty ; rdfs:label "is married to", "married" .
        :employs a owl:InverseFunctionalProperty ; rdfs:label "employs" .
        :worksFor a owl:ObjectProperty ; owl:inverseOf :employs ; rdfs:label "works for" .
        :age a owl:FunctionalProperty ; rdfs:label "age" ; rdfs:range xsd:integer .
        """;

    private static readonly Vocabulary s_family = new("http://example.org/family#");

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly QuadStore _store;
    private readonly GraphMemory _memory;

    public GraphMemoryTests()
    {
        _store = QuadStore.InMemory(_time);
        _memory = new GraphMemory(_store, new RuleExtractor(), new GraphMemoryOptions { Schema = MemorySchema.Parse(Schema), Time = _time });
    }

    public void Dispose()
    {
        _memory.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task Recall_AfterMove_FindsNewHomeOverTwoHops()
    {
        await _memory.WriteAsync("run1", "Ada's daughter is Bea.");
        await _memory.WriteAsync("run2", "Bea moved to Oslo in May 2024.");
        var recall = await _memory.RecallAsync("Where does Ada's daughter live?");
        Assert.Equal("Bea lives in Oslo since 2024-05-01", recall.Facts[0].Text);
        var claim = Assert.Single(recall.Facts[0].Claims);
        Assert.Equal(("run2", Day(2024, 5, 1), "0-30"), (claim.Source, claim.From, claim.Span));
        Assert.Contains("run2", recall.Evidence, StringComparison.Ordinal);
        Assert.Contains(recall.Turns, t => t.Text == "Bea moved to Oslo in May 2024.");
    }

    [Fact]
    public async Task Write_SameTurnTwice_IsKnownOnce()
    {
        await _memory.WriteAsync("run1", "Ada's daughter is Bea.");
        var (claims, quads) = (_memory.Count, _store.Count);
        _time.Advance(TimeSpan.FromHours(1));
        await _memory.WriteAsync("run1", "Ada's daughter is Bea.");
        Assert.Equal((claims, quads, 1), (_memory.Count, _store.Count, _memory.Turns));
    }

    [Fact]
    public async Task Write_Contradiction_KeepsBothAndPrefersTheLater()
    {
        await _memory.WriteAsync("run1", [new MemoryFact(s_family["bea"], s_family["livesIn"], s_family["bergen"]) { From = Day(2020, 1, 1) }]);
        var write = await _memory.WriteAsync("run2", [new MemoryFact(s_family["bea"], s_family["livesIn"], s_family["oslo"]) { From = Day(2024, 5, 1) }]);
        var contradiction = Assert.Single(write.Contradictions);
        Assert.Equal(("run2", "run1", "it began later", Day(2024, 5, 1)), (contradiction.Preferred.Source, contradiction.Other.Source, contradiction.Reason, contradiction.From));
        Assert.Equal([s_family.Triple("bea", "livesIn", "oslo")], _memory.Facts());
        Assert.Equal([s_family.Triple("bea", "livesIn", "bergen")], _memory.Facts(new AsOf(Valid: Day(2022, 1, 1))));
        Assert.Single(_memory.ClaimsOf(s_family.Triple("bea", "livesIn", "bergen")));
        Assert.Contains("against", (await _memory.RecallAsync("Where does Bea live?")).Evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_LessTrustedSourceLater_IsNotPreferred()
    {
        await _memory.WriteAsync(new MemorySource { Id = "registry", Trust = 1 }, [new MemoryFact(s_family["bea"], s_family["livesIn"], s_family["bergen"])]);
        _time.Advance(TimeSpan.FromDays(1));
        await _memory.WriteAsync(new MemorySource { Id = "gossip", Trust = 0.3 }, [new MemoryFact(s_family["bea"], s_family["livesIn"], s_family["oslo"])]);
        Assert.Equal([s_family.Triple("bea", "livesIn", "bergen")], _memory.Facts());
        Assert.Equal("its source is more trusted", Assert.Single(_memory.Contradictions(), c => c.Preferred.SaidAt < c.Other.SaidAt && c.To is null).Reason);
    }

    [Fact]
    public async Task Write_EndsAndRetracts_AreTwoDifferentThings()
    {
        await _memory.WriteAsync("run1", [new MemoryFact(s_family["bea"], s_family["likes"], s_family["tea"]) { From = Day(2020, 1, 1) }, new MemoryFact(s_family["bea"], s_family["likes"], s_family["milk"])]);
        _time.Advance(TimeSpan.FromDays(1));
        await _memory.WriteAsync("run2", [new MemoryFact(s_family["bea"], s_family["likes"], s_family["tea"]) { Change = FactChange.Ends, To = Day(2023, 1, 1) }]);
        await _memory.WriteAsync("run1", [new MemoryFact(s_family["bea"], s_family["likes"], s_family["milk"]) { Change = FactChange.Retracts }]);
        Assert.Empty(_memory.Facts());
        Assert.Equal([s_family.Triple("bea", "likes", "tea")], _memory.Facts(new AsOf(Valid: Day(2022, 1, 1))));
        Assert.Equal(2, _memory.Facts(new AsOf(Valid: Day(2022, 1, 1), Known: Day(2025, 1, 1).AddHours(1))).Count);
        var history = Assert.Single(_memory.History(s_family.Triple("bea", "likes", "milk")));
        Assert.Equal((Day(2025, 1, 1).Date, Day(2025, 1, 2).Date), (history.KnownFrom.Date, history.KnownTo?.Date));
    }

    [Fact]
    public async Task Write_InverseAndSymmetric_AreHeldInBothDirections()
    {
        await _memory.WriteAsync("run1", [new MemoryFact(s_family["bea"], s_family["worksFor"], s_family["acme"]), new MemoryFact(s_family["bea"], s_family["spouse"], s_family["ada"])]);
        Assert.Equal(
            [s_family.Triple("acme", "employs", "bea"), s_family.Triple("ada", "spouse", "bea"), s_family.Triple("bea", "spouse", "ada"), s_family.Triple("bea", "worksFor", "acme")],
            _memory.Facts().OrderBy(t => t.ToString(), StringComparer.Ordinal));
        Assert.Single(_memory.ClaimsOf(s_family.Triple("bea", "worksFor", "acme")));
    }

    [Fact]
    public async Task Merge_ThenUnmerge_GivesTheFactsOfBefore()
    {
        await _memory.WriteAsync("run1", [new MemoryFact(s_family["bea"], s_family["livesIn"], s_family["oslo"]), new MemoryFact(s_family["beatrice"], s_family["likes"], s_family["tea"])]);
        var before = _memory.Facts().ToHashSet();
        await _memory.MergeAsync("run2", s_family["beatrice"], s_family["bea"]);
        Assert.Equal([s_family.Triple("bea", "likes", "tea"), s_family.Triple("bea", "livesIn", "oslo")], _memory.Facts().OrderBy(t => t.ToString(), StringComparer.Ordinal));
        Assert.Contains((await _memory.RecallAsync("What does Beatrice like?")).Facts, f => f.Triple == s_family.Triple("bea", "likes", "tea"));
        _time.Advance(TimeSpan.FromDays(1));
        await _memory.UnmergeAsync("run2", s_family["beatrice"], s_family["bea"]);
        Assert.Equal(before, _memory.Facts().ToHashSet());
        Assert.Contains(s_family.Triple("bea", "likes", "tea"), _memory.Facts(new AsOf(Known: Day(2025, 1, 1).AddHours(1))));
    }

    [Fact]
    public async Task Recall_LoadedFamily_IsFoundByLocalNames()
    {
        _store.Load(sink => RdfFormat.Turtle.Read("@prefix : <http://example.org/family#> . :ada :daughter :bea ."u8, sink));
        await _memory.WriteAsync("run1", "Bea moved to Oslo in May 2024.");
        var recall = await _memory.RecallAsync("Where does Ada's daughter live?");
        Assert.Equal(s_family["bea"], recall.Facts[0].Triple.Subject);
    }

    [Theory]
    [InlineData(null, 2, 0.9, 1)]
    [InlineData(2, null, null, 2)]
    public async Task Forget_Policy_LeavesConsistentFacts(int? keep, int? olderThanDays, double? below, int kept)
    {
        await _memory.WriteAsync(new MemorySource { Id = "a", At = Day(2024, 1, 1) }, [new MemoryFact(s_family["bea"], s_family["livesIn"], s_family["bergen"])]);
        await _memory.WriteAsync("b", [new MemoryFact(s_family["bea"], s_family["livesIn"], s_family["oslo"]) { Confidence = 0.5 }, new MemoryFact(s_family["bea"], s_family["likes"], s_family["tea"])]);
        var report = await _memory.ForgetAsync(new ForgettingPolicy { KeepClaims = keep, OlderThan = olderThanDays is { } days ? TimeSpan.FromDays(days) : null, BelowConfidence = below });
        Assert.Equal((3 - kept, kept, true), (report.Claims, report.Kept, report.IsConsistent));
        Assert.Equal(kept, _memory.Count);
    }

    [Fact]
    public async Task Open_StoreOfBefore_KnowsTurnsAndNames()
    {
        await _memory.WriteAsync("run1", "Ada's daughter is Bea.");
        using var again = new GraphMemory(_store, null, new GraphMemoryOptions { Schema = MemorySchema.Parse(Schema), Time = _time });
        var recall = await again.RecallAsync("Who is Ada's daughter?");
        Assert.Equal(("Ada daughter Bea", 1), (recall.Facts[0].Text, recall.Turns.Count));
    }

    [Fact]
    public async Task Write_WrongFacts_AreRefusedWhole()
    {
        var fact = new MemoryFact(s_family["bea"], s_family["likes"], s_family["tea"]);
        await Assert.ThrowsAsync<ArgumentException>(() => _memory.WriteAsync("a", [fact, fact with { Confidence = 1.5 }]));
        await Assert.ThrowsAsync<ArgumentException>(() => _memory.WriteAsync("a", [fact with { From = Day(2024, 1, 1), To = Day(2023, 1, 1) }]));
        Assert.Equal(0, _memory.Count);
    }

    [Theory]
    [InlineData("{}", "an array of objects is needed")]
    [InlineData("[{\"subject\":\"Bea\",\"predicate\":\"flies\",\"object\":\"Oslo\"}]", "fact 1: the schema has no property 'flies'")]
    [InlineData("[{\"subject\":\"Bea\",\"predicate\":\"livesIn\"}]", "fact 1 has no object")]
    [InlineData("[{\"subject\":\"Bea\",\"predicate\":\"livesIn\",\"object\":\"Oslo\",\"from\":\"May\"}]", "from is 'May'")]
    [InlineData("[{\"subject\":\"Bea\",\"predicate\":\"livesIn\",\"object\":\"Oslo\",\"sure\":1}]", "the key 'sure'")]
    public async Task WriteJson_WrongFact_SaysWhichAndWhy(string json, string message) =>
        Assert.Contains(message, (await Assert.ThrowsAsync<MemoryFormatException>(() => _memory.WriteJsonAsync("a", json))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task WriteJson_Facts_NeedNoModel()
    {
        var write = await _memory.WriteJsonAsync("a", """[{"subject":"Bea","predicate":"lives in","object":"Oslo","from":"2024-05","confidence":0.9},{"subject":"Bea","predicate":"age","object":7}]""");
        Assert.Contains(write.Claims, c => c.Object == new Literal("7", XsdVocabulary.Integer));
        Assert.Equal(Day(2024, 5, 1), write.Claims[0].From);
    }

    private static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);
}
