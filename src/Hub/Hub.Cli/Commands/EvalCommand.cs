using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Hub.Cli.Rendering;
using Hub.Hosting;
using Hub.Nano.Suite;
using Hub.Nano.Tasks;
using Microsoft.Extensions.AI;
using Spectre.Console;

namespace Hub.Cli.Commands;

/// <summary><c>hub eval</c>: the built-in model's suite through the real reasoners and tools.</summary>
internal static class EvalCommand
{
    public static Command Create()
    {
        var model = new Option<string>("--model") { Description = "Model folder. [default: the built-in hub-nano]" };
        var reasoners = new Option<string[]>("--reasoner") { Description = "react_agent, tool_calling_agent or rewoo_agent; repeatable. [default: all]" };
        var families = new Option<string[]>("--family") { Description = "arithmetic, two_step, comparison, date, refusal, lookup or two_hop; repeatable. [default: the first five]" };
        var questions = new Option<int>("--questions") { Description = "Questions for each reasoner.", DefaultValueFactory = _ => 500 };
        var seed = new Option<ulong>("--seed") { Description = "Seed of the questions; the default is the held-out one.", DefaultValueFactory = _ => NanoSuite.HeldOutSeed };
        var wrong = new Option<int>("--show-wrong") { Description = "Shows this many wrong answers of each reasoner." };
        var shuffled = new Option<ulong?>("--shuffled-weights") { Description = "A negative control: the weights are shuffled with this seed." };
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var nano = new Command("nano", "Asks held-out questions through the real reasoners and tools; accuracy per family, seen and reserved wordings apart, with 95 % intervals. Example: hub eval nano --reasoner react_agent --questions 100");
        foreach (var option in (Option[])[model, reasoners, families, questions, seed, wrong, shuffled, json])
            nano.Options.Add(option);
        nano.SetAction(async (parsed, cancellationToken) =>
        {
            using var client = Model(parsed.GetValue(model), parsed.GetValue(shuffled));
            var chosen = parsed.GetValue(reasoners) is { Length: > 0 } some ? some : NanoSuite.Reasoners;
            var what = new Measured(chosen, parsed.GetValue(seed), parsed.GetValue(questions), Families(parsed.GetValue(families)));
            var reports = await MeasureAsync(client, what, parsed.GetValue(wrong), cancellationToken);
            if (parsed.GetValue(json))
                Console.Out.WriteLine(Json(parsed.GetValue(seed), reports));
            else
                Print(reports);
            return ExitCode.Ok;
        });
        var command = new Command("eval", """
            Measures models: accuracy with intervals, as a table, a JSON report and a plot.

            Examples:
              hub eval --config_file eval/suites/nano/eval.yml
              hub eval nano --questions 100
            """);
        command.Subcommands.Add(nano);
        AddFile(command);
        return command;
    }

    private static void AddFile(Command command)
    {
        var file = new Option<string>("--config_file", "--config-file", "-c") { Description = "A workflow file whose 'eval' section names a suite.", Required = true };
        var set = new Option<string[]>("--override")
        {
            Description = "KEY VALUE: sets one key of the file, e.g. --override eval.general.dataset.questions 50. Repeatable.",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = true,
        };
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        foreach (var option in (Option[])[file, set, json])
            command.Options.Add(option);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var asked = EvalFile.Load(parsed.GetRequiredValue(file), RunOptionsSet.Pairs(parsed.GetValue(set) ?? []));
            var (workflow, model) = asked.Build();
            using var components = workflow.Components;
            var reports = await MeasureAsync(model, new Measured(asked.Reasoners, asked.Seed, asked.Questions, asked.Families), 0, cancellationToken);
            Directory.CreateDirectory(asked.Output);
            var text = Json(asked.Seed, reports);
            await File.WriteAllTextAsync(Path.Combine(asked.Output, "report.json"), text + "\n", cancellationToken);
            SuitePlot.Save(reports, Path.Combine(asked.Output, "accuracy.png"), $"{Path.GetFileName(asked.Document.File)}, {asked.Questions} questions each");
            if (parsed.GetValue(json))
                Console.Out.WriteLine(text);
            else
                Print(reports);
            await Console.Error.WriteLineAsync($"Written: {Path.Combine(asked.Output, "report.json")}, {Path.Combine(asked.Output, "accuracy.png")}");
            return ExitCode.Ok;
        });
    }

    private static async Task<List<SuiteReport>> MeasureAsync(IChatClient client, Measured what, int showWrong, CancellationToken cancellationToken)
    {
        List<SuiteReport> reports = [];
        foreach (var reasoner in what.Reasoners)
        {
            var asked = NanoSuite.Questions(reasoner, what.Seed, what.Questions, what.Families);
            var results = await NanoSuite.RunAsync(client, reasoner, asked, new Counter(reasoner, asked.Count), cancellationToken);
            reports.Add(SuiteReport.Of(reasoner, results));
            foreach (var result in results.Where(r => !r.IsRight).Take(showWrong))
            {
                var (episode, said) = (result.Episode, result.Failure ?? $"'{result.Answer}'");
                await Console.Error.WriteLineAsync($"{reasoner} {episode.Family}{(episode.IsReserved ? " (reserved)" : "")}: {episode.Question} -> {said}; wanted '{episode.Answer}'");
            }
        }

        return reports;
    }

    private static string Json(ulong seed, IReadOnlyList<SuiteReport> reports) => JsonSerializer.Serialize(new { Seed = seed, Reports = reports }, JsonOutput.Options);

    private sealed record Measured(IReadOnlyList<string> Reasoners, ulong Seed, int Questions, IReadOnlyList<string>? Families);

    private static IChatClient Model(string? folder, ulong? shuffle)
    {
        if (shuffle is not { } seed)
            return folder is null ? NanoModel.Load() : NanoModel.Load(folder);
        var copy = Directory.CreateTempSubdirectory("hub-shuffled-").FullName;
        try
        {
            ShuffledWeights.Copy(folder ?? NanoModel.FindFolder(), copy, seed);
            return NanoModel.Load(copy, "shuffled");
        }
        finally
        {
            Directory.Delete(copy, recursive: true);
        }
    }

    private static string[]? Families(string[]? named)
    {
        string[] known = [.. EpisodeGenerator.Families, .. EpisodeGenerator.LookupFamilies];
        return named is not { Length: > 0 } ? null
            : named.FirstOrDefault(f => !known.Contains(f)) is { } unknown ? throw new UsageException(new Hub.Abstractions.UnknownNameException("family", unknown, known).Message)
            : named;
    }

    private static void Print(List<SuiteReport> reports)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(["Reasoner", "Wording", "All (95 %)", .. reports[0].Seen.Skip(1).Select(s => s.Family)]);
        foreach (var report in reports)
        {
            foreach (var (wording, shares) in (IEnumerable<(string, IReadOnlyList<SuiteShare>)>)[("seen", report.Seen), ("reserved", report.Reserved)])
                table.AddRow([report.Reasoner, wording, .. shares.Select((s, i) => i == 0 ? Interval(s) : Percent(s))]);
        }

        Terminal.Write(table);
    }

    private static string Percent(SuiteShare share) => share.Count == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * share.Right / share.Count:0.0}");

    private static string Interval(SuiteShare share) => share.Count == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{Percent(share)} ({100 * share.Low:0.0}-{100 * share.High:0.0}) of {share.Count}");

    private sealed class Counter(string reasoner, int count) : IProgress<int>
    {
        public void Report(int value)
        {
            if (!Console.IsErrorRedirected)
                Console.Error.Write($"\r{reasoner} {value}/{count}{(value == count ? "\n" : "")}");
        }
    }
}
