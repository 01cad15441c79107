using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace McpConformance;

/// <summary>Has a person fill in a form, and answers with what the person said.</summary>
internal sealed class FormReasoner(FormOptions options) : IReasoner
{
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        var said = await run.PromptAsync(new PersonPrompt(Question(request.Question), []) { Form = options.Form });
        return run.Answer($"{options.Prefix}: action=accept, content={said}");
    }

    /// <summary>The call's <c>message</c>, where it was called with arguments rather than asked in words.</summary>
    private string Question(string asked)
    {
        if (!asked.StartsWith('{'))
            return options.Question;
        using var arguments = JsonDocument.Parse(asked);
        return arguments.RootElement.TryGetProperty("message", out var message) ? message.GetString()! : options.Question;
    }
}
