using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Cli.Rendering;
using global::Knowledge.Rdf;
using global::Knowledge.Shapes;
using global::Knowledge.Store;
using Spectre.Console;

namespace Hub.Cli.Commands.Knowledge;

/// <summary><c>hub kg validate</c>: SHACL over a store, over files, or over a store as it would be with them.</summary>
internal static class KgValidateCommand
{
    private static readonly Argument<string[]> s_files = new("files") { Description = "Files to validate; with --store as if they were loaded into it, which they are not.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string[]> s_shapes = new("--shapes") { Description = "A file with shapes; may be given several times.", Required = true };
    private static readonly Option<string?> s_folder = new("--store", "-s") { Description = "Folder of a store to validate." };
    private static readonly Option<string?> s_graph = new("--graph") { Description = "IRI of the graph to validate. [default: the default graph]" };
    private static readonly Option<string?> s_format = new("--format") { Description = "Prints the report in a format of RDF, as ttl. [default: a table]" };
    private static readonly Option<bool> s_json = new("--json") { Description = "Prints the report as JSON." };
    private static readonly Option<int> s_max = new("--max-results") { Description = "Results after which the validation ends with an error.", DefaultValueFactory = _ => new ValidationOptions().MaxResults };

    public static Command Create()
    {
        var command = new Command("validate", $"""
            Validates data with shapes (SHACL Core and SPARQL constraints).
            Exit code {ExitCode.Ok}: the data conforms; {ExitCode.Failed}: it does not; {ExitCode.Usage}: a file or a shape is wrong.

            Examples:
              hub kg validate --shapes shapes.ttl family.ttl
              hub kg validate --shapes shapes.ttl --store family.db --format ttl
              hub kg validate --shapes shapes.ttl --store family.db cousins.ttl
            """);
        command.Arguments.Add(s_files);
        foreach (var option in (Option[])[s_shapes, s_folder, s_graph, s_format, s_json, s_max])
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => KgStore.RunAsync(() => RunAsync(parsed, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var (folder, files) = (parsed.GetValue(s_folder), parsed.GetValue(s_files) ?? []);
        if (folder is null && files.Length == 0)
            throw new UsageException("There is nothing to validate: give files, or a store with --store.");
        var format = parsed.GetValue(s_format) is { } name ? KgStore.Format(name) : null;
        if (format is not null && parsed.GetValue(s_json))
            throw new UsageException("--format and --json are two forms of the report. Give one or the other.");
        var max = parsed.GetValue(s_max) is > 0 and var given ? given : throw new UsageException($"--max-results is {parsed.GetValue(s_max)}; a number above 0 is needed.");
        using var shapes = QuadStore.InMemory();
        await KgStore.LoadAsync(shapes, parsed.GetRequiredValue(s_shapes), cancellation);

        using var store = folder is null ? QuadStore.InMemory() : KgStore.Open(folder);
        using var branch = store.Fork();
        await KgStore.LoadAsync(branch, files, cancellation);
        var options = new ValidationOptions { DataGraph = parsed.GetValue(s_graph) is { } graph ? new Iri(graph) : null, MaxResults = max, CancellationToken = cancellation };
        var report = Validate(shapes, branch, options);
        var prefixes = shapes.Prefixes.Concat(branch.Prefixes).DistinctBy(p => p.Key).ToDictionary();
        if (format is not null)
            KgStore.Write(report.ToQuads(), format, prefixes);
        else if (parsed.GetValue(s_json))
            Console.Out.WriteLine(Json(report));
        else
            Print(report, new TermNames(prefixes));
        return report.Conforms ? ExitCode.Ok : ExitCode.Failed;
    }

    private static ValidationReport Validate(QuadStore shapes, QuadDataset data, ValidationOptions options)
    {
        try
        {
            using var snapshot = shapes.Snapshot();
            return ShapesGraph.Read(snapshot).Validate(data, options);
        }
        catch (ShapesException wrong)
        {
            throw new UsageException(wrong.Message);
        }
        catch (ArgumentException wrong) when (options.DataGraph is not null)
        {
            throw new UsageException($"--graph: {wrong.Message}");
        }
        catch (ValidationLimitException limit)
        {
            throw new HubException(limit.Message, limit);
        }
    }

    private static string Json(ValidationReport report) => JsonSerializer.Serialize(
        new
        {
            report.Conforms,
            Results = report.Results.Select(r => new
            {
                FocusNode = r.FocusNode.ToString(),
                Path = r.Path?.ToString(),
                Value = r.Value?.ToString(),
                SourceShape = r.SourceShape.ToString(),
                Component = r.Component.Value,
                Severity = r.Severity.Value,
                Messages = r.Messages.Select(m => m.Lexical),
            }),
        },
        JsonOutput.Options);

    private static void Print(ValidationReport report, TermNames names)
    {
        if (!report.Conforms)
        {
            var table = new Table().Border(TableBorder.Simple).AddColumns("Severity", "Node", "Path", "Value", "Message");
            foreach (var result in report.Results)
            {
                var severity = result.Severity.Value[(result.Severity.Value.LastIndexOfAny(['#', '/']) + 1)..];
                var path = result.Path is PredicatePath predicate ? names.Of(predicate.Predicate) : result.Path?.ToString() ?? "";
                string[] cells = [severity, names.Of(result.FocusNode), path, result.Value is null ? "" : names.Of(result.Value), string.Join(' ', result.Messages.Select(m => m.Lexical))];
                table.AddRow([.. cells.Select(Markup.Escape)]);
            }

            Terminal.Write(table);
        }

        Console.Error.WriteLine(report.Conforms ? "The data conforms." : string.Create(CultureInfo.InvariantCulture, $"{report.Results.Count:N0} result{(report.Results.Count == 1 ? "" : "s")}."));
    }
}
