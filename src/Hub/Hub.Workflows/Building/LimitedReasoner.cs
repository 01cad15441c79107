using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Workflows.Building;

/// <summary>An agent that works in a scope with a share of the run's budget.</summary>
internal sealed class LimitedReasoner(string name, IReasoner inner, RunBudget share) : IReasoner
{
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        var response = await run.ScopeAsync(name, scope => inner.RunAsync(scope, request), share);
        await run.EmitAsync(new ChatResponseUpdate(ChatRole.Assistant, response.Text));
        return response;
    }
}
