using System.Text;
using Knowledge.Rdf;
using Knowledge.Sparql;
using Knowledge.Store;

namespace Conformance.Tests.Fuzz;

/// <summary>
/// Feeds the parsers of queries and updates with mutants of the suites' for a time. For each: nothing but <see cref="RdfSyntaxException"/> is thrown; the same text gives the same algebra again;
/// what is a query is answered within limits, twice the same; and none takes long enough to be a hang.
/// </summary>
/// <param name="seeds">Texts to begin with.</param>
/// <param name="seed">Chance.</param>
/// <param name="answer">Answers a query, or says with null that it had no time to; null for the engine.</param>
internal sealed class QueryFuzz(IReadOnlyList<byte[]> seeds, int seed, Func<SparqlQuery, string?>? answer = null)
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30); // of processor time, all threads together
    private static readonly string[] s_tokens =
    [
        "SELECT ", "ASK ", "CONSTRUCT ", "WHERE ", "{", "}", "(", ")", "[", "]", "<", ">", "<<", ">>", "<<(", ")>>", "{|", "|}", ".", ";", ",", "?x ", "?y ", "*", "+", "/", "|", "^", "!", "a ", "\"", "'", "\"\"\"", "\\u",
        "FILTER ", "OPTIONAL ", "UNION ", "MINUS ", "GRAPH ?g ", "BIND(1 AS ?z) ", "VALUES ?x ", "UNDEF ", "EXISTS ", "NOT ", "IN ", "GROUP BY ", "HAVING ", "ORDER BY ", "LIMIT 1 ", "OFFSET 1 ", "COUNT(*) ", "SUM(", "DISTINCT ",
        "&&", "||", "=", "!=", "<=", "-", "1", "1e", "0.5", "true", "@en", "^^", "PREFIX : <urn:x> ", "BASE <urn:b>", "#", "\n", "\0", "é", "😀", "INSERT ", "DELETE ", "DATA ", "WITH ", "USING ", "CLEAR ALL ", "SERVICE SILENT ", "REDUCED ", "~", "VERSION ",
    ];

    private static readonly QueryOptions s_limits = new() { MaxTime = TimeSpan.FromSeconds(2), MaxRows = 10_000, MaxMemoryBytes = 1 << 26, Seed = 1, Time = new Still() };
    private static readonly SparqlSyntaxOptions s_syntax = new() { BaseIri = "http://example.org/base" };
    private readonly Mutants _mutants = new(seeds, s_tokens, new Random(seed));
    private readonly QuadStore _store = Store();

    /// <summary>Mutants that were tried, and those of them that were queries or updates.</summary>
    public (long Tried, long Good) Counts { get; private set; }

    /// <summary>Runs until a time has passed.</summary>
    /// <param name="time">For how long.</param>
    /// <returns>What is wrong, with the text; null where nothing is.</returns>
    public string? Run(TimeSpan time) => _mutants.FirstWrong(time, text => Check(Encoding.UTF8.GetString(text)));

    /// <summary>Checks one text.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public string? Check(string text)
    {
        var before = Environment.CpuUsage.TotalTime;
        try
        {
            var (query, isUpdate) = (Parsed(text), IsUpdate(text));
            Counts = (Counts.Tried + 1, Counts.Good + (query is not null || isUpdate ? 1 : 0));
            if (query is not null && query.AlgebraText != Parsed(text)!.AlgebraText)
                return Wrong("the same text has another algebra", text);
            // Whether a time is over depends on what else the machine does: an answer that did not come in time is compared with nothing.
            if (query is not null && (answer ?? Answer)(query) is { } first && (answer ?? Answer)(query) is { } second && first != second)
                return Wrong("the same query on the same quads has another answer", text);
            var taken = Environment.CpuUsage.TotalTime - before;
            return taken > s_longest ? Wrong($"it took {taken}", text) : null;
        }
        catch (Exception other) // Whatever is thrown beside syntax errors and limits is what is looked for.
        {
            return Wrong(other.ToString(), text);
        }
    }

    private static SparqlQuery? Parsed(string text)
    {
        try
        {
            return SparqlQuery.Parse(text, s_syntax);
        }
        catch (RdfSyntaxException)
        {
            return null;
        }
    }

    private static bool IsUpdate(string text)
    {
        try
        {
            SparqlUpdate.Parse(text, s_syntax);
            return true;
        }
        catch (RdfSyntaxException)
        {
            return false;
        }
    }

    private string? Answer(SparqlQuery query)
    {
        try
        {
            var result = query.Evaluate(_store, s_limits);
            return query.Form switch
            {
                QueryForm.Select => string.Join('\n', result.Select(s => s.ToString())),
                QueryForm.Ask => result.Boolean ? "true" : "false",
                _ => string.Join('\n', result.Triples.Select(t => t.ToString())),
            };
        }
        catch (QueryLimitException limit)
        {
            return limit.Limit == QueryLimit.Time ? null : limit.Limit.ToString();
        }
        catch (FederationException)
        {
            return nameof(FederationException);
        }
    }

    private static QuadStore Store()
    {
        var store = QuadStore.InMemory();
        store.Update("INSERT DATA { <urn:a> <urn:p> <urn:b>, 1, 'x'@en . <urn:b> <urn:p> <urn:c> ; a <urn:C> . <urn:c> <urn:q> <urn:a>, 2.5 . GRAPH <urn:g> { <urn:a> <urn:q> <urn:b> } }");
        return store;
    }

    private string Wrong(string what, string text) => Mutants.Report("queries", seed, Counts.Tried, what, Encoding.UTF8.GetBytes(text));

    /// <summary>One moment for NOW, and the system's clock for limits.</summary>
    private sealed class Still : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch;
    }
}
