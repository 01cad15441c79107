using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core;

/// <summary>A model by itself: the conversation goes to it as it is, its response is the answer.</summary>
/// <param name="model">The model.</param>
public sealed class ModelReasoner(ModelRef model) : IReasoner
{
    /// <inheritdoc/>
    public Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(request);
        return run.Model(model).GetResponseAsync(request.Messages, request.Options, run.Cancelled);
    }
}
