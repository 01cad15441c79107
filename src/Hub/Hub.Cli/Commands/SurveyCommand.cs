using System.CommandLine;
using System.Text.Json;
using Hub.Cli.Rendering;
using Hub.Hosting;
using Spectre.Console;

namespace Hub.Cli.Commands;

/// <summary><c>hub workflow survey</c>: which files of a folder run here, and what the others miss.</summary>
internal static class SurveyCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("folder") { Description = "Folder with workflow files, at any depth." };
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var markdown = new Option<bool>("--markdown") { Description = "Prints a Markdown page, as docs/compatibility.md is one." };
        var plugins = PluginsCommand.Folder();
        var command = new Command("survey", """
            Says of every workflow file below a folder whether it loads, whether it can be built here, and which component types it misses.

            Example: hub workflow survey examples --plugins plugins
            """);
        command.Arguments.Add(folder);
        command.Options.Add(plugins);
        command.Options.Add(json);
        command.Options.Add(markdown);
        command.SetAction(parsed =>
        {
            var survey = WorkflowSurvey.Of(parsed.GetRequiredValue(folder), new WorkflowHubOptions { Plugins = PluginsCommand.Host(parsed.GetValue(plugins)) });
            if (parsed.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(survey.Files.Select(f => new { f.File, f.Loads, f.Builds, f.Report.Missing, f.Report.Mistakes }), JsonOutput.Options));
            else if (parsed.GetValue(markdown))
                Console.Out.Write(survey.ToMarkdown("# Workflow files\n"));
            else
                Print(survey);
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Print(WorkflowSurvey survey)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("file", "loads", "builds", "misses");
        foreach (var file in survey.Files)
            table.AddRow(Markup.Escape(file.File), file.Loads ? "yes" : "no", file.Builds ? "yes" : "no", Markup.Escape(file.Loads ? string.Join(' ', file.Needed.Select(m => m.Type).Distinct()) : file.Report.Mistakes[0].Message));
        AnsiConsole.Write(table);
        Console.Out.WriteLine($"{survey.Files.Count} files: {survey.Files.Count(f => f.Loads)} load, {survey.Files.Count(f => f.Builds)} build.");
    }
}
