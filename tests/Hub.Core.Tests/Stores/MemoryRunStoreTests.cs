using Hub.Abstractions;

namespace Hub.Core.Tests.Stores;

public sealed class MemoryRunStoreTests : RunStoreContract
{
    protected override IRunStore NewStore() => new MemoryRunStore();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ChainHash_AskedForLate_IsThatOfAChainMadeAtOnce(bool lastFirst)
    {
        Sample.Write(Store, "aa00", RunStatus.Completed);
        var events = Store.Read("aa00");

        var late = lastFirst ? [.. events.Reverse().Select(e => e.ChainHash).Reverse()] : events.Select(e => e.ChainHash).ToList();

        var link = EventCodec.Root(EventCodec.EncodeHeader(Sample.Header("aa00")));
        Assert.Equal(events.Select(e => link = EventCodec.Link(link, EventCodec.Encode(e))), late);
    }

    [Fact]
    public void ChainHash_AskedForByManyAtOnce_IsTheSameForAll()
    {
        for (var round = 0; round < 50; round++)
        {
            using var writer = Store.Create(Sample.Header($"{round:x4}"));
            var last = Enumerable.Range(0, 100).Select(_ => writer.Append(Sample.Event(RunEventKind.CustomEnd))).ToList()[^1];
            string[] seen = new string[8];

            Parallel.For(0, seen.Length, i => seen[i] = last.ChainHash);

            Assert.Single(seen.Distinct());
            writer.Commit();
            Assert.Null(Store.Verify($"{round:x4}"));
        }
    }
}
