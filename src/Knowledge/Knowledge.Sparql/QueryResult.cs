using System.Collections;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>What a query answers. Each reading evaluates the query on the quads as they are then, and sees one version of them from beginning to end.</summary>
public sealed class QueryResult : IEnumerable<Solution>
{
    private readonly SparqlQuery _query;
    private readonly Func<IQuadSnapshot> _snapshot;
    private readonly QueryOptions _options;

    internal QueryResult(SparqlQuery query, Func<IQuadSnapshot> snapshot, QueryOptions options)
    {
        _query = query;
        _snapshot = snapshot;
        _options = options;
    }

    /// <summary>What was asked for.</summary>
    public QueryForm Form => _query.Form;

    /// <summary>Selected variables in order; empty where the form is not <see cref="QueryForm.Select"/>.</summary>
    public IReadOnlyList<string> Variables => _query.Variables;

    /// <summary>Whether the query itself says in which order its solutions come.</summary>
    public bool IsOrdered => _query.IsOrdered;

    /// <summary>Whether there is a solution.</summary>
    /// <exception cref="InvalidOperationException">The form is not <see cref="QueryForm.Ask"/>.</exception>
    public bool Boolean
    {
        get
        {
            Expect(QueryForm.Ask);
            using var snapshot = _snapshot();
            return _query.Start(snapshot, _options).Batches().Any();
        }
    }

    /// <summary>Triples, each once.</summary>
    /// <exception cref="InvalidOperationException">The form is neither <see cref="QueryForm.Construct"/> nor <see cref="QueryForm.Describe"/>.</exception>
    public IEnumerable<Triple> Triples
    {
        get
        {
            if (Form != QueryForm.Describe)
                Expect(QueryForm.Construct);
            return ReadTriples();
        }
    }

    private IEnumerable<Triple> ReadTriples()
    {
        using var snapshot = _snapshot();
        foreach (var triple in _query.Triples(_query.Start(snapshot, _options)))
            yield return triple;
    }

    /// <summary>Solutions, in the order of the query where it has one, and always in the same order for the same quads.</summary>
    /// <exception cref="InvalidOperationException">The form is not <see cref="QueryForm.Select"/>.</exception>
    public IEnumerator<Solution> GetEnumerator()
    {
        Expect(QueryForm.Select);
        return Solutions().GetEnumerator();
    }

    private IEnumerable<Solution> Solutions()
    {
        using var snapshot = _snapshot();
        foreach (var solution in _query.Start(snapshot, _options).Solutions(Variables))
            yield return solution;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private void Expect(QueryForm form)
    {
        if (Form != form)
            throw new InvalidOperationException($"The query is a {Form}, and this is what a {form} answers.");
    }
}

/// <summary>Queries in one line.</summary>
public static class QuadSourceQueries
{
    /// <summary>Solutions of a SELECT query.</summary>
    /// <param name="source">The quads.</param>
    /// <param name="query">A SELECT query.</param>
    /// <param name="options">Limits and surroundings; null for the defaults.</param>
    /// <param name="syntax">Base IRI and prefixes; null for those of <paramref name="source"/>.</param>
    /// <exception cref="RdfSyntaxException">The text is not a query.</exception>
    public static QueryResult Select(this IQuadSource source, string query, QueryOptions? options = null, SparqlSyntaxOptions? syntax = null) =>
        Parse(source, query, syntax).Evaluate(source, options);

    /// <summary>Whether an ASK query has a solution.</summary>
    /// <param name="source">The quads.</param>
    /// <param name="query">An ASK query.</param>
    /// <param name="options">Limits and surroundings; null for the defaults.</param>
    /// <param name="syntax">Base IRI and prefixes; null for those of <paramref name="source"/>.</param>
    /// <exception cref="RdfSyntaxException">The text is not a query.</exception>
    public static bool Ask(this IQuadSource source, string query, QueryOptions? options = null, SparqlSyntaxOptions? syntax = null) =>
        Parse(source, query, syntax).Evaluate(source, options).Boolean;

    /// <summary>Triples of a CONSTRUCT or DESCRIBE query.</summary>
    /// <param name="source">The quads.</param>
    /// <param name="query">A CONSTRUCT or DESCRIBE query.</param>
    /// <param name="options">Limits and surroundings; null for the defaults.</param>
    /// <param name="syntax">Base IRI and prefixes; null for those of <paramref name="source"/>.</param>
    /// <exception cref="RdfSyntaxException">The text is not a query.</exception>
    public static IEnumerable<Triple> Construct(this IQuadSource source, string query, QueryOptions? options = null, SparqlSyntaxOptions? syntax = null) =>
        Parse(source, query, syntax).Evaluate(source, options).Triples;

    private static SparqlQuery Parse(IQuadSource source, string query, SparqlSyntaxOptions? syntax)
    {
        ArgumentNullException.ThrowIfNull(source);
        return SparqlQuery.Parse(query, syntax ?? new SparqlSyntaxOptions { Prefixes = source.Prefixes });
    }
}
