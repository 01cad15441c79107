using System.CommandLine;
using Hub.Abstractions;
using Hub.Cli.Commands;

namespace Hub.Cli;

/// <summary>The <c>hub</c> command line.</summary>
internal static class CommandLine
{
    public static RootCommand Build()
    {
        var root = new RootCommand("""
            Hub runs reasoning agents: ReAct, ReWOO and tool calling over any toolkit workflow file.

            Examples:
              hub ask "Is the product of 14 and 27 greater than 300?"
              hub run --config_file samples/workflows/calculator.yml --input "What is 14 times 27?"
              hub runs list
            """);
        root.Subcommands.Add(AskCommand.Create());
        root.Subcommands.Add(RunCommand.Create());
        root.Subcommands.Add(ServeCommand.Create());
        root.Subcommands.Add(McpCommand.Create());
        root.Subcommands.Add(A2ACommand.Create());
        root.Subcommands.Add(ValidateCommand.Create());
        root.Subcommands.Add(RunsCommand.Create());
        root.Subcommands.Add(WorkflowCommand.Create());
        root.Subcommands.Add(InfoCommand.Create());
        root.Subcommands.Add(PluginsCommand.Create());
        root.Subcommands.Add(Commands.Knowledge.KgCommand.Create());
        root.Subcommands.Add(Commands.Memory.MemoryCommand.Create());
        root.Subcommands.Add(TrainCommand.Create());
        root.Subcommands.Add(EvalCommand.Create());
        return root;
    }

    /// <summary>Parses, runs, and turns expected failures into a line on standard error and an exit code.</summary>
    public static async Task<int> InvokeAsync(string[] args)
    {
        var parsed = Build().Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
                await Console.Error.WriteLineAsync(error.Message);
            var name = parsed.CommandResult.Command is RootCommand ? "" : $"{parsed.CommandResult.Command.Name} ";
            await Console.Error.WriteLineAsync($"Try 'hub {name}--help'.");
            return ExitCode.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (HubException failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return failure is UsageException or Hub.Workflows.WorkflowException ? ExitCode.Usage : ExitCode.Failed;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }
}
