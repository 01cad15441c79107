using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace NoOp;

/// <summary>A reasoner that always answers the same.</summary>
internal sealed class NoOpReasoner(NoOpOptions options) : IReasoner
{
    public Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, options.Answer)));
}
