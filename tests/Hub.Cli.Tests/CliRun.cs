using System.Diagnostics;
using Hub.Cli;

namespace Hub.Cli.Tests;

/// <summary>One call of the command line, its output captured. Calls take turns: the console is one.</summary>
internal sealed record CliRun(int Code, string Output, string Error)
{
    private static readonly SemaphoreSlim s_console = new(1);

    public string LastLine => Output.TrimEnd('\n').Split('\n')[^1];

    public static Task<CliRun> Of(params string[] args) => Of(new Dictionary<string, string>(), args);

    /// <summary>A call with variables set in its environment.</summary>
    public static async Task<CliRun> Of(IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        await s_console.WaitAsync();
        foreach (var (name, value) in environment)
            Environment.SetEnvironmentVariable(name, value);
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
            foreach (var name in environment.Keys)
                Environment.SetEnvironmentVariable(name, null);
            s_console.Release();
        }
    }

    /// <summary>The command as a process of its own.</summary>
    public static Process Start(IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "hub.dll"), .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
