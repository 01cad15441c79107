using System.Diagnostics;
using System.Globalization;
using System.Text;
using Conformance.Tests.Harness;
using Knowledge.Rdf;

namespace Conformance.Tests.Fuzz;

/// <summary>
/// Feeds a reader with mutants of the suites' documents for a time. For each: nothing but <see cref="RdfSyntaxException"/> is thrown; a stream in pieces gives what the whole gives;
/// what was read is written and read again; and no document takes long enough to be a hang.
/// </summary>
/// <param name="format">The reader's format.</param>
/// <param name="seeds">Documents to begin with.</param>
/// <param name="seed">Chance.</param>
internal sealed class ReaderFuzz(RdfFormat format, IReadOnlyList<byte[]> seeds, int seed)
{
    private static readonly TimeSpan s_longestRead = TimeSpan.FromSeconds(30); // of processor time, all threads together: a hang
    private static readonly RdfReaderOptions s_options = new() { BaseIri = "http://example.org/base", MaxTokenBytes = 1 << 15, MaxDepth = 64 };
    private static readonly string[] s_tokens = ["<", ">", "<<", ">>", "<<(", ")>>", "{|", "|}", "{", "}", "[", "]", "(", ")", "\"", "\"\"\"", "'", "\\", "\\u", "\\U0001F600", ".", ";", ",", "^^", "@", "@en--ltr", "~", "_:", ":", "#", "\n", "\r", "\0", "é", "\uFFFE", "a ", "1e", "-", "%", "PREFIX ", "@base ", "GRAPH ", "VERSION ", "true", "<!--", "]]>", "&", "&amp;", "xmlns:rdf=\"", "rdf:parseType=\"Literal\"", "<!DOCTYPE x [<!ENTITY a \"b\">]>"];
    private readonly Random _random = new(seed);
    private readonly Mutants _mutants = new(seeds, s_tokens, new Random(seed));

    /// <summary>Mutants that were tried, and those of them that were documents.</summary>
    public (long Tried, long Good) Counts { get; private set; }

    /// <summary>Runs until a time has passed.</summary>
    /// <param name="time">For how long.</param>
    /// <returns>What is wrong, with the document as it can be put into a test; null where nothing is.</returns>
    public string? Run(TimeSpan time)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < time;)
            if (Check(_mutants.Next()) is { } wrong)
                return wrong;
        return null;
    }

    /// <summary>Checks one document.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public string? Check(byte[] document)
    {
        var before = Environment.CpuUsage.TotalTime;
        try
        {
            var whole = new Record();
            var isGood = TryRead(sink => format.Read(document, sink, s_options), whole, out var problem);
            var split = new Record();
            TryRead(sink => format.Read(new PieceStream(document, _random.Next()), sink, s_options), split, out var problemOfSplit);
            Counts = (Counts.Tried + 1, Counts.Good + (isGood ? 1 : 0));
            if (!whole.Lines.SequenceEqual(split.Lines) || problem is null != problemOfSplit is null || (format != RdfFormat.RdfXml && !IsLimit(problem) && problem != problemOfSplit))
                return Wrong($"the whole gives {whole.Lines.Count} quads and '{problem}', pieces give {split.Lines.Count} and '{problemOfSplit}'", document);
            if (isGood && format != RdfFormat.RdfXml && whole.Quads.Count < 200 && Rewritten(whole.Quads) is { } difference)
                return Wrong(difference, document);
            var taken = Environment.CpuUsage.TotalTime - before;
            return taken > s_longestRead ? Wrong($"it took {taken}", document) : null;
        }
        catch (Exception other) // Whatever a reader throws beside syntax errors is what is looked for.
        {
            return Wrong(other.ToString(), document);
        }
    }

    private string? Rewritten(HashSet<Quad> quads)
    {
        var text = format.Write(quads);
        var again = Dataset.Parse(text, format, s_options with { MaxDepth = 256 }).Quads;
        return again.Count == quads.Count && (quads.SetEquals(again) || Isomorphism.AreIsomorphic(quads, again)) ? null : $"written and read again it is something else:\n{text}";
    }

    // Limits speak of where a buffer stood.
    private static bool IsLimit(string? problem) => problem?.Contains(nameof(RdfReaderOptions.MaxTokenBytes), StringComparison.Ordinal) == true;

    private static bool TryRead(Action<IQuadSink> read, IQuadSink sink, out string? problem)
    {
        problem = null;
        try
        {
            read(sink);
            return true;
        }
        catch (RdfSyntaxException wrong)
        {
            problem = wrong.Message;
            return false;
        }
    }

    private string Wrong(string what, byte[] document) =>
        string.Create(CultureInfo.InvariantCulture, $"{format}, seed {seed}, mutant {Counts.Tried}: {what}\nConvert.FromBase64String(\"{Convert.ToBase64String(document)}\")");

    private sealed class Record : IQuadSink
    {
        public List<string> Lines { get; } = [];

        public HashSet<Quad> Quads { get; } = [];

        public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
        {
            var quad = new Quad(TermText.Parse(subject), TermText.Parse(predicate), TermText.Parse(@object), graph.IsEmpty ? null : TermText.Parse(graph));
            Quads.Add(quad);
            Lines.Add(quad.ToString());
        }
    }

    /// <summary>Gives its bytes in pieces of 1 to 300.</summary>
    private sealed class PieceStream(byte[] bytes, int seed) : MemoryStream(bytes, writable: false)
    {
        private readonly Random _random = new(seed);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, _random.Next(1, 301)));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, _random.Next(1, 301))]);
    }
}
