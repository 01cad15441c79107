using System.CommandLine;
using Hub.Hosting;

namespace Hub.Cli.Commands;

/// <summary><c>hub ask</c>: the built-in workflow on the built-in model.</summary>
internal static class AskCommand
{
    public static Command Create()
    {
        var question = new Argument<string>("question") { Description = "The question in words." };
        var options = new RunOptionsSet();
        var command = new Command("ask", """
            Asks the built-in workflow: a ReAct agent with a calculator and a clock on the built-in model hub-nano.

            Example: hub ask "Is the product of 14 and 27 greater than 300?"
            """);
        command.Arguments.Add(question);
        options.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            await using var hub = await HubHost.BuiltInAsync(options.HubOptions(parsed));
            return await RunConsole.RunAsync(hub, parsed.GetRequiredValue(question), options.RunOptions(parsed), Rendering.Output.Of(parsed, options));
        });
        return command;
    }
}
