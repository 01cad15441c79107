using System.Text.RegularExpressions;
using Knowledge.Rdf;
using Knowledge.Sparql;

namespace Knowledge.Shapes;

/// <summary>A query of a SPARQL-based constraint or validator (SHACL, 5.2 and 6.2).</summary>
internal sealed partial class ShapeQuery
{
    private readonly SparqlQuery _query;

    private ShapeQuery(Term node, SparqlQuery query, IReadOnlyList<Literal> messages)
    {
        Node = node;
        _query = query;
        Messages = messages;
    }

    /// <summary>The constraint or validator in the shapes graph.</summary>
    public Term Node { get; }

    public IReadOnlyList<Literal> Messages { get; }

    public bool IsAsk => _query.Form == QueryForm.Ask;

    /// <summary>Reads a query.</summary>
    /// <param name="source">The shapes graph.</param>
    /// <param name="node">The constraint or validator.</param>
    /// <param name="name"><c>select</c> or <c>ask</c>.</param>
    /// <param name="path">Path of the property shape, for <c>$PATH</c>; null for node shapes.</param>
    public static ShapeQuery Read(ShapesSource source, Term node, string name, ShapePath? path)
    {
        if (source.Value(node, name) is not Literal text)
            throw new ShapesException(node, $"sh:{name} is missing or no string; a SPARQL query is needed.");
        var query = path is null ? text.Lexical : PathVariable().Replace(text.Lexical, path.ToString().Replace("$", "$$", StringComparison.Ordinal));
        try
        {
            var parsed = SparqlQuery.Parse(query, new SparqlSyntaxOptions { Prefixes = Prefixes(source, node) });
            if (parsed.Form != (name == "ask" ? QueryForm.Ask : QueryForm.Select))
                throw new ShapesException(node, $"sh:{name} holds a query of another form, {parsed.Form}.");
            return new ShapeQuery(node, parsed, source.Messages(node));
        }
        catch (RdfSyntaxException wrong)
        {
            throw new ShapesException(node, $"sh:{name} is no query: {wrong.Message}", wrong);
        }
    }

    [GeneratedRegex(@"[$?]PATH\b")]
    private static partial Regex PathVariable();

    /// <summary>Prefixes that <c>sh:prefixes</c> gives, through imports too (SHACL, 5.2.1).</summary>
    private static Dictionary<string, string> Prefixes(ShapesSource source, Term node)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        var open = new Queue<Term>(source.Objects(node, "prefixes"));
        var seen = new HashSet<Term>();
        while (open.TryDequeue(out var ontology))
        {
            if (!seen.Add(ontology))
                continue;
            foreach (var imported in source.Objects(ontology, ShaclVocabulary.Imports))
                open.Enqueue(imported);
            foreach (var declaration in source.Objects(ontology, "declare"))
                if (source.Value(declaration, "prefix") is Literal prefix && source.Value(declaration, "namespace") is Literal iri && !result.TryAdd(prefix.Lexical, iri.Lexical) && result[prefix.Lexical] != iri.Lexical)
                    throw new ShapesException(node, $"The prefix '{prefix.Lexical}' is declared with two namespaces, <{result[prefix.Lexical]}> and <{iri.Lexical}>.");
        }

        return result;
    }

    /// <summary>Whether an ASK query holds.</summary>
    public bool Ask(Check check, IReadOnlyDictionary<string, Term> values) => Run(check, values, run => run.Batches().Any());

    /// <summary>Solutions of a SELECT query.</summary>
    public IReadOnlyList<Solution> Select(Check check, IReadOnlyDictionary<string, Term> values) =>
        Run(check, values, run => run.Solutions(_query.Variables).ToList());

    private T Run<T>(Check check, IReadOnlyDictionary<string, Term> values, Func<QueryRun, T> read)
    {
        var options = check.Run.Options;
        var all = new Dictionary<string, Term>(values, StringComparer.Ordinal) { ["this"] = check.Focus, ["currentShape"] = check.Shape.Node };
        if (options.ShapesGraph is { } shapes)
            all["shapesGraph"] = shapes;
        try
        {
            return read(_query.PreBind(all).Start(check.Run.Snapshot, new QueryOptions
            {
                DefaultGraphs = options.DataGraph is { } graph ? [graph] : null,
                MaxTime = options.MaxQueryTime,
                CancellationToken = options.CancellationToken,
            }));
        }
        catch (Exception failure) when (failure is NotSupportedException or QueryLimitException or FederationException)
        {
            throw new ShapesException(Node, $"The query failed for {check.Focus}: {failure.Message}", failure);
        }
    }

    /// <summary>Reports each solution (SHACL, 5.3.2).</summary>
    /// <param name="check">Shape and focus node.</param>
    /// <param name="component">IRI of the component.</param>
    /// <param name="values">Parameters of the component.</param>
    /// <param name="constraint">The node to name as source, or null.</param>
    public void ReportSolutions(Check check, Iri component, IReadOnlyDictionary<string, Term> values, Term? constraint)
    {
        foreach (var solution in Select(check, values))
        {
            var found = solution.Variables.Zip(solution).Where(p => p.Second is not null).ToDictionary(p => p.First, p => p.Second!, StringComparer.Ordinal);
            if (found.GetValueOrDefault("failure") is Literal { Lexical: "true" or "1" })
                throw new ShapesException(Node, $"The query reports a failure for {check.Focus}.");
            var path = found.GetValueOrDefault("path") is Iri iri ? new PredicatePath(iri) : check.Shape.Path;
            var value = found.GetValueOrDefault("value") ?? (check.Shape.Path is null ? check.Focus : null);
            foreach (var (name, parameter) in values)
                found.TryAdd(name, parameter);
            IReadOnlyList<Literal> messages = found.GetValueOrDefault("message") is Literal message ? [message] : MessagesFor(check, found);
            check.Report(new ValidationResult(check.Focus, path, value, check.Shape.Node, component, check.Shape.Severity) { SourceConstraint = constraint, Messages = messages });
        }
    }

    /// <summary>Messages with values in place of <c>{?name}</c> and <c>{$name}</c>.</summary>
    public IReadOnlyList<Literal> MessagesFor(Check check, IReadOnlyDictionary<string, Term> values)
    {
        var templates = Messages.Count > 0 ? Messages : check.Shape.Messages;
        if (templates.Count == 0)
            return [new Literal($"{check.Focus} does not meet the SPARQL constraint {Node}.")];
        return [.. templates.Select(m => m with { Lexical = Placeholder().Replace(m.Lexical, p => Shown(values, p)) })];
    }

    private static string Shown(IReadOnlyDictionary<string, Term> values, Match placeholder) =>
        values.TryGetValue(placeholder.Groups[1].Value, out var value) ? LengthConstraint.TextOf(value) ?? value.ToString() : placeholder.Value;

    [GeneratedRegex(@"\{[?$](\w+)\}")]
    private static partial Regex Placeholder();
}
