using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Workflows.Builtins;

/// <summary>Asks a model for code, and nothing but code.</summary>
/// <param name="options">Model and language.</param>
public sealed class CodeGenerationReasoner(CodeGenerationOptions options) : IReasoner
{
    /// <inheritdoc/>
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(request);
        var instructions = $"You write code in {options.ProgrammingLanguage}. Reply with one code block that does what is asked, without any explanation around it.";
        var response = await run.Model(options.Llm).GetResponseAsync([new ChatMessage(ChatRole.System, instructions), .. request.Messages], request.Options, run.Cancelled);
        await run.EmitAsync(new ChatResponseUpdate(ChatRole.Assistant, response.Text));
        return response;
    }
}
