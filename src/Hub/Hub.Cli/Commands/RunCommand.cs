using System.CommandLine;
using Hub.Hosting;

namespace Hub.Cli.Commands;

/// <summary><c>hub run</c>: a workflow file on one question.</summary>
internal static class RunCommand
{
    private const int MaxInputBytes = 4 << 20;

    public static Command Create()
    {
        var file = RunOptionsSet.File();
        var input = new Option<string>("--input", "-i") { Description = "The question in words." };
        var inputFile = new Option<string>("--input_file", "--input-file") { Description = "A file that holds the question; '-' for standard input." };
        var options = new RunOptionsSet();
        var command = new Command("run", """
            Runs a workflow file of the toolkit on one question.
            Thoughts, actions and observations are printed as they happen; the answer alone is the last line.

            Examples:
              hub run --config_file samples/workflows/calculator.yml --input "What is 14 times 27?"
              hub run --config_file simple_calculator.yml --llm hub-nano --input "What is half of 90?"
              hub run --config_file flow.yml --llm openai:gpt-4.1 --input_file question.txt --json
            """);
        command.Options.Add(file);
        command.Options.Add(input);
        command.Options.Add(inputFile);
        options.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            var question = await QuestionAsync(parsed.GetValue(input), parsed.GetValue(inputFile));
            await using var hub = await HubHost.FromWorkflowAsync(parsed.GetRequiredValue(file), options.HubOptions(parsed));
            return await RunConsole.RunAsync(hub, question, options.RunOptions(parsed), Rendering.Output.Of(parsed, options));
        });
        return command;
    }

    private static async Task<string> QuestionAsync(string? input, string? inputFile)
    {
        if ((input is null) == (inputFile is null))
            throw new UsageException("Give the question with --input TEXT or --input_file FILE, one of the two.");
        if (input is not null)
            return input;
        if (inputFile == "-")
            return (await Console.In.ReadToEndAsync()).Trim();
        if (!File.Exists(inputFile))
            throw new UsageException($"There is no file '{inputFile}'. --input_file needs a text file that holds the question.");
        if (new FileInfo(inputFile).Length > MaxInputBytes)
            throw new UsageException($"'{inputFile}' has {new FileInfo(inputFile).Length:N0} bytes; a question may have {MaxInputBytes:N0}.");
        return (await File.ReadAllTextAsync(inputFile)).Trim();
    }
}
