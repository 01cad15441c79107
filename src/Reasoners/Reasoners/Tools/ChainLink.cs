using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Reasoners.Tools;

/// <summary>One call of a function with a text that a person, a model or another function wrote.</summary>
internal static class ChainLink
{
    /// <summary>Calls a function; the text goes to its only parameter, or is a JSON object with its parameters.</summary>
    /// <returns>The result as text.</returns>
    /// <exception cref="EffectFailedException">The function failed.</exception>
    /// <exception cref="ArgumentException">The text does not fit its parameters.</exception>
    public static async Task<string> CallAsync(IRun run, AIFunction function, string text) =>
        RunTools.ResultText(await run.Bind(function).InvokeAsync(new AIFunctionArguments(Arguments(function, text)), run.Cancelled));

    /// <summary>Type and message of a failure, as <c>Type: message</c>.</summary>
    public static string Describe(Exception failure) => failure is EffectFailedException effect
        ? $"{effect.Failure.Type}: {effect.Failure.Message}"
        : $"{failure.GetType().Name}: {failure.Message}";

    /// <summary>Failures of a function, or of an agent used as one; everything else ends the run.</summary>
    public static bool IsFailure(Exception fault) => fault is EffectFailedException or ReasonerGaveUpException or ArgumentException or ChainExitException;

    /// <summary>The answer of a chain that a function ended on purpose; null where it failed.</summary>
    public static string? ExitOf(Exception failure) => failure switch
    {
        ChainExitException exit => exit.Message,
        EffectFailedException { Failure: { Type: nameof(ChainExitException) } exit } => exit.Message,
        _ => null,
    };

    private static Dictionary<string, object?> Arguments(AIFunction function, string text)
    {
        var (arguments, fault) = ToolInput.Arguments(function, JsonSerializer.SerializeToElement(text, HubJson.Options));
        if (fault is null)
            return arguments;
        (arguments, fault) = ToolInput.Arguments(function, ToolInput.Parse(text, normalizeQuotes: true));
        return fault is null ? arguments : throw new ArgumentException($"{fault} Found: {AgentAnswers.Excerpt(text)}");
    }
}
