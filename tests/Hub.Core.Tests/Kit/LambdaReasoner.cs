using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core.Tests;

/// <summary>A reasoner written in place.</summary>
internal sealed class LambdaReasoner(Func<IRun, ReasonerRequest, Task<ChatResponse>> body) : IReasoner
{
    public LambdaReasoner(Func<IRun, Task<string>> body)
        : this(async (run, _) => run.Answer(await body(run)))
    {
    }

    public Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request) => body(run, request);
}
