using System.Globalization;
using Knowledge.CrashPoint;
using Knowledge.Store;

namespace Knowledge.Rules.Tests.Forward;

/// <summary>A sample of the campaign that the command runs in full: <c>dotnet run -c Release --project tests/Knowledge.CrashPoint -- prove-rules --kills 200</c>.</summary>
public sealed class KilledProcessTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rules-killed-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Open_AfterItsProcessWasKilledInTheMiddleOfARule_HasStoreAndClosureOfWhatWasAcknowledged()
    {
        var counts = await RuledCampaign.KillAsync(kills: 4, seed: 7, _folder);

        Assert.Empty(counts.Faults);
        Assert.Equal(3, counts.Inside);
        Assert.True(counts.Transactions > 0);
    }

    [Fact]
    public void Follow_FailsAtOneStepAfterAnother_IsExactAfterwards()
    {
        const int Transactions = 3;
        for (var k = 1; ; k += 1 + (k / 4)) // there are some thousand steps
        {
            using var store = QuadStore.InMemory();
            var life = new RuledLife();
            while (life.Done < 40)
                life.Next(store);
            var (steps, isFollowing) = (0, false);
            using var graph = InferredGraph.Over(store, RuledLife.Rules, RuledCampaign.Options(() =>
            {
                if (isFollowing && ++steps == k)
                    throw new RuleException($"Step {k} fails.", RuledLife.Rules.Rules[0]);
            }));
            Assert.True(graph.IsIncremental);
            for (var i = 0; i < Transactions; i++)
            {
                isFollowing = true;
                life.Next(store);
                isFollowing = false;
                Assert.True(life.Closure.SetEquals(RuledLife.Triples(graph)), $"Step {k}, transaction {life.Done}.");
            }

            if (steps < k)
            {
                Assert.True(k > 50, $"Only {k} steps were there to fail.");
                return;
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(90)]
    public void Follow_LongHistory_IsExactAfterEachTransaction(int before)
    {
        using var store = QuadStore.InMemory();
        var life = new RuledLife();
        while (life.Done < before)
            life.Next(store);
        using var graph = InferredGraph.Over(store, RuledLife.Rules, RuledCampaign.Options(() => { }));
        while (life.Done < before + 120)
        {
            life.Next(store);
            Assert.True(life.Closure.SetEquals(RuledLife.Triples(graph)), $"Transaction {life.Done}.");
        }
    }

    [Fact]
    public void Check_StoreOrClosureThatIsNotWhatWasAcknowledged_FindsIt()
    {
        using var store = QuadStore.InMemory();
        using var graph = InferredGraph.Over(store, RuledLife.Rules, RuledCampaign.Options(() => { }));
        var life = new RuledLife();
        List<string> lines = [];
        while (life.Done < 30)
        {
            life.Next(store);
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{life.Done} {RuledLife.Digest(RuledLife.Triples(graph))}"));
        }

        Assert.Null(RuledCampaign.Check(store, lines, new RuledLife()));
        Assert.Null(RuledCampaign.Check(store, lines[..^1], new RuledLife()));
        Assert.NotNull(RuledCampaign.Check(store, lines[..^2], new RuledLife()));
        Assert.NotNull(RuledCampaign.Check(store, [.. lines[..10], $"11 {lines[11].Split(' ')[1]}", .. lines[11..]], new RuledLife()));
        using var transaction = store.Begin();
        transaction.Add(life.Given.First() with { Object = new Iri("urn:x:0"), Subject = new Iri("urn:x:none") });
        transaction.Commit();
        Assert.NotNull(RuledCampaign.Check(store, lines, new RuledLife()));
    }

    [Fact]
    public void Closure_RulesOfWhichOneIsForgotten_IsAnother()
    {
        using var store = QuadStore.InMemory();
        var life = new RuledLife();
        while (life.Done < 60)
            life.Next(store);
        for (var i = 0; i < RuledLife.Rules.Rules.Length; i++)
        {
            using var graph = InferredGraph.Over(store, new RuleSet(RuledLife.Rules.Rules.RemoveAt(i)), RuledCampaign.Options(() => { }));
            Assert.False(life.Closure.SetEquals(RuledLife.Triples(graph)), RuledLife.Rules.Rules[i].Name);
        }
    }
}
