using System.CommandLine;

namespace Hub.Cli.Commands;

/// <summary><c>hub a2a</c>: the Agent2Agent protocol, from both ends.</summary>
internal static class A2ACommand
{
    public static Command Create()
    {
        var command = new Command("a2a", "Serves a workflow as an agent of the Agent2Agent protocol, or asks such an agent.");
        command.Subcommands.Add(A2AServeCommand.Create());
        command.Subcommands.Add(A2AClientCommand.Create());
        return command;
    }
}
