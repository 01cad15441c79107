using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Reasoners.Tools;

namespace Reasoners.ToolCalling;

/// <summary>Lets the model call tools in its own format, the calls of one reply side by side, until it answers in words.</summary>
/// <remarks>Thread safety: one instance serves any number of runs at once.</remarks>
public sealed class ToolCallingReasoner : IReasoner, IToolUser
{
    private readonly ToolCallingOptions _options;

    /// <summary>Creates the agent.</summary>
    /// <param name="options">Options; not changed afterwards.</param>
    /// <exception cref="HubException">The options cannot be used.</exception>
    public ToolCallingReasoner(ToolCallingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.ThrowIfInvalid();
        _options = options;
    }

    /// <inheritdoc/>
    IReadOnlyList<ToolRef> IToolUser.Tools => _options.Tools;

    /// <summary>Answers the last message of a request.</summary>
    /// <param name="run">The scope that this call works in.</param>
    /// <param name="request">The conversation.</param>
    /// <exception cref="ReasonerGaveUpException">The rounds are spent, or the attempts at a whole, non-empty reply.</exception>
    /// <exception cref="EffectFailedException">The model failed, or a tool did and its failures are not handled.</exception>
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(request);
        if (AgentAnswers.IsEmpty(request))
            return await run.FinishAsync(AgentAnswers.EmptyQuestion);

        var tools = ToolBox.Open(run, _options);
        var model = new ToolCallingModel(run.Model(_options.Llm), _options, request.Options, tools.All);
        var direct = run.Tools(_options.ReturnDirect ?? []).Select(tool => tool.Name).ToHashSet(StringComparer.Ordinal);
        var messages = ToolCallingPrompt.Start(request.Messages, _options);
        for (var round = 0; ; round++)
        {
            var reply = await model.AskAsync(messages);
            var calls = ToolCallingModel.Calls(reply);
            if (calls.Count == 0)
                return await AnswerAsync(run, reply);
            if (round == _options.MaxIterations)
                throw OutOfRounds();
            var outcomes = await ActAsync(run, tools, calls);
            if (DirectAnswer(calls, outcomes, direct) is { } answer)
                return await run.FinishAsync(answer);
            messages.AddRange(reply.Messages);
            messages.Add(new ChatMessage(ChatRole.Tool, [.. calls.Zip(outcomes, (call, outcome) => new FunctionResultContent(call.CallId, outcome.Text))]));
        }
    }

    /// <summary>A single call stays in this scope; several become branches.</summary>
    private async Task<ToolOutcome[]> ActAsync(IRun run, ToolBox tools, IReadOnlyList<FunctionCallContent> calls)
    {
        var outcomes = calls.Count == 1
            ? [await ActAsync(run, tools, calls[0])]
            : await run.AllAsync(calls, (branch, call) => ActAsync(branch, tools, call), _options.MaxParallelToolCalls);
        foreach (var outcome in outcomes)
            outcome.TextOrThrow(rethrow: !_options.HandleToolErrors);
        return outcomes;
    }

    private static async Task<ToolOutcome> ActAsync(IRun branch, ToolBox tools, FunctionCallContent call)
    {
        if (tools.Find(call.Name) is not { } tool)
            return ToolOutcome.Words(tools.Unknown(call.Name));
        if (call.Arguments is null && ToolInput.HasParameters(tool))
            return ToolOutcome.Words($"The arguments of the call to '{call.Name}' are no JSON object. Call it again with one.");
        return await ToolCalls.CallAsync(branch, tool, call.Arguments ?? new Dictionary<string, object?>(), attempts: 1);
    }

    /// <summary>Result of the last call that succeeded and whose tool answers by itself, or null.</summary>
    private static string? DirectAnswer(IReadOnlyList<FunctionCallContent> calls, ToolOutcome[] outcomes, HashSet<string> direct)
    {
        for (var i = calls.Count - 1; i >= 0; i--)
        {
            if (direct.Contains(calls[i].Name) && outcomes[i].Failure is null)
                return outcomes[i].Text;
        }

        return null;
    }

    private static async Task<ChatResponse> AnswerAsync(IRun run, ChatResponse reply)
    {
        foreach (var update in reply.ToChatResponseUpdates())
            await run.EmitAsync(update);
        return reply;
    }

    private ReasonerGaveUpException OutOfRounds() => new("max_iterations", _options.MaxIterations,
        "The model called tools once more than it may and had no answer. Raise the limit, or ask a smaller question.");
}
