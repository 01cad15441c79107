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
            List<SuiteReport> reports = [];
            foreach (var reasoner in parsed.GetValue(reasoners) is { Length: > 0 } chosen ? chosen : NanoSuite.Reasoners)
            {
                var asked = NanoSuite.Questions(reasoner, parsed.GetValue(seed), parsed.GetValue(questions), Families(parsed.GetValue(families)));
                var results = await NanoSuite.RunAsync(client, reasoner, asked, new Counter(reasoner, asked.Count), cancellationToken);
                reports.Add(SuiteReport.Of(reasoner, results));
                foreach (var result in results.Where(r => !r.IsRight).Take(parsed.GetValue(wrong)))
                    await Console.Error.WriteLineAsync($"{reasoner} {result.Episode.Family}{(result.Episode.IsReserved ? " (reserved)" : "")}: {result.Episode.Question} -> {(result.Failure is null ? $"'{result.Answer}'" : result.Failure)}; wanted '{result.Episode.Answer}'");
            }

            if (parsed.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(new { Seed = parsed.GetValue(seed), Reports = reports }, JsonOutput.Options));
            else
                Print(reports);
            return ExitCode.Ok;
        });
        var command = new Command("eval", "Measures models. Example: hub eval nano --questions 100");
        command.Subcommands.Add(nano);
        return command;
    }

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
