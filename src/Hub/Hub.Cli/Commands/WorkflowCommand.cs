using System.CommandLine;

namespace Hub.Cli.Commands;

/// <summary><c>hub workflow</c>: begins a workflow file.</summary>
internal static class WorkflowCommand
{
    private static readonly string[] s_agents = ["react_agent", "rewoo_agent", "tool_calling_agent"];

    public static Command Create()
    {
        var path = new Argument<string>("file") { Description = "The file to write; it must not be there yet." };
        var agent = new Option<string>("--agent") { Description = $"{string.Join(", ", s_agents)}.", DefaultValueFactory = _ => s_agents[0] };
        var create = new Command("new", "Writes a workflow file that runs as it is: an agent with a calculator and a clock on the built-in model. Example: hub workflow new flow.yml --agent rewoo_agent");
        create.Arguments.Add(path);
        create.Options.Add(agent);
        create.SetAction(parsed =>
        {
            var (file, chosen) = (parsed.GetRequiredValue(path), parsed.GetValue(agent)!);
            if (!s_agents.Contains(chosen))
                throw new UsageException($"'{chosen}' is no agent. Known: {string.Join(", ", s_agents)}.");
            if (File.Exists(file))
                throw new UsageException($"'{file}' is there already. Name another file.");
            File.WriteAllText(file, Text(file, chosen));
            Console.Out.WriteLine(file);
            return ExitCode.Ok;
        });
        var command = new Command("workflow", "Begins workflow files, and surveys many. Example: hub workflow new flow.yml");
        command.Subcommands.Add(create);
        command.Subcommands.Add(SurveyCommand.Create());
        return command;
    }

    private static string Text(string file, string agent) => $"""
        # hub run --config_file {file} --input "What is 14 times 27?"
        # Every key of every type: hub info components TYPE

        llms:
          nano:
            _type: hub_local          # the built-in model; another one: {"{"}_type: openai, model_name: gpt-4.1{"}"}
            model: hub-nano

        function_groups:
          calculator:
            _type: calculator

        functions:
          current_datetime:
            _type: current_datetime

        workflow:
          _type: {agent}
          llm_name: nano
          tool_names: [calculator, current_datetime]

        """;
}
