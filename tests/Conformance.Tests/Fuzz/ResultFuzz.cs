using Knowledge.Rdf;
using Knowledge.Sparql;

namespace Conformance.Tests.Fuzz;

/// <summary>
/// Feeds a reader of query results, which come from other people's endpoints, with mutants of the suites'. For each: nothing but <see cref="RdfSyntaxException"/> is thrown; a stream in pieces gives
/// what the whole gives; and what was read is written and read again, but for CSV, which forgets what kind of term a value was.
/// </summary>
/// <param name="format">The reader's format.</param>
/// <param name="seeds">Documents to begin with.</param>
/// <param name="seed">Chance.</param>
internal sealed class ResultFuzz(ResultFormat format, IReadOnlyList<byte[]> seeds, int seed)
{
    private static readonly string[] s_tokens =
    [
        "{", "}", "[", "]", "\"", ",", ":", "null", "true", "\\u", "\\ud800", "\t", "\r\n", "\n", "\0", "é", "\"type\": \"triple\"", "\"type\": \"uri\"", "\"value\": ", "\"xml:lang\": \"en\"", "\"its:dir\": \"ltr\"", "\"head\": ", "\"boolean\": false",
        "<", ">", "&", "&amp;", "<!DOCTYPE x [<!ENTITY a \"b\">]>", "<binding name=\"x\">", "</binding>", "<literal>", "<bnode>b</bnode>", "<triple>", "<uri>", "<result/>", "<boolean>true</boolean>", "?x", "_:b", "<urn:a>", "<<( ", " )>>", "@en--ltr", "^^", "1e0", "'",
    ];

    private readonly Random _random = new(seed);
    private readonly Mutants _mutants = new(seeds, s_tokens, new Random(seed));

    /// <summary>Mutants that were tried, and those of them that were results.</summary>
    public (long Tried, long Good) Counts { get; private set; }

    /// <summary>Runs until a time has passed.</summary>
    /// <param name="time">For how long.</param>
    /// <returns>What is wrong, with the document; null where nothing is.</returns>
    public string? Run(TimeSpan time) => _mutants.FirstWrong(time, Check);

    /// <summary>Checks one document.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public string? Check(byte[] document)
    {
        try
        {
            using var whole = new MemoryStream(document, writable: false);
            using var pieces = new PieceStream(document, _random.Next());
            var result = Read(whole, out var text);
            Read(pieces, out var split);
            Counts = (Counts.Tried + 1, Counts.Good + (result is null ? 0 : 1));
            if (text != split)
                return Wrong($"the whole gives\n{text}\nand pieces give\n{split}", document);
            if (result is null || format == ResultFormat.Csv || !format.HasBooleans && result.Boolean is not null)
                return null;
            using var written = new MemoryStream();
            if (result.Boolean is { } answer)
                format.Write(answer, written);
            else
                format.Write(result.Solutions!.Variables, result.Solutions, written);
            written.Position = 0;
            Read(written, out var again);
            return text == again ? null : Wrong($"it is\n{text}\nand written and read again\n{again}", document);
        }
        catch (Exception other) // Whatever a reader throws beside syntax errors is what is looked for.
        {
            return Wrong(other.ToString(), document);
        }
    }

    private ResultDocument? Read(Stream stream, out string text)
    {
        try
        {
            var result = format.Read(stream);
            text = result.Boolean?.ToString() ?? $"{string.Join(' ', result.Solutions!.Variables)}\n{string.Join('\n', result.Solutions.Select(s => string.Join(' ', s.Select(t => t?.ToString() ?? "-"))))}";
            return result;
        }
        catch (RdfSyntaxException wrong)
        {
            text = format == ResultFormat.Xml ? "a syntax error" : wrong.Message; // the platform's XML reader speaks of where its buffer stood
            return null;
        }
    }

    private string Wrong(string what, byte[] document) => Mutants.Report($"results, {format.Name}", seed, Counts.Tried, what, document);
}
