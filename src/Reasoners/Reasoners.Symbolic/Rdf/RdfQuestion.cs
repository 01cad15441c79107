using System.Text.Json;
using System.Text.Json.Serialization;
using Knowledge.Sparql;

namespace Reasoners.Symbolic;

/// <summary>What a reasoner over facts is asked: a goal, a query or a question in words, and perhaps rules and facts of its own.</summary>
/// <param name="Goal">The goal.</param>
/// <param name="Rules">Rules in Jena's text format that hold for this question beside those of the options; null for none.</param>
/// <param name="Data">Facts in Turtle that hold for this question beside those of the options; null for none.</param>
public sealed record RdfQuestion(
    [property: JsonPropertyName("goal")] string Goal,
    [property: JsonPropertyName("rules")] string? Rules = null,
    [property: JsonPropertyName("data")] string? Data = null)
{
    private static readonly JsonSerializerOptions s_strict = new() { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>Reads what was asked: an object with <c>goal</c>, <c>rules</c> and <c>data</c>, or the goal alone.</summary>
    /// <param name="text">The question.</param>
    public static RdfQuestion Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.TrimStart().StartsWith('{'))
            return new RdfQuestion(text.Trim());
        try
        {
            return JsonSerializer.Deserialize<RdfQuestion>(text, s_strict) is { Goal: { Length: > 0 } } asked ? asked : new RdfQuestion(text.Trim());
        }
        catch (JsonException)
        {
            return new RdfQuestion(text.Trim()); // a group pattern begins with a brace too
        }
    }

    /// <summary>The goal as a query, if it is one: SPARQL as it is written, or triple patterns with variables.</summary>
    /// <param name="goal">The goal.</param>
    /// <param name="prefixes">Prefixes that it need not declare.</param>
    /// <param name="problem">Why it is no query; the parser's words.</param>
    /// <returns>The query, or null.</returns>
    public static SparqlQuery? AsQuery(string goal, IReadOnlyDictionary<string, string> prefixes, out string problem)
    {
        problem = "";
        var syntax = new SparqlSyntaxOptions { Prefixes = prefixes };
        var body = goal.Trim().TrimEnd('.').Trim();
        foreach (var text in new[] { goal, body.StartsWith('{') ? $"SELECT * {body}" : $"SELECT * {{ {body} }}" })
        {
            try
            {
                return SparqlQuery.Parse(text, syntax);
            }
            catch (RdfSyntaxException wrong)
            {
                problem = problem.Length == 0 ? wrong.Message : problem;
            }
        }

        return null;
    }

    /// <summary>The triples that a query's solutions stand on, as a query of its own; null where it asks for more than triples that hold.</summary>
    /// <param name="query">A query.</param>
    /// <param name="prefixes">Prefixes that it need not declare.</param>
    public static SparqlQuery? Grounds(SparqlQuery query, IReadOnlyDictionary<string, string> prefixes)
    {
        ArgumentNullException.ThrowIfNull(query);
        var (begin, end) = (query.Text.IndexOf('{'), query.Text.LastIndexOf('}'));
        if (begin < 0 || end < begin)
            return null;
        var prologue = query.Text[..Math.Max(0, query.Text.IndexOf(query.Form.ToString(), StringComparison.OrdinalIgnoreCase))];
        try
        {
            return SparqlQuery.Parse($"{prologue} CONSTRUCT WHERE {query.Text[begin..(end + 1)]}", new SparqlSyntaxOptions { Prefixes = prefixes });
        }
        catch (RdfSyntaxException)
        {
            return null; // the short form of CONSTRUCT takes triple patterns alone, which is what is asked
        }
    }
}
