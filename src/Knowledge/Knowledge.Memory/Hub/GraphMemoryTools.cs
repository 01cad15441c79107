using System.ComponentModel;
using System.Globalization;
using System.Text;
using Hub.Abstractions;
using Knowledge.Sparql;
using Microsoft.Extensions.AI;

namespace Knowledge.Memory;

/// <summary>Tools over the memory of a run's user: what a reasoner calls.</summary>
/// <remarks>All may be called again after a crash: four only read, and what is remembered twice is known once.</remarks>
public static class GraphMemoryTools
{
    /// <summary>Most rows that a query gives a model to read.</summary>
    public const int MaxRows = 100;

    private static readonly TimeSpan s_maxTime = TimeSpan.FromSeconds(5);

    /// <summary><c>kg_query</c>, <c>kg_neighbours</c>, <c>remember</c>, <c>recall</c>, <c>explain</c>.</summary>
    /// <param name="memory">The memories.</param>
    public static IReadOnlyList<AIFunction> Create(HubGraphMemory memory)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return
        [
            HubTool.Create(
                ([Description("A SELECT, ASK or CONSTRUCT query; facts are in the default graph.")] string sparql, ToolCallContext call, CancellationToken cancellationToken) =>
                    memory.UseAsync(call.Run, m => Task.FromResult(Query(m.Quads, sparql, cancellationToken)), cancellationToken),
                "kg_query", Redo.Freely, "Asks the knowledge graph in SPARQL."),
            HubTool.Create(
                ([Description("Name of the thing.")] string entity, ToolCallContext call, [Description("How many steps far, 1 to 4.")] int hops = 1, CancellationToken cancellationToken = default) =>
                    memory.UseAsync(call.Run, m => NeighboursAsync(m, entity, Math.Clamp(hops, 1, 4), cancellationToken), cancellationToken),
                "kg_neighbours", Redo.Freely, "Facts around a thing in the knowledge graph."),
            HubTool.Create(
                ([Description("What to remember, in whole sentences with names.")] string text, ToolCallContext call, CancellationToken cancellationToken) =>
                    memory.UseAsync(call.Run, async m => Written(await m.WriteAsync(call.Run, text, cancellationToken)), cancellationToken),
                "remember", Redo.Freely, "Remembers something for later conversations."),
            HubTool.Create(
                ([Description("The question, in words.")] string question, ToolCallContext call, CancellationToken cancellationToken) =>
                    memory.UseAsync(call.Run, async m => await m.RecallAsync(question, new RecallOptions { Speaker = call.Run.UserId }, cancellationToken) is { IsEmpty: false } r ? r.Text : "Nothing is known about it.", cancellationToken),
                "recall", Redo.Freely, "Finds what is known about a question."),
            HubTool.Create(
                ([Description("The question whose facts are doubted, in words.")] string question, ToolCallContext call, CancellationToken cancellationToken) =>
                    memory.UseAsync(call.Run, async m => await m.RecallAsync(question, new RecallOptions { MaxFacts = 3, MaxTurns = 3 }, cancellationToken) is { IsEmpty: false } r ? r.Evidence : "Nothing is known about it.", cancellationToken),
                "explain", Redo.Freely, "Says where facts come from: who said so, when, how sure it is, what follows from what, and what was said against it."),
        ];
    }

    /// <summary>A query's answer as lines.</summary>
    /// <exception cref="RdfSyntaxException">The text is not a query; the message says where and why.</exception>
    /// <exception cref="QueryLimitException">The answer takes too long.</exception>
    internal static string Query(IQuadSource source, string sparql, CancellationToken cancellationToken)
    {
        var query = SparqlQuery.Parse(sparql, new SparqlSyntaxOptions { Prefixes = source.Prefixes });
        var result = query.Evaluate(source, new QueryOptions { MaxTime = s_maxTime, CancellationToken = cancellationToken });
        return query.Form switch
        {
            QueryForm.Ask => result.Boolean ? "true" : "false",
            QueryForm.Select => Lines(result.Select(s => string.Join('\t', query.Variables.Select(v => s[v]?.ToString() ?? ""))).Prepend(string.Join('\t', query.Variables.Select(v => "?" + v)))),
            _ => Lines(result.Triples.Select(t => t.ToString())),
        };
    }

    private static async Task<string> NeighboursAsync(GraphMemory memory, string entity, int hops, CancellationToken cancellationToken)
    {
        var recall = await memory.RecallAsync(entity, new RecallOptions { Hops = hops, MaxFacts = MaxRows, MaxTurns = 0 }, cancellationToken);
        return Lines(recall.Facts.Select(f => f.Triple.ToString()));
    }

    private static string Lines(IEnumerable<string> lines)
    {
        var text = new StringBuilder();
        var count = 0;
        foreach (var line in lines)
        {
            if (count++ > MaxRows)
                return text.Append(CultureInfo.InvariantCulture, $"(more than {MaxRows} lines; ask for less)").ToString();
            text.Append(line).Append('\n');
        }

        return count == 0 ? "Nothing." : text.ToString().TrimEnd('\n');
    }

    private static string Written(MemoryWrite write)
    {
        var facts = write.Claims.Count(c => !EntityIndex.IsLabel(c.Predicate.Value));
        var text = string.Create(CultureInfo.InvariantCulture, $"Remembered, with {facts} {(facts == 1 ? "fact" : "facts")}.");
        return write.Contradictions.Count == 0 ? text : $"{text} It contradicts what was known:\n{string.Join('\n', write.Contradictions)}";
    }
}
