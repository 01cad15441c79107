using Microsoft.Extensions.Time.Testing;

namespace Knowledge.Memory.Tests.Worlds;

/// <summary>Worlds in which things are said late, corrected, taken back, ended, merged and purged; every question about any two times is answered exactly.</summary>
public sealed class BitemporalWorldTests
{
    private const int Steps = 60;
    private const int Questions = 120;

    private static readonly DateTimeOffset s_begin = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Vocabulary s_world = new("http://example.org/");

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 25)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Facts_AnyTwoTimes_EqualTheOracle(int seed)
    {
        var (wrong, asked) = await WrongAsync(seed, forgetsPurges: false);
        Assert.Equal((0, Questions), (wrong, asked));
    }

    [Fact]
    public async Task Oracle_PlantedFault_IsCaught()
    {
        var wrong = 0;
        for (var seed = 1; seed <= 5; seed++)
            wrong += (await WrongAsync(seed, forgetsPurges: true)).Wrong;
        Assert.True(wrong > 0);
    }

    private static async Task<(int Wrong, int Asked)> WrongAsync(int seed, bool forgetsPurges)
    {
        var random = new Random(seed);
        var time = new FakeTimeProvider(s_begin);
        var schema = new MemorySchema(
        [
            new MemoryProperty(s_world["home"]) { IsFunctional = true }, new MemoryProperty(s_world["likes"]), new MemoryProperty(s_world["owns"]) { IsInverseFunctional = true },
            new MemoryProperty(s_world["leads"]) { IsFunctional = true, IsInverseFunctional = true },
        ]);
        var oracle = new WorldOracle(new HashSet<string> { "home", "leads" }, new HashSet<string> { "owns", "leads" });
        using var store = QuadStore.InMemory(time);
        using var memory = new GraphMemory(store, null, new GraphMemoryOptions { Schema = schema, Time = time });
        for (var step = 1; step <= Steps; step++)
        {
            time.SetUtcNow(s_begin.AddDays(step));
            await StepAsync(random, step, memory, oracle, forgetsPurges);
        }

        Assert.True(memory.IsConsistent());
        time.SetUtcNow(s_begin.AddDays(Steps + 1));
        var wrong = 0;
        for (var i = 0; i < Questions; i++)
        {
            var (valid, known) = (random.Next(-5, Steps + 5) + 0.5, random.Next(0, Steps + 1) + 0.5);
            var facts = memory.Facts(new AsOf(s_begin.AddDays(valid), s_begin.AddDays(known))).Select(t => (Name(t.Subject), Name(t.Predicate), Name(t.Object))).ToHashSet();
            wrong += facts.SetEquals(oracle.Facts(valid, known)) ? 0 : 1;
        }

        return (wrong, Questions);
    }

    private static async Task StepAsync(Random random, int step, GraphMemory memory, WorldOracle oracle, bool forgetsPurges)
    {
        string[] predicates = ["home", "home", "likes", "owns", "leads"];
        var (s, p, o) = ($"e{random.Next(5)}", predicates[random.Next(predicates.Length)], $"e{random.Next(5)}");
        var source = $"s{random.Next(6)}";
        var trust = source is "s0" or "s1" ? 0.5 : 1;
        // What happened is often told late, and sometimes early.
        int? from = random.Next(3) > 0 ? step - random.Next(-5, 25) : null;
        int? to = random.Next(3) == 0 ? (from ?? step) + random.Next(1, 20) : null;
        var fact = new MemoryFact(s_world[s], s_world[p], s_world[o]) { From = Day(from), To = Day(to) };
        var who = new MemorySource { Id = source, Trust = trust };
        switch (random.Next(20))
        {
            case < 12:
                await memory.WriteAsync(who, [fact]);
                oracle.Say(new(source, s, p, o) { From = from, To = to, Trust = trust, At = step });
                break;
            case < 14:
                var end = step - random.Next(0, 15);
                await memory.WriteAsync(who, [fact with { From = null, To = Day(end), Change = FactChange.Ends }]);
                oracle.Say(new(source, s, p, o) { To = end, IsEnd = true, Trust = trust, At = step });
                break;
            case < 16:
                await memory.WriteAsync(who, [fact with { Change = FactChange.Retracts }]);
                oracle.Retract(source, s, p, o, step);
                break;
            case < 18 when s != o:
                await memory.MergeAsync(who, s_world[s], s_world[o]);
                oracle.Say(new(source, s, "same", o) { Trust = trust, At = step });
                break;
            case 18:
                await memory.UnmergeAsync(who, s_world[s], s_world[o]);
                oracle.Retract(source, s, "same", o, step);
                break;
            case 19:
                if (!forgetsPurges)
                    Assert.True((await memory.PurgeAsync(source)).IsProven);
                oracle.Purge(source);
                break;
        }
    }

    private static DateTimeOffset? Day(int? day) => day is { } there ? s_begin.AddDays(there) : null;

    private static string Name(Term term) => ((Iri)term).Value[s_world.Namespace.Length..];
}
