using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Reasoners.Tools;

namespace Reasoners.ReasoningAgent;

/// <summary>Asks a reasoning model for a plan once, then lets another agent answer with the plan before it.</summary>
/// <remarks>Thread safety: one instance serves any number of runs at once.</remarks>
public sealed class ReasoningAgentReasoner : IReasoner, IToolUser
{
    private readonly ReasoningAgentOptions _options;

    /// <summary>Creates the agent.</summary>
    /// <param name="options">Options; not changed afterwards.</param>
    /// <exception cref="HubException">The options cannot be used.</exception>
    public ReasoningAgentReasoner(ReasoningAgentOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        _options = options;
    }

    /// <inheritdoc/>
    IReadOnlyList<ToolRef> IToolUser.Tools => [_options.Augmented];

    /// <summary>Answers the last message of a request.</summary>
    /// <param name="run">The scope that this call works in.</param>
    /// <param name="request">The conversation.</param>
    /// <exception cref="HubException">The agent has no description, so that no plan can be made for it.</exception>
    /// <exception cref="EffectFailedException">The model or the agent failed.</exception>
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(request);
        if (AgentAnswers.IsEmpty(request))
            return await run.FinishAsync(AgentAnswers.EmptyQuestion);
        var augmented = run.Tool(_options.Augmented);
        if (string.IsNullOrWhiteSpace(augmented.Description))
            throw new HubException($"'{_options.Augmented}' has no description, and the reasoning agent plans by it. Give it one in the workflow file.");
        IReadOnlyList<AIFunction> tools = augmented.GetService<ReasonerFunction>()?.Reasoner is IToolUser user ? run.Tools(user.Tools) : [];
        var prompt = ReasoningAgentPrompt.Reasoning(request.Messages, augmented, tools, _options.ReasoningPromptTemplate);
        var reply = await run.Model(_options.Llm).GetResponseAsync([new ChatMessage(ChatRole.User, prompt)], AgentAnswers.Sampling(request.Options), run.Cancelled);
        var plan = AgentAnswers.WithoutThoughts(reply.Text);
        return await run.FinishAsync(await ChainLink.CallAsync(run, augmented, ReasoningAgentPrompt.Instruction(request.Messages, plan, _options.InstructionPromptTemplate)));
    }
}
