using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Hub.Cli.Rendering;
using global::Knowledge.Rdf;
using global::Knowledge.Store;
using Spectre.Console;

namespace Hub.Cli.Commands.Knowledge;

/// <summary><c>hub kg stats</c>, <c>backup</c> and <c>compact</c>.</summary>
internal static class KgStoreCommands
{
    private const int MaxPredicates = 1000;

    /// <summary><c>hub kg stats</c>.</summary>
    public static Command Stats()
    {
        var folder = KgStore.Folder();
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var command = new Command("stats", "Counts what a store has, predicate by predicate. Example: hub kg stats --store family.db");
        command.Options.Add(folder);
        command.Options.Add(json);
        command.SetAction((parsed, _) => KgStore.RunAsync(() =>
        {
            using var store = KgStore.Open(parsed.GetRequiredValue(folder));
            var statistics = store.Statistics();
            var predicates = Predicates(store);
            if (parsed.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(new { Store = statistics, Predicates = predicates }, JsonOutput.Options));
            else
                Print(statistics, predicates);
            return Task.FromResult(ExitCode.Ok);
        }));
        return command;
    }

    /// <summary><c>hub kg backup</c>.</summary>
    public static Command Backup()
    {
        var folder = KgStore.Folder();
        var target = new Argument<string>("target") { Description = "A folder that is empty, or not there." };
        var command = new Command("backup", "Copies a store, whole and compacted, into another folder. Example: hub kg backup --store family.db backups/family");
        command.Arguments.Add(target);
        command.Options.Add(folder);
        command.SetAction((parsed, _) => KgStore.RunAsync(() =>
        {
            using var store = KgStore.Open(parsed.GetRequiredValue(folder));
            store.Backup(parsed.GetRequiredValue(target));
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{store.Count:N0} quads are in {parsed.GetRequiredValue(target)}."));
            return Task.FromResult(ExitCode.Ok);
        }));
        return command;
    }

    /// <summary><c>hub kg compact</c>.</summary>
    public static Command Compact()
    {
        var folder = KgStore.Folder();
        var forget = new Option<string?>("--forget-before") { Description = "Forgets what was believed before this time, so that retracted quads leave the files. [default: nothing is forgotten]" };
        var command = new Command("compact", "Writes a store's columns anew and empties its log. Example: hub kg compact --store family.db --forget-before 2024-01-01");
        command.Options.Add(folder);
        command.Options.Add(forget);
        command.SetAction((parsed, _) => KgStore.RunAsync(() =>
        {
            using var store = KgStore.Open(parsed.GetRequiredValue(folder));
            var before = KgStore.AsOf(null, parsed.GetValue(forget)).Known;
            store.Compact(before);
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{store.Count:N0} quads, compacted."));
            return Task.FromResult(ExitCode.Ok);
        }));
        return command;
    }

    private static List<PredicateRow> Predicates(QuadStore store)
    {
        using var snapshot = store.Snapshot();
        var text = new System.Buffers.ArrayBufferWriter<byte>();
        List<PredicateRow> rows = [];
        foreach (var counts in snapshot.Predicates(TermId.None).OrderByDescending(p => p.Triples).Take(MaxPredicates))
        {
            text.ResetWrittenCount();
            snapshot.Terms.Write(counts.Predicate, text);
            rows.Add(new PredicateRow(((Iri)TermText.Parse(text.WrittenSpan)).Value, counts.Triples, counts.Subjects, counts.Objects));
        }

        return rows;
    }

    private static void Print(StoreStatistics store, List<PredicateRow> predicates)
    {
        static string N(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
        Console.Out.WriteLine($"{N(store.Quads)} quads in the default graph and {N(store.NamedGraphs)} named ones, {N(store.Predicates)} predicates, {N(store.Terms)} terms (version {store.Version})");
        Console.Out.WriteLine($"{N(store.ColumnBytes)} bytes of columns, {N(store.TermBytes)} of terms, {N(store.LogBytes)} of log; {N(store.TimedQuads)} quads have valid times");
        var table = new Table().Border(TableBorder.Simple).AddColumn("Predicate").AddColumn("Triples", c => c.RightAligned()).AddColumn("Subjects", c => c.RightAligned()).AddColumn("Objects", c => c.RightAligned());
        foreach (var row in predicates)
            table.AddRow(Markup.Escape(row.Predicate), N(row.Triples), N(row.Subjects), N(row.Objects));
        Terminal.Write(table);
    }

    private sealed record PredicateRow(string Predicate, long Triples, long Subjects, long Objects);
}
