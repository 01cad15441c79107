using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Reasoners.Tools;

namespace Reasoners.Router;

/// <summary>Lets a model choose one of several functions or agents, which then answers the question.</summary>
/// <remarks>Thread safety: one instance serves any number of runs at once.</remarks>
public sealed class RouterReasoner : IReasoner, IToolUser
{
    private readonly RouterOptions _options;

    /// <summary>Creates the router.</summary>
    /// <param name="options">Options; not changed afterwards.</param>
    /// <exception cref="HubException">The options cannot be used.</exception>
    public RouterReasoner(RouterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        _options = options;
    }

    /// <inheritdoc/>
    IReadOnlyList<ToolRef> IToolUser.Tools => _options.Branches;

    /// <summary>Answers the last message of a request.</summary>
    /// <param name="run">The scope that this call works in.</param>
    /// <param name="request">The conversation.</param>
    /// <exception cref="ReasonerGaveUpException">No reply named a branch.</exception>
    /// <exception cref="EffectFailedException">The model or the branch failed.</exception>
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(request);
        if (AgentAnswers.IsEmpty(request))
            return await run.FinishAsync(AgentAnswers.EmptyQuestion);
        var branches = run.Tools(_options.Branches);
        var messages = RouterPrompt.Messages(request.Messages, branches, _options.SystemPrompt, _options.UserPrompt);
        var model = run.Model(_options.Llm);
        var said = "";
        for (var attempt = 0; attempt < _options.Attempts; attempt++)
        {
            said = AgentAnswers.WithoutThoughts((await model.GetResponseAsync(messages, AgentAnswers.Sampling(request.Options), run.Cancelled)).Text);
            if (RouterPrompt.Choose(said, branches.Select(b => b.Name)) is { } chosen)
                return await run.FinishAsync(await ChainLink.CallAsync(run, branches.First(b => b.Name == chosen), request.Question));
        }

        throw new ReasonerGaveUpException("max_router_retries", _options.Attempts,
            $"The model named none of the branches {string.Join(", ", branches.Select(b => b.Name))}; at last it said: {AgentAnswers.Excerpt(said)}");
    }
}
