using System.Text;
using Conformance.Tests.Harness;
using Knowledge.Rdf;

namespace Conformance.Tests.Fuzz;

public sealed class ReaderFuzzTests
{
    public static TheoryData<string> Names => new(RdfFormat.All.Select(f => f.Name));

    [SuiteTheory, MemberData(nameof(Names))]
    public void Run_AFewMutants_FindsNothing(string name)
    {
        Assert.True(RdfFormat.TryByName(name, out var format));
        var fuzz = new ReaderFuzz(format, FuzzCommand.Seeds(Corpus.SharedData!, format), seed: 7);
        Assert.Null(fuzz.Run(TimeSpan.FromSeconds(1)));
        Assert.True(fuzz.Counts.Tried > 0);
    }

    [Fact]
    public void Check_ReaderThatIsNotTheWritersOpposite_IsFound() =>
        Assert.Contains("something else", new ReaderFuzz(new Forgetful(), [], 1).Check(Encoding.UTF8.GetBytes("<urn:a> <urn:p> \"x\"@en .")), StringComparison.Ordinal);

    [Fact]
    public void Check_ReaderThatThrowsSomethingElse_IsFound() =>
        Assert.Contains("IndexOutOfRange", new ReaderFuzz(new Breaking(), [], 1).Check([1]), StringComparison.Ordinal);

    [Fact]
    public void Check_ReaderThatTakesTooMuchMemory_IsFound() =>
        Assert.Contains("allocated", new ReaderFuzz(new Greedy(), [], 1).Check([1]), StringComparison.Ordinal);

    /// <summary>Allocates piece by piece, and holds nothing.</summary>
    private sealed class Greedy() : Faulty
    {
        public override void Read(ReadOnlySpan<byte> text, IQuadSink sink, RdfReaderOptions? options = null)
        {
            for (var bytes = 0L; bytes <= ReaderFuzz.MaxAllocatedBytes; bytes += 1 << 20)
                GC.KeepAlive(new byte[1 << 20]);
        }

        public override void Read(Stream stream, IQuadSink sink, RdfReaderOptions? options = null)
        {
        }
    }

    /// <summary>Writes literals without their language.</summary>
    private sealed class Forgetful() : Faulty
    {
        public override void Read(ReadOnlySpan<byte> text, IQuadSink sink, RdfReaderOptions? options = null) => NTriples.Read(Encoding.UTF8.GetBytes(_isWritten ? Encoding.UTF8.GetString(text).Replace("@en", "", StringComparison.Ordinal) : Encoding.UTF8.GetString(text)), sink, options);

        private bool _isWritten;

        public override RdfWriter CreateWriter(System.Buffers.IBufferWriter<byte> output, RdfWriterOptions? options = null)
        {
            _isWritten = true;
            return base.CreateWriter(output, options);
        }
    }

    private sealed class Breaking() : Faulty
    {
        public override void Read(ReadOnlySpan<byte> text, IQuadSink sink, RdfReaderOptions? options = null) => _ = text[text.Length];
    }

    private abstract class Faulty : RdfFormat
    {
        public override string Name => "faulty";

        public override IReadOnlyList<string> MediaTypes => [];

        public override IReadOnlyList<string> Extensions => [];

        public override bool HasGraphs => false;

        public override void Read(Stream stream, IQuadSink sink, RdfReaderOptions? options = null) => NTriples.Read(stream, sink, options);

        public override RdfWriter CreateWriter(System.Buffers.IBufferWriter<byte> output, RdfWriterOptions? options = null) => NTriples.CreateWriter(output, options);
    }
}
