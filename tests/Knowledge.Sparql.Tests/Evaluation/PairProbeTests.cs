using Knowledge.Rdf;
using Knowledge.Sparql.Tests.Reference;

namespace Knowledge.Sparql.Tests.Evaluation;

public sealed class PairProbeTests
{
    // Rows enough that outputs fill and are resumed, keys that repeat, blocks that end inside a key.
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Fill_RepeatedKeysAndFullOutputs_EqualNestedLoops(int blockLength)
    {
        var random = new Random(blockLength);
        var quads = Enumerable.Range(0, 1200).Select(_ => new Quad(new Iri($"urn:{random.Next(60)}"), new Iri("urn:p"), new Iri($"urn:{random.Next(60)}"))).ToHashSet();
        var pairs = quads.Select(q => (q.Subject, q.Object)).ToList();
        var twoSteps = pairs.Sum(a => pairs.Count(b => b.Subject == a.Object));
        var triangles = pairs.Sum(a => pairs.Where(b => b.Subject == a.Object).Count(b => quads.Contains(new Quad(b.Object, new Iri("urn:p"), a.Subject))));
        var source = MemorySource.Of(quads, blockLength);
        Assert.Equal(twoSteps, source.Select("SELECT ?a ?c { ?a <urn:p> ?b . ?b <urn:p> ?c }").Count());
        Assert.Equal(triangles, source.Select("SELECT ?a ?b ?c { ?a <urn:p> ?b . ?b <urn:p> ?c . ?c <urn:p> ?a }").Count());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(255)]
    [InlineData(5000)]
    public void Sort_RandomKeys_IsStableOrder(int count)
    {
        var random = new Random(count);
        var keys = Enumerable.Range(0, count).Select(_ => (ulong)random.NextInt64(count / 2 + 1) << random.Next(2) * 32).ToArray();
        var expected = keys.Select((k, i) => (k, i)).OrderBy(p => p.k).ToList();
        var rows = Enumerable.Range(0, count).ToArray();
        RowOrder.Sort(ref keys, ref rows, count);
        Assert.Equal(expected, keys.Zip(rows));
    }

    [Fact]
    public void LowerBound_EveryWord_EqualsLinearSearch()
    {
        ulong[] block = [2, 4, 4, 8, 16, 17, 40];
        for (var from = 0; from <= block.Length; from++)
            for (var word = 0UL; word < 45; word++)
                Assert.Equal(Enumerable.Range(from, block.Length - from + 1).First(i => i == block.Length || block[i] >= word), PairColumn.LowerBound(block, from, word));
    }
}
