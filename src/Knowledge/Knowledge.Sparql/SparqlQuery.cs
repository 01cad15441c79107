using System.Text;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>A parsed query: SPARQL 1.2, which takes all of SPARQL 1.1. It can be evaluated any number of times, by several threads at once.</summary>
public sealed partial class SparqlQuery
{
    private readonly QuerySyntax _syntax;
    private readonly Algebra _algebra;

    private SparqlQuery(string text, QuerySyntax syntax)
    {
        Text = text;
        _syntax = syntax;
        _algebra = Translation.Query(syntax);
        Variables = syntax.Form == QueryForm.Select ? [.. ScopeChecks.Projected(syntax.Select)] : [];
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>What it asks for.</summary>
    public QueryForm Form => _syntax.Form;

    /// <summary>Selected variables in order, without question marks; empty where the form is not <see cref="QueryForm.Select"/>.</summary>
    public IReadOnlyList<string> Variables { get; }

    /// <summary>Whether it has ORDER BY.</summary>
    public bool IsOrdered => _syntax.Select.OrderBy.Count > 0;

    /// <summary>The algebra that the specification's translation gives, as an S-expression.</summary>
    public string AlgebraText => _algebra.ToString();

    /// <summary>Parses a query.</summary>
    /// <param name="text">The query.</param>
    /// <param name="options">Base IRI, prefixes and limits; null for none.</param>
    /// <exception cref="RdfSyntaxException">The text is not a query; the message says where and why.</exception>
    public static SparqlQuery Parse(string text, SparqlSyntaxOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new SparqlQuery(text, SparqlParser.ParseQuery(text, options ?? new SparqlSyntaxOptions()));
    }

    /// <summary>Evaluates the query. What is asked for is computed while it is read from the result.</summary>
    /// <param name="source">The quads.</param>
    /// <param name="options">Limits and surroundings; null for the defaults.</param>
    public QueryResult Evaluate(IQuadSource source, QueryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        return new QueryResult(this, () => source.Snapshot((options ?? QueryOptions.Default).AsOf), options ?? QueryOptions.Default);
    }

    /// <summary>The plan with the rows that were estimated and those that came in fact, operator by operator. The query is evaluated for it.</summary>
    /// <param name="source">The quads.</param>
    /// <param name="options">Limits and surroundings; null for the defaults.</param>
    public string Explain(IQuadSource source, QueryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        using var snapshot = source.Snapshot((options ?? QueryOptions.Default).AsOf);
        var run = Start(snapshot, options ?? QueryOptions.Default);
        foreach (var _ in run.Batches())
            run.Execution.Session.Check();
        var text = new StringBuilder();
        run.Plan.Write(text, 0, hasRun: true);
        return text.ToString();
    }

    /// <summary>Plans the query for one snapshot.</summary>
    internal QueryRun Start(IQuadSnapshot snapshot, QueryOptions options)
    {
        var session = new Session(snapshot, options, _syntax.From, _syntax.FromNamed);
        return QueryRun.Of(_algebra, session, _syntax.BaseIri, Needed());
    }

    // Variables that the result is made of; null for all.
    private IReadOnlyList<string>? Needed() => Form switch
    {
        QueryForm.Select => Variables,
        QueryForm.Ask => [],
        QueryForm.Construct => [.. _syntax.Template.SelectMany(t => new[] { t.Subject, t.Predicate!, t.Object }).SelectMany(VariableSets.Names).Distinct()],
        _ => _syntax.Described is { } described ? [.. described.SelectMany(VariableSets.Names)] : null,
    };

    /// <summary>The triples of CONSTRUCT and DESCRIBE.</summary>
    internal IEnumerable<Triple> Triples(QueryRun run) =>
        Form == QueryForm.Construct ? TemplateTriples.Construct(run, _syntax.Template) : Description.Of(run, _syntax.Described, ScopeChecks.Visible(_syntax.Select.Where.Elements));
}

/// <summary>An algebra expression planned for one snapshot.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Execution">Where it runs.</param>
/// <param name="Sets">Slots of its variables.</param>
internal sealed record QueryRun(PlanNode Plan, Execution Execution, VariableSets Sets)
{
    // Solutions whose terms lie in one array: few, as who keeps one solution keeps them all.
    private const int BlockRows = 32;

    /// <summary>Plans an expression.</summary>
    /// <param name="algebra">The expression.</param>
    /// <param name="session">What its parts share.</param>
    /// <param name="baseIri">Against which IRI() resolves.</param>
    /// <param name="needed">Variables that are asked for; null for all.</param>
    public static QueryRun Of(Algebra algebra, Session session, string? baseIri, IReadOnlyList<string>? needed)
    {
        var sets = new VariableSets(algebra);
        var slots = needed is null ? sets.Possible(algebra) : SlotSet.Of([.. needed.Select(n => sets[n])]);
        var plan = new Planner(session, sets, baseIri).Plan(algebra, slots, session.View.DefaultGraphs);
        return new QueryRun(plan, new Execution(session, session.View.DefaultGraphs, new ulong[sets.Slots]), sets);
    }

    /// <summary>Runs the plan, within the limit of rows.</summary>
    public IEnumerable<Batch> Batches()
    {
        var rows = 0L;
        var options = Execution.Session.Options;
        foreach (var batch in Plan.Run(Execution))
        {
            rows += batch.Count;
            if (rows > options.MaxRows)
                throw new QueryLimitException(QueryLimit.Rows, $"The query has more than {options.MaxRows} solutions ({nameof(QueryOptions)}.{nameof(QueryOptions.MaxRows)}): write LIMIT, or allow more.");
            yield return batch;
        }
    }

    /// <summary>Solutions, with terms for some variables.</summary>
    public IEnumerable<Solution> Solutions(IReadOnlyList<string> variables)
    {
        var slots = variables.Select(v => Sets[v]).ToArray();
        foreach (var batch in Batches())
        {
            for (var start = 0; start < batch.Count; start += BlockRows)
            {
                var terms = Decode(batch, slots, start, Math.Min(BlockRows, batch.Count - start));
                for (var row = 0; row < BlockRows && start + row < batch.Count; row++)
                    yield return new Solution(variables, terms, row * slots.Length);
            }
        }
    }

    // Column by column, as sorted columns repeat ids.
    private Term?[] Decode(Batch batch, int[] slots, int start, int rows)
    {
        var terms = new Term?[rows * slots.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            if (batch.Columns[slots[i]] is not { } column)
                continue;
            var (last, term) = (0UL, (Term?)null);
            for (var row = 0; row < rows; row++)
            {
                var id = column[start + row];
                if (id != last)
                    (last, term) = (id, id == 0 ? null : Execution.Pool.Decode(id));
                terms[(row * slots.Length) + i] = term;
            }
        }

        return terms;
    }
}
