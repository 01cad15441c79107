using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Reasoners.AutoMemory;

/// <summary>Recalls what fits a question, lets another agent answer with it, and keeps what both said.</summary>
/// <remarks>Memories are looked for before the question is kept, so that a question does not find itself. Thread safety: one instance serves any number of runs at once.</remarks>
public sealed class AutoMemoryReasoner : IReasoner, IToolUser
{
    private const string NobodyInParticular = "default_user";

    private readonly AutoMemoryOptions _options;

    /// <summary>Creates the agent.</summary>
    /// <param name="options">Options; not changed afterwards.</param>
    public AutoMemoryReasoner(AutoMemoryOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
    }

    /// <inheritdoc/>
    IReadOnlyList<ToolRef> IToolUser.Tools => [_options.Inner];

    /// <summary>Answers the last message of a request.</summary>
    /// <param name="run">The scope that this call works in. Its user is whose memory is used; without one, that of <c>default_user</c>.</param>
    /// <param name="request">The conversation.</param>
    /// <exception cref="EffectFailedException">The memory or the agent failed.</exception>
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(request);
        if (AgentAnswers.IsEmpty(request))
            return await run.FinishAsync(AgentAnswers.EmptyQuestion);
        var memory = run.Memory(_options.Memory);
        var user = run.Header.UserId is { Length: > 0 } known ? known : NobodyInParticular;
        var messages = request.Messages;
        if (_options.RetrieveMemoryForEveryResponse && await memory.SearchAsync(user, request.Question, _options.TopK, run.Cancelled) is { Count: > 0 } found)
            messages = [.. messages.SkipLast(1), new ChatMessage(ChatRole.System, $"Relevant context from memory:\n{string.Join('\n', found.Select(m => m.Text))}"), messages[^1]];
        if (_options.SaveUserMessagesToMemory)
            await memory.AddAsync([Said(user, "user", request.Question)], run.Cancelled);
        var inner = run.Components().Reasoner(_options.Inner.Name);
        var answer = await run.ScopeAsync(_options.Inner.Name, scope => inner.RunAsync(scope, request with { Messages = messages }));
        if (_options.SaveAiMessagesToMemory && answer.Text.Length > 0)
            await memory.AddAsync([Said(user, "assistant", answer.Text)], run.Cancelled);
        return await run.FinishAsync(answer.Text);
    }

    private static MemoryItem Said(string user, string role, string text) => new() { UserId = user, Conversation = [new MemoryMessage(role, text)], Memory = text };
}
