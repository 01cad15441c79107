using System.CommandLine;

namespace Hub.Cli.Commands;

/// <summary><c>hub mcp</c>: the Model Context Protocol, from both ends.</summary>
internal static class McpCommand
{
    public static Command Create()
    {
        var command = new Command("mcp", "Serves a workflow over the Model Context Protocol, or asks a server of it.");
        command.Subcommands.Add(McpServeCommand.Create());
        command.Subcommands.Add(McpClientCommand.Create());
        return command;
    }
}
