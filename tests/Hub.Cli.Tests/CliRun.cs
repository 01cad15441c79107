using Hub.Cli;

namespace Hub.Cli.Tests;

/// <summary>One call of the command line, its output captured. Calls take turns: the console is one.</summary>
internal sealed record CliRun(int Code, string Output, string Error)
{
    private static readonly SemaphoreSlim s_console = new(1);

    public string LastLine => Output.TrimEnd('\n').Split('\n')[^1];

    public static async Task<CliRun> Of(params string[] args)
    {
        await s_console.WaitAsync();
        var (output, error) = (Console.Out, Console.Error);
        using var captured = new StringWriter { NewLine = "\n" };
        using var failed = new StringWriter { NewLine = "\n" };
        try
        {
            Console.SetOut(captured);
            Console.SetError(failed);
            var code = await CommandLine.InvokeAsync(args);
            return new CliRun(code, captured.ToString(), failed.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
            s_console.Release();
        }
    }
}
