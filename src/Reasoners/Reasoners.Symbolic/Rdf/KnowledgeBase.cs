using System.Text;
using Knowledge.Rules;
using Knowledge.Sparql;
using Knowledge.Store;

namespace Reasoners.Symbolic;

/// <summary>Facts with what follows from them, and answers from both. Thread safety: all members.</summary>
internal sealed class KnowledgeBase : IDisposable
{
    private const string Label = "http://www.w3.org/2000/01/rdf-schema#label";
    private const int MaxDescribed = 200;

    private readonly QuadDataset _facts;
    private readonly InferredGraph _graph;
    private readonly QuadStore? _store;

    private KnowledgeBase(QuadDataset facts, InferredGraph graph, QuadStore? store)
    {
        _facts = facts;
        _graph = graph;
        _store = store;
    }

    /// <summary>Prefixes of the facts and rules.</summary>
    public IReadOnlyDictionary<string, string> Prefixes => Merged(_facts.Prefixes, _graph.Rules.Prefixes);

    /// <summary>Facts and rules of a store and files. Files join the store's facts here alone; the store is not changed.</summary>
    /// <exception cref="RdfSyntaxException">Facts are not what their format allows.</exception>
    /// <exception cref="RuleSyntaxException">The rules are no rules.</exception>
    /// <exception cref="RuleException">The rules cannot be run, or reach a limit.</exception>
    /// <exception cref="IOException">A file cannot be read, or there is no store.</exception>
    /// <exception cref="StoreException">The store is damaged, or another process has it.</exception>
    public static async Task<KnowledgeBase> LoadAsync(RdfReasonerOptions options, CancellationToken cancellation)
    {
        if (options.Store is { } folder && !Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no store '{folder}'. Load facts with 'hub kg load FILE --store {folder}', or name another.");
        var store = options.Store is { } there ? QuadStore.Open(there) : QuadStore.InMemory();
        QuadDataset facts = store;
        try
        {
            if (options.Store is not null && options.Data.Count > 0)
                facts = store.Fork();
            foreach (var file in options.Data)
                await facts.LoadAsync(file, cancellation: cancellation);
            var rules = options.Rules is { } path ? RuleSet.Load(path) : null;
            return new KnowledgeBase(facts, InferredGraph.Over(facts, new RuleSet(rules?.Rules ?? [], Merged(facts.Prefixes, rules?.Prefixes ?? facts.Prefixes))), store);
        }
        catch
        {
            facts.Dispose();
            store.Dispose();
            throw;
        }
    }

    /// <summary>These facts and rules with those of one question, which are seen in it alone.</summary>
    /// <exception cref="RdfSyntaxException">Facts are not what Turtle allows.</exception>
    /// <exception cref="RuleSyntaxException">The rules are no rules.</exception>
    /// <exception cref="RuleException">The rules cannot be run, or reach a limit.</exception>
    public KnowledgeBase With(RdfQuestion question)
    {
        var facts = _facts.Fork();
        InferredGraph? graph = null;
        try
        {
            if (question.Rules is null)
                graph = _graph.Fork(facts);
            if (question.Data is { } data)
                facts.Load(sink => RdfFormat.Turtle.Read(Encoding.UTF8.GetBytes(data), sink));
            if (question.Rules is { } text)
            {
                var prefixes = Merged(facts.Prefixes, _graph.Rules.Prefixes);
                var own = RuleSet.Parse(text, prefixes);
                graph = InferredGraph.Over(facts, new RuleSet(_graph.Rules.Rules.Concat(own.Rules), Merged(prefixes, own.Prefixes)));
            }

            return new KnowledgeBase(facts, graph!, null);
        }
        catch
        {
            graph?.Dispose();
            facts.Dispose();
            throw;
        }
    }

    /// <summary>Answers a query.</summary>
    /// <exception cref="QueryLimitException">It takes too long.</exception>
    public RdfAnswer Answer(SparqlQuery query, RdfReasonerOptions options, CancellationToken cancellation)
    {
        var limits = new QueryOptions { MaxTime = TimeSpan.FromSeconds(options.MaxSeconds), CancellationToken = cancellation };
        var result = query.Evaluate(_graph, limits);
        List<string> rows = query.Form switch
        {
            QueryForm.Ask => [result.Boolean ? "true" : "false"],
            QueryForm.Select => [.. result.Take(options.MaxRows + 1).Select(s => string.Join('\t', query.Variables.Select(v => s[v] is { } term ? Short(term) : "")))],
            _ => [.. result.Triples.Take(options.MaxRows + 1).Select(t => $"{Short(t.Subject)} {Short(t.Predicate)} {Short(t.Object)}")],
        };
        return new RdfAnswer
        {
            Sparql = query.Text,
            Variables = query.Variables,
            Rows = [.. rows.Take(options.MaxRows)],
            IsWhole = rows.Count <= options.MaxRows,
            Proofs = [.. Grounds(query, result, limits).Take(options.MaxProofs).Select(p => p.ToString().TrimEnd())],
        };
    }

    /// <summary>What there is to ask about: properties and classes with their labels.</summary>
    public string Describe()
    {
        using var snapshot = _graph.Snapshot();
        var text = new StringBuilder();
        foreach (var (prefix, iri) in Prefixes.OrderBy(p => p.Key, StringComparer.Ordinal))
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"PREFIX {prefix}: <{iri}>\n");
        text.Append("Properties:\n");
        foreach (var solution in _graph.Select("SELECT ?p (COUNT(*) AS ?n) (SAMPLE(?s) AS ?from) (SAMPLE(?o) AS ?to) { ?s ?p ?o } GROUP BY ?p ORDER BY ?p").Take(MaxDescribed))
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"- {Short(solution["p"]!)}, e.g. {Short(solution["from"]!)} {Short(solution["p"]!)} {Short(solution["to"]!)}\n");
        var labels = _graph.Select($"SELECT ?s ?l {{ ?s <{Label}> ?l }} ORDER BY ?s").Take(MaxDescribed).ToList();
        if (labels.Count > 0)
            text.Append("Names:\n");
        foreach (var solution in labels)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"- {Short(solution["s"]!)}: {((Literal)solution["l"]!).Lexical}\n");
        return text.ToString();
    }

    public void Dispose()
    {
        _graph.Dispose();
        _facts.Dispose();
        _store?.Dispose();
    }

    // Proofs of the triples that the solutions stand on: inferred ones first, as given ones prove themselves.
    private IEnumerable<Proof> Grounds(SparqlQuery query, QueryResult result, QueryOptions limits)
    {
        var triples = query.Form is QueryForm.Construct ? result.Triples : RdfQuestion.Grounds(query, Prefixes)?.Evaluate(_graph, limits).Triples ?? [];
        return triples.Take(10_000).Select(t => _graph.Explain(t)).OfType<Proof>().OrderBy(p => p.Rule is null);
    }

    private string Short(Term term)
    {
        if (term is Literal literal)
            return literal.Datatype == XsdVocabulary.String ? $"\"{literal.Lexical}\"" : literal.Lexical;
        if (term is Iri iri && Prefixes.Where(p => p.Value.Length > 0 && iri.Value.StartsWith(p.Value, StringComparison.Ordinal)).MaxBy(p => p.Value.Length) is { Value: { } space } prefix
            && iri.Value.AsSpan(space.Length).IndexOfAny("/#:") < 0)
            return $"{prefix.Key}:{iri.Value[space.Length..]}";
        return term.ToString();
    }

    private static Dictionary<string, string> Merged(IReadOnlyDictionary<string, string> first, IReadOnlyDictionary<string, string> second) =>
        first.Concat(second).DistinctBy(p => p.Key).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
}

/// <summary>What facts and rules answer to a query.</summary>
public sealed record RdfAnswer
{
    /// <summary>The query.</summary>
    public required string Sparql { get; init; }

    /// <summary>Names of the columns.</summary>
    public required IReadOnlyList<string> Variables { get; init; }

    /// <summary>Rows, columns with tabs between them.</summary>
    public required IReadOnlyList<string> Rows { get; init; }

    /// <summary>Whether these are all rows.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Proofs of triples that the rows stand on, as trees.</summary>
    public required IReadOnlyList<string> Proofs { get; init; }

    /// <summary>Rows and proofs as a text.</summary>
    public string Text()
    {
        var text = new StringBuilder();
        if (Variables.Count > 0 && Rows.Count > 0)
            text.Append(string.Join('\t', Variables.Select(v => "?" + v))).Append('\n');
        foreach (var row in Rows)
            text.Append(row).Append('\n');
        if (Rows.Count == 0)
            text.Append("Nothing follows.\n");
        if (!IsWhole)
            text.Append("(and more)\n");
        foreach (var proof in Proofs)
            text.Append("\nBecause:\n").Append(proof).Append('\n');
        return text.ToString().TrimEnd('\n');
    }
}
