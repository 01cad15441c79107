using System.CommandLine;
using Hub.Abstractions;
using Hub.Cli.Commands;

namespace Hub.Cli.Rendering;

/// <summary>How a run is shown.</summary>
internal abstract class Output
{
    /// <summary>JSON, quiet, colours for a terminal, or plain lines for a pipe.</summary>
    public static Output Of(ParseResult parsed, RunOptionsSet options) =>
        parsed.GetValue(options.Json) ? new JsonOutput()
        : parsed.GetValue(options.Quiet) ? new QuietOutput()
        : new StepOutput(styled: !Console.IsOutputRedirected);

    /// <summary>Shows an event.</summary>
    public abstract void Event(RunEvent entry, Func<string, byte[]?> payload);

    /// <summary>Shows the end; the answer alone is the last line on standard output.</summary>
    public virtual void Result(RunResult result)
    {
        if (result.Status == RunStatus.Completed)
            Console.Out.WriteLine(result.Text);
        else
            Console.Error.WriteLine(Explain(result));
    }

    private static string Explain(RunResult result) => result.Status switch
    {
        RunStatus.Suspended when result.Pending is { } pending =>
            $"The run waits: {pending.Text}\nGo on with: hub runs resume {result.RunId} {(pending.Decision ? "--decide" : "--answer")} {pending.EffectId}={(pending.Options.Count > 0 ? string.Join('|', pending.Options) : "TEXT")}",
        RunStatus.Interrupted when result.Failure is { } failure => failure.Message,
        RunStatus.Interrupted => $"Interrupted. Go on with: hub runs resume {result.RunId}",
        RunStatus.Cancelled => $"Run {result.RunId} was cancelled.",
        _ => $"Run {result.RunId} ended without an answer ({result.Failure?.Type}): {result.Failure?.Message}",
    };
}
