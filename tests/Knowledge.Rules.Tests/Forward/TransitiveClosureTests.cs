namespace Knowledge.Rules.Tests.Forward;

/// <summary>The search that closes a transitive predicate. What it concludes is compared in <see cref="DifferentialTests"/>.</summary>
public sealed class TransitiveClosureTests
{
    [Fact]
    public void Missing_ManyShortChains_AllocatesForTheGraphOnce()
    {
        const uint Chains = 30_000;
        ulong[] edges = [.. Enumerable.Range(0, (int)Chains).Select(i => (uint)i * 3).SelectMany(n => new[] { FactColumns.Pair(n + 1, n + 2), FactColumns.Pair(n + 2, n + 3) })];
        var column = PairColumn.FromSorted(edges);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var missing = TransitiveClosure.Missing(column, long.MaxValue, (parts, search, _) =>
        {
            foreach (var part in parts)
                search(part);
        });
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(Enumerable.Range(0, (int)Chains).Select(i => FactColumns.Pair(((uint)i * 3) + 1, ((uint)i * 3) + 3)), missing!.Value.Pairs);
        Assert.All(missing.Value.Distances, d => Assert.Equal(2u, d));
        // 90,000 nodes: one number for each is 360 kB, for each of 352 parts it would be 127 MB.
        Assert.InRange(allocated, 0, 40_000_000);
    }
}
