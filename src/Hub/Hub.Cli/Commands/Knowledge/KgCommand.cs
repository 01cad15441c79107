using System.CommandLine;

namespace Hub.Cli.Commands.Knowledge;

/// <summary><c>hub kg</c>: stores of RDF quads.</summary>
internal static class KgCommand
{
    public static Command Create()
    {
        var command = new Command("kg", """
            Loads, asks, changes and keeps knowledge graphs: RDF in a folder, SPARQL over it.

            Examples:
              hub kg load family.ttl --store family.db
              hub kg query --store family.db 'SELECT ?p { :ada :parent ?p }'
              hub kg update --store family.db 'INSERT DATA { :ada :parent :dan }'
              hub kg infer --store family.db --rules family.rules
              hub kg serve --store family.db
            """);
        command.Subcommands.Add(KgLoadCommand.Create());
        command.Subcommands.Add(KgDumpCommand.Create());
        command.Subcommands.Add(KgQueryCommand.Create());
        command.Subcommands.Add(KgUpdateCommand.Create());
        command.Subcommands.Add(KgInferCommand.Create());
        command.Subcommands.Add(KgExplainCommand.Create());
        command.Subcommands.Add(KgValidateCommand.Create());
        command.Subcommands.Add(KgStoreCommands.Stats());
        command.Subcommands.Add(KgStoreCommands.Backup());
        command.Subcommands.Add(KgStoreCommands.Compact());
        command.Subcommands.Add(KgServeCommand.Create());
        return command;
    }
}
