using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Workflows.Builtins;

/// <summary>Asks a model once: the conversation after a system prompt.</summary>
/// <param name="options">Model and prompt.</param>
public sealed class ChatCompletionReasoner(ChatCompletionOptions options) : IReasoner
{
    /// <inheritdoc/>
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(request);
        var response = await run.Model(options.Llm).GetResponseAsync([new ChatMessage(ChatRole.System, options.SystemPrompt), .. request.Messages], request.Options);
        await run.EmitAsync(new ChatResponseUpdate(ChatRole.Assistant, response.Text));
        return response;
    }
}
