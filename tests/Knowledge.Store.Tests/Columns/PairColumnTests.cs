using CsCheck;
using Knowledge.Rdf;

namespace Knowledge.Store.Tests.Columns;

public class PairColumnTests
{
    private static readonly Gen<ulong> s_pair = Gen.Select(Gen.UInt[1, 40], Gen.UInt[1, 200]).Select((a, b) => ((ulong)a << 32) | b);

    [Fact]
    public void With_RandomChanges_EqualsASortedSet() =>
        Gen.Select(s_pair.List[0, 6000], Gen.Select(s_pair.List[0, 60], s_pair.List[0, 60]).List[0, 12]).Sample((start, steps) =>
        {
            var twin = new SortedSet<ulong>(start);
            var column = PairColumn.FromSorted([.. twin]);
            var before = (column, Words: twin.ToArray());
            foreach (var (add, remove) in steps)
            {
                var added = add.Distinct().Where(w => !twin.Contains(w)).Order().ToArray();
                var removed = remove.Distinct().Where(twin.Contains).Order().ToArray();
                column = column.With(added, removed);
                twin.ExceptWith(removed);
                twin.UnionWith(added);
                AssertSame(twin, column);
            }

            AssertSame(twin, column.Flattened());
            Assert.True(before.Words.AsSpan().SequenceEqual(before.column.ToArray()));
        }, iter: 40);

    [Fact]
    public void With_OneChangeInALargeColumn_KeepsTheRest()
    {
        var words = Enumerable.Range(0, 200_000).Select(i => (ulong)i * 2).ToArray();
        var column = PairColumn.FromSorted(words).With([100_001], []);

        Assert.Equal(3, column.SliceCount);
        Assert.True(words.Append(100_001ul).Order().SequenceEqual(All(column)));
    }

    [Fact]
    public void Seek_AnyPlaces_EqualsSkipping() =>
        Gen.Select(s_pair.List[1, 3000], s_pair.List[1, 40], s_pair.List[1, 20]).Sample((start, more, seeks) =>
        {
            var twin = new SortedSet<ulong>(start);
            var added = more.Distinct().Where(w => !twin.Contains(w)).Order().ToArray();
            var column = PairColumn.FromSorted([.. twin]).With(added, []);
            twin.UnionWith(added);
            using var cursor = column.Pairs(default);
            ulong floor = 0;
            foreach (var seek in seeks)
            {
                cursor.Seek(seek);
                floor = Math.Max(floor, seek);
                var block = cursor.Next();
                var expected = twin.Where(w => w >= floor).Take(Math.Max(1, block.Length)).ToArray();
                Assert.Equal(expected, block.ToArray());
                if (block.IsEmpty)
                    break;
                floor = block[^1] + 1;
            }
        }, iter: 100);

    [Fact]
    public void Pairs_OfOneFirst_GivesItsRangeAlone() =>
        Gen.Select(s_pair.List[0, 2000], Gen.UInt[1, 42]).Sample((start, first) =>
        {
            var twin = new SortedSet<ulong>(start);
            var column = PairColumn.FromSorted([.. twin]);
            var expected = twin.Where(w => w >> 32 == first).ToArray();
            Assert.Equal(expected, All(column, new TermId(first)));
            Assert.Equal(expected.Length, column.CountOf(new TermId(first)));
        }, iter: 100);

    [Fact]
    public void IndexOf_LargeColumnsOfAllSpreads_EqualsCountingWords() =>
        Gen.Select(
                Gen.OneOf(Gen.UInt[1, 50], Gen.UInt[1000, 9000], Gen.UInt[7, 2_000_000], Gen.UInt[0x7FFF_FF00, uint.MaxValue])
                    .Select(Gen.UInt[1, 300], (a, b) => ((ulong)a << 32) | b).Array[3000, 5000],
                Gen.ULong.Array[20])
            .Sample((words, probes) =>
            {
                ulong[] sorted = [.. words.Distinct().Order()];
                var column = PairColumn.FromSorted(sorted);
                foreach (var probe in probes.Concat(words.Take(40)).SelectMany(w => new[] { w - 1, w, w + 1 }).Append(0ul).Append(ulong.MaxValue))
                    Assert.Equal(sorted.Count(w => w < probe), column.IndexOf(probe));
            }, iter: 30);

    [Fact]
    public void CountOf_HighestId_CountsItsPairs()
    {
        var column = PairColumn.FromSorted([1, 0xFFFF_FFFF_0000_0001, ulong.MaxValue]);

        Assert.Equal(2, column.CountOf(new TermId(uint.MaxValue)));
        Assert.True(column.Contains(ulong.MaxValue));
    }

    [Fact]
    public void Pairs_Scan_AllocatesTheCursorAlone()
    {
        var words = Enumerable.Range(1, 100_000).Select(i => (ulong)i << 32).ToArray();
        var column = PairColumn.FromSorted(words).With([5], []);
        var least = long.MaxValue;
        for (var i = 0; i < 10; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Sum(column);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.InRange(least, 1, 100);
    }

    [Fact]
    public void Sort_RandomWords_EqualsTheLibrarysSort() =>
        Gen.OneOf(s_pair.Array[0, 3000], Gen.ULong.Array[0, 3000], Gen.ULong[0, 5].Array[0, 1000]).Sample(words =>
        {
            var sorted = RadixSort.Sort([.. words], new ulong[words.Length], words.Length);
            Assert.Equal(words.Order(), sorted);
            Assert.Equal(words.Distinct().Order(), sorted[..RadixSort.Distinct(sorted)]);
            Assert.Equal(words.OrderBy(w => w >> 32), RadixSort.SortByFirst([.. words], new ulong[words.Length], words.Length));
        }, iter: 60);

    private static ulong Sum(PairColumn column)
    {
        ulong sum = 0;
        using var cursor = column.Pairs(default);
        for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
            foreach (var word in block)
                sum += word;
        return sum;
    }

    private static ulong[] All(PairColumn column, TermId first = default)
    {
        List<ulong> words = [];
        using var cursor = column.Pairs(first);
        for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
            words.AddRange(block);
        return [.. words];
    }

    private static void AssertSame(SortedSet<ulong> twin, PairColumn column)
    {
        Assert.True(twin.SequenceEqual(All(column)));
        Assert.Equal(twin.Count, column.Count);
        Assert.Equal(twin.Select(w => w >> 32).Distinct().Count(), column.Distinct);
        foreach (var probe in twin.Take(9).SelectMany(w => new[] { w - 1, w, w + 1 }))
        {
            Assert.Equal(twin.Contains(probe), column.Contains(probe));
            Assert.Equal(twin.Count(w => w < probe), column.IndexOf(probe));
        }
    }
}
