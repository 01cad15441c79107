using System.Globalization;
using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Toolkit.Examples;

/// <summary>Squares a number through another function of the workflow, so that a call stands within a call.</summary>
internal sealed class PowerOfTwo(PowerOfTwoOptions options) : IReasoner
{
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        if (!double.TryParse(request.Question, CultureInfo.InvariantCulture, out var number))
            throw new HubException($"power_of_two got '{request.Question}'; it needs one number.");
        var result = await run.Tool(options.MultiplyFn).InvokeAsync(new AIFunctionArguments { ["numbers"] = new[] { number, number } }, run.Cancelled);
        var text = result is JsonElement { ValueKind: JsonValueKind.Number } value ? PythonText.Of(value.GetDouble()) : RunTools.ResultText(result);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, $"The power of 2 of {PythonText.Of(number)} is {text}."));
    }
}
