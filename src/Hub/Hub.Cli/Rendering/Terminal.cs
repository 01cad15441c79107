using Spectre.Console;
using Spectre.Console.Rendering;

namespace Hub.Cli.Rendering;

/// <summary>Tables and trees on standard output.</summary>
internal static class Terminal
{
    // A pipe has no width of its own: lines are not folded there.
    private const int PipeWidth = 1000;

    /// <summary>Writes to wherever standard output goes now.</summary>
    public static void Write(IRenderable what)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        if (Console.IsOutputRedirected)
            console.Profile.Width = PipeWidth;
        console.Write(what);
    }
}
