using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Toolkit.Examples;

/// <summary>Asks a person what time it is where they are.</summary>
internal sealed class TimeZonePrompt : IReasoner
{
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) =>
        new(new ChatMessage(ChatRole.Assistant, await run.PromptAsync("What is the current time in the user's timezone?")));
}
