using System.CommandLine;
using System.Text.Json;
using Hub.Cli.Rendering;
using Hub.Hosting;

namespace Hub.Cli.Commands;

/// <summary><c>hub validate</c>: every mistake of a workflow file at once.</summary>
internal static class ValidateCommand
{
    public static Command Create()
    {
        var file = RunOptionsSet.File();
        var json = new Option<bool>("--json") { Description = "Prints JSON." };
        var llm = new Option<string>("--llm") { Description = "Replaces every model of the file, as hub run does." };
        var plugins = PluginsCommand.Folder();
        var command = new Command("validate", """
            Checks a workflow file: every mistake at once, with line, key and cure. Exit code 2 where there is one.

            Example: hub validate --config_file samples/workflows/calculator.yml
            """);
        command.Options.Add(file);
        command.Options.Add(llm);
        command.Options.Add(plugins);
        command.Options.Add(json);
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(file);
            var report = HubHost.Validate(path, new WorkflowHubOptions { Llm = parsed.GetValue(llm), Plugins = PluginsCommand.Host(parsed.GetValue(plugins)) });
            if (parsed.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(new { File = path, report.Mistakes, report.Warnings, report.Missing }, JsonOutput.Options));
            else
                Print(path, report);
            return report.Mistakes.Count == 0 ? ExitCode.Ok : ExitCode.Usage;
        });
        return command;
    }

    private static void Print(string path, WorkflowReport report)
    {
        foreach (var warning in report.Warnings)
            Console.Error.WriteLine($"warning: {warning}");
        foreach (var mistake in report.Mistakes)
            Console.Error.WriteLine(mistake);
        Console.Out.WriteLine(report.Mistakes.Count == 0 ? $"{path} is valid." : $"{path} has {report.Mistakes.Count} mistake{(report.Mistakes.Count == 1 ? "" : "s")}.");
    }
}
