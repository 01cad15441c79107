using System.CommandLine;
using System.Globalization;
using Hub.Cli.Rendering;
using global::Knowledge.Rdf;
using global::Knowledge.Sparql;
using global::Knowledge.Store;
using Spectre.Console;

namespace Hub.Cli.Commands.Knowledge;

/// <summary><c>hub kg query</c>: SPARQL over a store.</summary>
internal static class KgQueryCommand
{
    private static readonly Argument<string?> s_query = new("query") { Description = "The query; the store's prefixes may be used without declaring them.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> s_file = new("--file", "-f") { Description = "A file with the query." };
    private static readonly Option<string> s_folder = KgStore.Folder();
    private static readonly Option<string?> s_format = new("--format") { Description = "json, xml, csv or tsv for solutions, a format of RDF for triples. [default: a table, or Turtle]" };
    private static readonly Option<bool> s_json = new("--json") { Description = "The same as --format json." };
    private static readonly Option<bool> s_explain = new("--explain") { Description = "Prints the plan, with estimated and actual rows, in place of the answer." };
    private static readonly Option<double?> s_timeout = new("--timeout") { Description = "Seconds after which the query ends." };
    private static readonly Option<string?> s_valid = KgStore.Valid();
    private static readonly Option<string?> s_known = KgStore.Known();

    public static Command Create()
    {
        var command = new Command("query", """
            Asks a store with SPARQL.

            Examples:
              hub kg query --store family.db 'SELECT ?p { :ada :parent ?p }'
              hub kg query --store family.db --file grandparents.rq --format csv
              hub kg query --store family.db --explain 'SELECT * { ?a :parent ?b . ?b :parent ?c }'
              hub kg query --store family.db --valid 2023-01-01 'ASK { :ada :parent :bea }'
            """);
        command.Arguments.Add(s_query);
        foreach (var option in (Option[])[s_file, s_folder, s_format, s_json, s_explain, s_timeout, s_valid, s_known])
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => KgStore.RunAsync(() => Task.FromResult(Run(parsed, cancellation))));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        var text = KgStore.Text(parsed.GetValue(s_query), parsed.GetValue(s_file));
        using var store = KgStore.Open(parsed.GetRequiredValue(s_folder));
        var query = SparqlQuery.Parse(text, new SparqlSyntaxOptions { Prefixes = store.Prefixes });
        using var words = new TextIndex(store);
        using var vectors = new VectorIndex(store);
        var options = new QueryOptions
        {
            PropertyFunctions = [words, vectors, .. GraphFunctions.All()],
            AsOf = KgStore.AsOf(parsed.GetValue(s_valid), parsed.GetValue(s_known)),
            MaxTime = parsed.GetValue(s_timeout) is { } seconds ? TimeSpan.FromSeconds(seconds > 0 ? seconds : throw new UsageException("--timeout must be above 0 seconds.")) : null,
            CancellationToken = cancellation,
        };
        if (parsed.GetValue(s_explain))
        {
            Console.Out.Write(query.Explain(store, options));
            return ExitCode.Ok;
        }

        var format = parsed.GetValue(s_json) ? "json" : parsed.GetValue(s_format);
        var result = query.Evaluate(store, options);
        if (query.Form is QueryForm.Construct or QueryForm.Describe)
            Triples(result, format, store);
        else if (format is not null)
            Results(result, format);
        else if (query.Form == QueryForm.Ask)
            Console.Out.WriteLine(result.Boolean ? "true" : "false");
        else
            Table(result, store.Prefixes);
        return ExitCode.Ok;
    }

    private static void Results(QueryResult result, string name)
    {
        if (!ResultFormat.TryByName(name, out var format))
            throw new UsageException($"'{name}' is no format of results. There are: {string.Join(", ", ResultFormat.All.Select(f => f.Name))}.");
        using var output = new OutputStream();
        format.Write(result, output);
        output.Write("\n"u8);
    }

    private static void Triples(QueryResult result, string? name, QuadStore store)
    {
        var format = name is null ? RdfFormat.Turtle : KgStore.Format(name);
        KgStore.Write(result.Triples.Select(t => new Quad(t.Subject, t.Predicate, t.Object)), format, store.Prefixes);
    }

    private static void Table(QueryResult result, IReadOnlyDictionary<string, string> prefixes)
    {
        var names = new TermNames(prefixes);
        var table = new Table().Border(TableBorder.Simple);
        foreach (var variable in result.Variables)
            table.AddColumn("?" + Markup.Escape(variable));
        var rows = 0;
        foreach (var solution in result)
        {
            rows++;
            table.AddRow([.. solution.Select(t => Markup.Escape(t is null ? "" : names.Of(t)))]);
        }

        if (result.Variables.Count > 0)
            Terminal.Write(table);
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} solution{(rows == 1 ? "" : "s")}"));
    }
}
