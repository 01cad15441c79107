using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Hub.Abstractions;
using Hub.Cli.Commands.Knowledge;
using Hub.Cli.Rendering;
using Hub.Core;
using global::Knowledge.Memory;
using global::Knowledge.Rdf;
using global::Knowledge.Store;
using Spectre.Console;

namespace Hub.Cli.Commands.Memory;

/// <summary><c>hub memory</c>: what agents remember, from a terminal.</summary>
internal static class MemoryCommand
{
    public static Command Create()
    {
        var command = new Command("memory", """
            Writes, recalls, purges and explains what agents remember: facts with sources, times and confidence. No model is needed.

            Examples:
              hub memory write --store mind.db --schema family.ttl --source run7 "Bea moved to Oslo in May 2024."
              hub memory recall --store mind.db --schema family.ttl "Where does Bea live?" --evidence
              hub memory history --store mind.db --schema family.ttl "Where does Bea live?"
              hub memory purge --store mind.db --source run7
            """);
        command.Subcommands.Add(Write());
        command.Subcommands.Add(Recall());
        command.Subcommands.Add(History());
        command.Subcommands.Add(Purge());
        return command;
    }

    private static Command Write()
    {
        var text = new Argument<string?>("text") { Description = "What was said.", Arity = ArgumentArity.ZeroOrOne };
        var file = new Option<string?>("--file", "-f") { Description = "A file of which each line is a turn; - reads standard input." };
        var facts = new Option<string?>("--facts") { Description = "A JSON file of facts: an array of objects with subject, predicate, object and optionally from, to, confidence, change." };
        var source = new Option<string>("--source") { Description = "Who said it, as it can be purged later.", Required = true };
        var speaker = new Option<string?>("--speaker") { Description = "Whom 'I' means." };
        var at = new Option<string?>("--at") { Description = "When it was said, as 2024-05-01; what 'yesterday' counts from. [default: now]" };
        var trust = new Option<double>("--trust") { Description = "How far the source is believed, 0 to 1.", DefaultValueFactory = _ => 1 };
        var (folder, schema, json) = Shared();
        var command = new Command("write", "Keeps what was said, with the facts that the schema's words find in it. Example: hub memory write --store mind.db --schema family.ttl --source run7 \"Bea moved to Oslo in May 2024.\"");
        command.Arguments.Add(text);
        foreach (var option in (Option[])[file, facts, source, speaker, at, trust, folder, schema, json])
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => RunAsync(async () =>
        {
            var who = new MemorySource
            {
                Id = parsed.GetRequiredValue(source),
                Speaker = parsed.GetValue(speaker),
                At = KgStore.AsOf(parsed.GetValue(at), null).Valid,
                Trust = parsed.GetValue(trust),
            };
            using var store = QuadStore.Open(parsed.GetRequiredValue(folder));
            using var memory = Memory(store, parsed.GetValue(schema), null);
            if (parsed.GetValue(facts) is { } path)
            {
                Say(await memory.WriteJsonAsync(who, Read(path), cancellation), parsed.GetValue(json));
                return ExitCode.Ok;
            }

            string[] turns = parsed.GetValue(file) is { } lines ? Read(lines).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                : [parsed.GetValue(text) ?? throw new UsageException("Give what was said as an argument, or with --file or --facts.")];
            await WriteAsync(memory, who, turns, parsed.GetValue(json), cancellation);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command Recall()
    {
        var question = new Argument<string>("question") { Description = "In words." };
        var evidence = new Option<bool>("--evidence") { Description = "Shows claims, proofs and contradictions of each fact." };
        var facts = new Option<int>("--max-facts") { Description = "Most facts.", DefaultValueFactory = _ => 10 };
        var turns = new Option<int>("--max-turns") { Description = "Most turns.", DefaultValueFactory = _ => 5 };
        var (valid, known) = (KgStore.Valid(), KgStore.Known());
        var (folder, schema, json) = Shared();
        var command = new Command("recall", "Finds what is known about a question, now or as it was known at another time. Example: hub memory recall --store mind.db --schema family.ttl \"Where does Bea live?\" --known 2024-01-01");
        command.Arguments.Add(question);
        foreach (var option in (Option[])[evidence, facts, turns, valid, known, folder, schema, json])
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => RunAsync(async () =>
        {
            using var store = KgStore.Open(parsed.GetRequiredValue(folder), "hub memory write --source SOURCE TEXT");
            using var memory = Memory(store, parsed.GetValue(schema), null);
            var recall = await memory.RecallAsync(parsed.GetRequiredValue(question), new RecallOptions
            {
                MaxFacts = parsed.GetValue(facts),
                MaxTurns = parsed.GetValue(turns),
                AsOf = KgStore.AsOf(parsed.GetValue(valid), parsed.GetValue(known)),
            }, cancellation);
            Console.Out.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(Plain(recall), JsonOutput.Options)
                : recall.IsEmpty ? "Nothing is known about it."
                : parsed.GetValue(evidence) ? recall.Evidence : recall.Text);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command History()
    {
        var question = new Argument<string>("question") { Description = "In words; the histories of the facts that it recalls are shown." };
        var (folder, schema, json) = Shared();
        var command = new Command("history", "Shows who claimed the facts around a question, when that was known, what was taken back and what contradicts it. Example: hub memory history --store mind.db \"Where does Bea live?\"");
        command.Arguments.Add(question);
        foreach (var option in (Option[])[folder, schema, json])
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => RunAsync(async () =>
        {
            using var store = KgStore.Open(parsed.GetRequiredValue(folder), "hub memory write --source SOURCE TEXT");
            using var memory = Memory(store, parsed.GetValue(schema), null);
            var recall = await memory.RecallAsync(parsed.GetRequiredValue(question), new RecallOptions { MaxTurns = 0 }, cancellation);
            var triples = recall.Facts.Select(f => f.Triple).Concat(recall.Facts.SelectMany(f => f.Contradictions).Select(c => c.Other.Triple)).Distinct();
            var histories = triples.SelectMany(memory.History).ToList();
            if (parsed.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(histories.Select(h => new { Claim = h.Claim.ToString(), h.KnownFrom, h.KnownTo }), JsonOutput.Options));
            else if (histories.Count == 0)
                Console.Out.WriteLine("Nothing is known about it.");
            else
                foreach (var h in histories)
                    Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{h.KnownFrom:yyyy-MM-dd HH:mm} to {(h.KnownTo is { } to ? $"{to:yyyy-MM-dd HH:mm}" : "now")}: {h.Claim}"));
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command Purge()
    {
        var source = new Option<string>("--source") { Description = "The source, as it was written.", Required = true };
        var log = new Option<string?>("--run-log") { Description = "A run log, of which the payloads of the run of that id are erased too." };
        var (folder, schema, json) = Shared();
        var command = new Command("purge", "Erases a source: what it claimed, what followed only from it, their past and, in a run log, its payloads; then compacts, and prints the certificate. Example: hub memory purge --store mind.db --source run7");
        foreach (var option in (Option[])[source, log, folder, schema, json])
            command.Options.Add(option);
        command.SetAction((parsed, cancellation) => RunAsync(async () =>
        {
            await using var runs = parsed.GetValue(log) is { } path ? new SqliteRunStore(new SqliteRunStoreOptions { Path = File.Exists(path) ? path : throw new UsageException($"There is no run log '{path}'. Nothing was purged; leave --run-log out where the source is no run of it.") }) : null;
            using var store = KgStore.Open(parsed.GetRequiredValue(folder), "hub memory write --source SOURCE TEXT");
            using var memory = Memory(store, parsed.GetValue(schema), runs);
            var certificate = await memory.PurgeAsync(parsed.GetRequiredValue(source), cancellation);
            Console.Out.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(certificate, JsonOutput.Options)
                : string.Create(CultureInfo.InvariantCulture, $"""
                    Purged: {certificate.Claims:N0} claims, {certificate.Turns:N0} turns, {certificate.Facts:N0} facts that nobody else claims, {certificate.Payloads:N0} payloads of the run log.
                    Others before {certificate.OthersBefore}
                    Others after  {certificate.OthersAfter}
                    Facts held     {certificate.FactsAfter}
                    Facts computed {certificate.FactsComputed}
                    {(certificate is { IsProven: true, Claims: 0, Turns: 0, Payloads: 0 } ? "Nothing of that source was there." : certificate.IsProven ? "Proven: all that depended on the source is gone, and nothing else." : "NOT PROVEN: the hashes differ.")}
                    """));
            return certificate.IsProven ? ExitCode.Ok : ExitCode.Failed;
        }));
        return command;
    }

    private static (Option<string> Folder, Option<string?> Schema, Option<bool> Json) Shared() => (
        KgStore.Folder(),
        new Option<string?>("--schema") { Description = "A file that declares properties and their words, in Turtle. [default: the one that the memory was written with]" },
        new Option<bool>("--json") { Description = "Prints JSON." });

    private static GraphMemory Memory(QuadStore store, string? schema, IRunStore? runs)
    {
        if (schema is not null && !File.Exists(schema))
            throw new UsageException($"There is no schema '{schema}'.");
        var declared = schema is null ? MemorySchema.Empty : MemorySchema.From(Dataset.Load(schema));
        return new GraphMemory(store, new RuleExtractor(), new GraphMemoryOptions { Schema = declared, Runs = runs });
    }

    private static async Task WriteAsync(GraphMemory memory, MemorySource source, string[] turns, bool json, CancellationToken cancellation)
    {
        if (turns.Length == 1 || Console.IsErrorRedirected)
        {
            foreach (var turn in turns)
                Say(await memory.WriteAsync(source, turn, cancellation), json);
            return;
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await console.Progress().Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn()).StartAsync(async context =>
        {
            var task = context.AddTask("turns", maxValue: turns.Length);
            foreach (var turn in turns)
            {
                Say(await memory.WriteAsync(source, turn, cancellation), json);
                task.Increment(1);
            }
        });
    }

    private static void Say(MemoryWrite write, bool json)
    {
        if (json)
        {
            var plain = new { Claims = write.Claims.Select(c => c.ToString()), Contradictions = write.Contradictions.Select(c => c.ToString()) };
            Console.Out.WriteLine(JsonSerializer.Serialize(plain, JsonOutput.Options));
            return;
        }

        foreach (var claim in write.Claims.Where(c => !c.Predicate.Value.EndsWith("#label", StringComparison.Ordinal)))
            Console.Out.WriteLine(claim);
        foreach (var contradiction in write.Contradictions)
            Console.Out.WriteLine($"Contradiction: {contradiction}");
        if (write.Claims.Count == 0)
            Console.Out.WriteLine("Kept; no fact was found in it.");
    }

    private static object Plain(Recall recall) => new
    {
        recall.Question,
        Facts = recall.Facts.Select(f => new
        {
            f.Text,
            Triple = f.Triple.ToString(),
            f.Score,
            f.Confidence,
            Claims = f.Claims.Select(c => c.ToString()),
            f.Proof,
            Contradictions = f.Contradictions.Select(c => c.ToString()),
        }),
        Turns = recall.Turns.Select(t => new { t.Source, t.Name, t.Speaker, t.At, t.Text, t.Score }),
        recall.Purged,
    };

    private static string Read(string path) => path == "-" ? Console.In.ReadToEnd() : File.Exists(path) ? File.ReadAllText(path) : throw new UsageException($"There is no file '{path}'.");

    private static Task<int> RunAsync(Func<Task<int>> action) => KgStore.RunAsync(async () =>
    {
        try
        {
            return await action();
        }
        catch (MemoryFormatException wrong)
        {
            throw new UsageException(wrong.Message);
        }
        catch (Exception failure) when (failure is MemoryLimitException or ArgumentException)
        {
            throw new HubException(failure.Message, failure);
        }
    });
}
