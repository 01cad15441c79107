using Knowledge.Rules;
using Knowledge.Sparql;
using Microsoft.Extensions.Time.Testing;

namespace Knowledge.Memory.Tests;

/// <summary>What follows by rules from what is held: recalled with its proof, and gone with the last of its grounds.</summary>
public sealed class InferredMemoryTests : IDisposable
{
    private static readonly Vocabulary s_family = new("http://example.org/family#");

    private static readonly RuleSet s_rules = RuleSet.Parse(
        "[visit: (?m f:daughter ?d) (?d f:livesIn ?c) -> (?m f:likes ?c)]", new Dictionary<string, string> { ["f"] = s_family.Namespace });

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly QuadStore _store;
    private readonly GraphMemory _memory;

    public InferredMemoryTests()
    {
        _store = QuadStore.InMemory(_time);
        _memory = new GraphMemory(_store, new RuleExtractor(), new GraphMemoryOptions { Schema = MemorySchema.Parse(GraphMemoryTests.Schema), Rules = s_rules, Time = _time });
    }

    public void Dispose()
    {
        _memory.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task Recall_InferredFact_ComesWithAProofThatIsAccepted()
    {
        await FillAsync();
        var recall = await _memory.RecallAsync("What does Ada like?");
        Assert.Equal(("Ada likes Oslo", 0), (recall.Facts[0].Text, recall.Facts[0].Claims.Count));
        Assert.Contains("visit", recall.Facts[0].Proof, StringComparison.Ordinal);
        Assert.Contains("visit", recall.Evidence, StringComparison.Ordinal);

        using var inferred = InferredGraph.Over(_store, s_rules);
        var given = _store.Construct("CONSTRUCT WHERE { ?s ?p ?o }").ToHashSet();
        var checker = new ProofChecker(s_rules, given.Contains);
        var proof = inferred.Explain(recall.Facts[0].Triple)!;
        Assert.Null(checker.Check(proof));
        Assert.NotNull(new ProofChecker(s_rules, t => given.Contains(t) && t.Predicate != s_family["livesIn"]).Check(proof));
    }

    [Fact]
    public async Task Facts_OtherTimes_HoldForInferredOnesToo()
    {
        await FillAsync();
        Assert.Equal(["bergen"], Liked(new AsOf(Valid: new DateTimeOffset(2022, 1, 1, 0, 0, 0, TimeSpan.Zero))));
        _time.Advance(TimeSpan.FromDays(1));
        await _memory.WriteAsync("run3", "Bea moved to Rome in 2025.");
        Assert.Equal(["rome"], Liked(default));
        Assert.Equal(["oslo"], Liked(new AsOf(Known: new DateTimeOffset(2025, 1, 1, 12, 0, 0, TimeSpan.Zero))));
    }

    [Fact]
    public async Task Purge_GroundOfAnInference_TakesItAway()
    {
        await FillAsync();
        Assert.True((await _memory.PurgeAsync("run2")).IsProven);
        Assert.Equal(["bergen"], Liked(default));
        Assert.True((await _memory.PurgeAsync("run1")).IsProven);
        Assert.Empty(Liked(default));
        Assert.Empty(_memory.Facts());
    }

    private async Task FillAsync()
    {
        await _memory.WriteAsync("run1", "Ada's daughter is Bea. Bea moved to Bergen in 2020.");
        await _memory.WriteAsync("run2", "Bea moved to Oslo in May 2024.");
    }

    private List<string> Liked(AsOf asOf) =>
        [.. _memory.Facts(asOf).Where(t => t.Predicate == s_family["likes"]).Select(t => ((Iri)t.Object).Value[MemoryVocabulary.Entities.Length..])];
}
