using System.Globalization;
using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Reasoners.Tools;

/// <summary>Calls tools over a run: attempts, waits between them, and words for failures.</summary>
internal static class ToolCalls
{
    /// <summary>The longest wait between two attempts, in seconds.</summary>
    private const int MaxWaitSeconds = 64;

    /// <summary>Calls a tool until it succeeds or the attempts are spent; 2, 4, 8… seconds lie between attempts.</summary>
    /// <param name="run">The scope that calls.</param>
    /// <param name="tool">The tool; it is bound to that scope.</param>
    /// <param name="arguments">Arguments by name.</param>
    /// <param name="attempts">The most attempts, at least 1.</param>
    public static async Task<ToolOutcome> CallAsync(IRun run, AIFunction tool, IDictionary<string, object?> arguments, int attempts)
    {
        var bound = run.Bind(tool);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return Outcome(tool.Name, await bound.InvokeAsync(new AIFunctionArguments(arguments), run.Cancelled));
            }
            catch (Exception fault) when (IsFailure(fault))
            {
                if (attempt == attempts)
                    return ToolOutcome.Words(Describe(tool.Name, fault, attempts), fault);
            }

            await run.DelayAsync(TimeSpan.FromSeconds(attempt < 6 ? 1 << attempt : MaxWaitSeconds));
        }
    }

    /// <summary>Failures of a tool, or of an agent used as one. Everything else (a spent budget, a cancelled or suspended run) ends the run.</summary>
    private static bool IsFailure(Exception fault) => fault is EffectFailedException or ReasonerGaveUpException or ArgumentException;

    private static string Describe(string tool, Exception fault, int attempts) => attempts == 1
        ? $"The tool '{tool}' failed: {fault.Message}"
        : string.Create(CultureInfo.InvariantCulture, $"The tool '{tool}' failed {attempts} times, at last with: {fault.Message}");

    private static ToolOutcome Outcome(string tool, object? result)
    {
        var text = RunTools.ResultText(result);
        return text.Length == 0
            ? ToolOutcome.Words($"The tool '{tool}' returned nothing.")
            : new ToolOutcome(text, result as JsonElement? ?? JsonSerializer.SerializeToElement(result, HubJson.Options));
    }
}
