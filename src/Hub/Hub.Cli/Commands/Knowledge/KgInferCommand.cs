using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Hub.Cli.Rendering;
using global::Knowledge.Rdf;
using global::Knowledge.Rules;
using global::Knowledge.Store;
using Spectre.Console;

namespace Hub.Cli.Commands.Knowledge;

/// <summary><c>hub kg infer</c>: what follows from files or a store by rules.</summary>
internal static class KgInferCommand
{
    private static readonly Argument<string[]> s_files = new("files") { Description = "Files of facts; their names tell the format.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string[]> s_rules = KgLayers.Rules();
    private static readonly Option<RuleMode> s_mode = KgLayers.Mode();
    private static readonly Option<string?> s_store = new("--store", "-s") { Description = "Folder of a store whose facts are taken; it is not changed." };
    private static readonly Option<string?> s_output = new("--output", "-o") { Description = "File to write all facts to, given and inferred; its name tells the format." };
    private static readonly Option<bool> s_stats = new("--stats") { Description = "Prints what was inferred, by predicate, and how long it took." };
    private static readonly Option<bool> s_json = new("--json") { Description = "Prints JSON." };

    // Nobody asks for proofs here, and nothing changes. Statistics tell how changes would be followed, so they infer as a graph does that follows them.
    private static readonly ForwardOptions s_once = new() { KeepDerivations = false };

    public static Command Create()
    {
        var command = new Command("infer", """
            Infers what follows from facts by rules in Jena's language. The last line says how many triples there are, and how many of them are inferred.

            Examples:
              hub kg infer --rules family.rules family.ttl
              hub kg infer --rules family.rules --store family.db --stats
              hub kg infer --rules family.rules --store family.db --output all.ttl
              hub kg infer --rules rdfs --rules direct classes.ttl
            """);
        command.Arguments.Add(s_files);
        foreach (var option in (Option[])[s_rules, s_mode, s_store, s_output, s_stats, s_json])
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => KgStore.RunAsync(() => RunAsync(parsed, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var files = parsed.GetValue(s_files) ?? [];
        if (files.FirstOrDefault(f => !File.Exists(f)) is { } missing)
            throw new UsageException($"There is no file '{missing}'.");
        if (files.Length == 0 && parsed.GetValue(s_store) is null)
            throw new UsageException("There are no facts: name files, or a store with --store.");
        using var store = parsed.GetValue(s_store) is { } folder ? KgStore.Open(folder) : QuadStore.InMemory();
        using var facts = store.Fork(); // files join the store's facts here alone
        foreach (var file in files)
            await KgLoadCommand.LoadAsync(facts, file, cancellation);
        var clock = Stopwatch.StartNew();
        var rules = parsed.GetRequiredValue(s_rules).Select(r => KgRules.Read(r, facts.Prefixes)).ToList();
        using var layers = Infer(() => new KgLayers(facts, rules, parsed.GetValue(s_mode), parsed.GetValue(s_stats) ? null : s_once));
        return Tell(parsed, facts, layers, clock);
    }

    private static int Tell(ParseResult parsed, QuadDataset facts, KgLayers layers, Stopwatch clock)
    {
        var (graph, triples, inferred) = (layers.Top, layers.Top.Count, layers.All.Sum(g => g.InferredCount));
        var time = clock.Elapsed;
        if (parsed.GetValue(s_output) is { } path)
            Write(graph, path);
        if (parsed.GetValue(s_json))
            Console.Out.WriteLine(JsonSerializer.Serialize(new
            {
                Triples = triples,
                Inferred = inferred,
                Seconds = time.TotalSeconds,
                Predicates = parsed.GetValue(s_stats) ? Counts(graph, facts) : null,
            }, JsonOutput.Options));
        else
        {
            if (parsed.GetValue(s_stats))
                Say(layers, facts, time);
            Console.Out.WriteLine($"{Number(triples)} triples, {Number(inferred)} inferred");
        }

        return ExitCode.Ok;
    }

    /// <summary>Shows that something goes on meanwhile.</summary>
    private static KgLayers Infer(Func<KgLayers> infer)
    {
        if (Console.IsErrorRedirected)
            return infer();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Status().Start("inferring", _ => infer());
    }

    private static void Say(KgLayers layers, QuadDataset facts, TimeSpan time)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("predicate").AddColumn(new TableColumn("triples").RightAligned()).AddColumn(new TableColumn("inferred").RightAligned());
        foreach (var (predicate, triples, inferred) in Counts(layers.Top, facts))
            table.AddRow(Markup.Escape(predicate), Number(triples), Number(inferred));
        Terminal.Write(table);
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"inferred in {time.TotalSeconds:0.000} s; {string.Join("; ", layers.All.Select(Following))}"));
    }

    /// <summary>What a change would cost, in words.</summary>
    private static string Following(IInferredGraph graph) => graph switch
    {
        InferredGraph { IsIncremental: true } => "changes are followed one by one",
        InferredGraph forward when forward.RulesRunAnew < forward.Rules.Rules.Length => $"of {forward.Rules.Rules.Length} rules {forward.RulesRunAnew} are run anew by changes that reach them",
        InferredGraph => "changes that reach them run all rules anew",
        _ => "rules are asked for each answer",
    };

    private static List<PredicateRow> Counts(IInferredGraph graph, QuadDataset facts)
    {
        using var all = graph.Snapshot();
        using var given = facts.Snapshot();
        var before = given.Predicates(TermId.None).ToDictionary(p => p.Predicate, p => p.Triples);
        return [.. all.Predicates(TermId.None).OrderByDescending(p => p.Triples)
            .Select(p => new PredicateRow(KgRules.Text(all, p.Predicate), p.Triples, p.Triples - before.GetValueOrDefault(p.Predicate)))];
    }

    private static void Write(IInferredGraph graph, string path)
    {
        if (!RdfFormat.TryByFileName(path, out var format))
            throw new UsageException($"The name of '{path}' tells no format. It needs one of the endings {string.Join(", ", RdfFormat.All.Select(f => f.Extensions[0]))}.");
        using var snapshot = graph.Snapshot();
        using var file = File.Create(path);
        using var writer = format.CreateWriter(file);
        foreach (var (prefix, iri) in graph.Prefixes)
            writer.Prefix(prefix, iri);
        foreach (var counts in snapshot.Predicates(TermId.None))
        {
            using var cursor = snapshot.Pairs(TermId.None, counts.Predicate, PairOrder.SubjectObject);
            for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
                foreach (var pair in block)
                    writer.Write(new Quad(KgRules.Term(snapshot, PackedPair.First(pair)), KgRules.Term(snapshot, counts.Predicate), KgRules.Term(snapshot, PackedPair.Second(pair))));
        }
    }

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private sealed record PredicateRow(string Predicate, long Triples, long Inferred);
}
