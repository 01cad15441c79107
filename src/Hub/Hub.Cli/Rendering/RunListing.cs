using System.Globalization;
using System.Text.Json;
using Hub.Abstractions;
using Spectre.Console;

namespace Hub.Cli.Rendering;

/// <summary>Runs and events as tables, trees and JSON.</summary>
internal static class RunListing
{
    public static void Print(IReadOnlyList<RunRecord> runs, bool json)
    {
        if (json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(runs, JsonOutput.Options));
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("Run", "Status", "Started", "Reasoner", "Events", "Question");
        foreach (var run in runs)
        {
            table.AddRow(
                run.Header.RunId, Name(run.Status), Time(run.Header.Started), Markup.Escape(run.Header.Reasoner),
                run.Events.ToString(CultureInfo.InvariantCulture), Markup.Escape(run.Question));
        }

        Terminal.Write(table);
    }

    public static void Show(RunRecord run, IReadOnlyList<RunEvent> events, bool tree, bool json)
    {
        if (json)
        {
            var nodes = events.Select(e =>
            {
                var node = JsonSerializer.SerializeToNode(e, JsonOutput.Options)!.AsObject();
                node["summary"] = e.Summary;
                node["chain_hash"] = e.ChainHash;
                return node;
            });
            Console.Out.WriteLine(JsonSerializer.Serialize(new { run.Header, run.Status, Events = nodes }, JsonOutput.Options));
            return;
        }

        Console.Out.WriteLine($"Run {run.Header.RunId}  {Name(run.Status)}  {run.Header.Reasoner}  {Time(run.Header.Started)}  {run.Question}");
        if (tree)
            Terminal.Write(RunTree.Build(run, events));
        else
            Terminal.Write(Table(events));
    }

    public static void Done(bool json, string what, IReadOnlyList<string> runs) => Console.Out.WriteLine(json
        ? JsonSerializer.Serialize(new { Done = what, Runs = runs }, JsonOutput.Options)
        : runs.Count == 1 ? $"{what} {runs[0]}" : $"{what} {runs.Count} runs");

    public static string Name(RunStatus status) => JsonSerializer.Serialize(status, JsonOutput.Options).Trim('"');

    private static Table Table(IReadOnlyList<RunEvent> events)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("#", "Effect", "Event", "Name", "ms", "Tokens", "Summary");
        foreach (var e in events)
        {
            table.AddRow(
                e.Sequence.ToString(CultureInfo.InvariantCulture), Markup.Escape(e.Id), JsonSerializer.Serialize(e.Kind, JsonOutput.Options).Trim('"'), Markup.Escape(e.Name),
                Duration(e), e.Usage?.TotalTokens?.ToString(CultureInfo.InvariantCulture) ?? "", Markup.Escape(e.Summary));
        }

        return table;
    }

    internal static string Duration(RunEvent e) =>
        e.StartTime is { } start ? (e.Time - start).TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture) : "";

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
