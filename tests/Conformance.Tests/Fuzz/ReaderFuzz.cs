using System.Text;
using Conformance.Tests.Harness;
using Knowledge.Rdf;

namespace Conformance.Tests.Fuzz;

/// <summary>
/// Feeds a reader with mutants of the suites' documents for a time. For each: nothing but <see cref="RdfSyntaxException"/> is thrown; a stream in pieces gives what the whole gives;
/// what was read is written and read again; and no document takes long enough to be a hang, or allocates more than <see cref="MaxAllocatedBytes"/>.
/// </summary>
/// <param name="format">The reader's format.</param>
/// <param name="seeds">Documents to begin with.</param>
/// <param name="seed">Chance.</param>
internal sealed class ReaderFuzz(RdfFormat format, IReadOnlyList<byte[]> seeds, int seed)
{
    /// <summary>What one reading of a mutant, 64 KiB at most, may allocate: as nothing is freed in the count, no reader ever needs more memory.</summary>
    public const long MaxAllocatedBytes = 256L << 20;

    private static readonly TimeSpan s_longestRead = TimeSpan.FromSeconds(30); // of processor time, all threads together: a hang
    private static readonly RdfReaderOptions s_options = new() { BaseIri = "http://example.org/base", MaxTokenBytes = 1 << 15, MaxDepth = 64 };
    private static readonly string[] s_tokens = ["<", ">", "<<", ">>", "<<(", ")>>", "{|", "|}", "{", "}", "[", "]", "(", ")", "\"", "\"\"\"", "'", "\\", "\\u", "\\U0001F600", ".", ";", ",", "^^", "@", "@en--ltr", "~", "_:", ":", "#", "\n", "\r", "\0", "é", "\uFFFE", "a ", "1e", "-", "%", "PREFIX ", "@base ", "GRAPH ", "VERSION ", "true", "<!--", "]]>", "&", "&amp;", "xmlns:rdf=\"", "rdf:parseType=\"Literal\"", "<!DOCTYPE x [<!ENTITY a \"b\">]>"];
    private static readonly string[] s_jsonTokens =
    [
        "{", "}", "[", "]", "\"", ":", ",", "null", "true", "1", "-0", "1e400", "0.1", "\\", "\\u", "\\ud800", "\n", "\0", "é", "\"@context\": ", "\"@id\": ", "\"@type\": ", "\"@value\": ", "\"@language\": ", "\"@direction\": \"ltr\"",
        "\"@list\": [", "\"@set\": [", "\"@graph\": ", "\"@reverse\": ", "\"@included\": ", "\"@nest\": ", "\"@json\"", "\"@vocab\": ", "\"@base\": ", "\"@version\": 1.1", "\"@propagate\": false", "\"@protected\": true",
        "\"@container\": [\"@graph\", \"@id\"]", "\"@container\": \"@language\"", "\"@container\": \"@index\"", "\"@index\": ", "\"@prefix\": true", "\"_:b0\"", "\"http://example.org/x\"", "\"../x\"", "\"@none\"", "\"@import\": \"x\"", "\"@\"", "\"\"",
    ];

    private readonly Random _random = new(seed);
    private readonly Mutants _mutants = new(seeds, format == RdfFormat.JsonLd ? s_jsonTokens : s_tokens, new Random(seed));

    /// <summary>Mutants that were tried, and those of them that were documents.</summary>
    public (long Tried, long Good) Counts { get; private set; }

    /// <summary>Runs until a time has passed.</summary>
    /// <param name="time">For how long.</param>
    /// <returns>What is wrong, with the document as it can be put into a test; null where nothing is.</returns>
    public string? Run(TimeSpan time) => _mutants.FirstWrong(time, Check);

    /// <summary>Checks one document.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public string? Check(byte[] document)
    {
        var before = Environment.CpuUsage.TotalTime;
        try
        {
            var whole = new Record();
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var isGood = TryRead(sink => format.Read(document, sink, s_options), whole, out var problem);
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            var split = new Record();
            TryRead(sink => format.Read(new PieceStream(document, _random.Next()), sink, s_options), split, out var problemOfSplit);
            Counts = (Counts.Tried + 1, Counts.Good + (isGood ? 1 : 0));
            if (!whole.Lines.SequenceEqual(split.Lines) || problem is null != problemOfSplit is null || (format != RdfFormat.RdfXml && !IsLimit(problem) && problem != problemOfSplit))
                return Wrong($"the whole gives {whole.Lines.Count} quads and '{problem}', pieces give {split.Lines.Count} and '{problemOfSplit}'", document);
            if (isGood && whole.Quads.Count < 200 && Rewritten(whole.Quads) is { } difference)
                return Wrong(difference, document);
            if (allocated > MaxAllocatedBytes)
                return Wrong($"reading it allocated {allocated} bytes; {MaxAllocatedBytes} are allowed", document);
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
        string text;
        try
        {
            text = format.Write(quads);
        }
        catch (NotSupportedException) // RDF/XML has no way to write some predicates and characters, JSON-LD none for triple terms, and both say so.
        {
            return null;
        }

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

    private string Wrong(string what, byte[] document) => Mutants.Report($"{format}", seed, Counts.Tried, what, document);

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
}
