using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Reasoners.Prompting;
using Reasoners.Tools;

namespace Reasoners.ReAct;

/// <summary>Thinks, acts and observes in turns until it knows the answer.</summary>
/// <remarks>Source: Yao et al. 2023, arXiv:2210.03629, section 2. Thread safety: one instance serves any number of runs at once.</remarks>
public sealed class ReActReasoner : IReasoner, IToolUser
{
    private readonly ReActOptions _options;

    /// <summary>Creates the agent.</summary>
    /// <param name="options">Options; not changed afterwards.</param>
    /// <exception cref="HubException">The options cannot be used.</exception>
    public ReActReasoner(ReActOptions options)
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
    /// <exception cref="ReasonerGaveUpException">The tool calls or the attempts at a readable reply are spent.</exception>
    /// <exception cref="EffectFailedException">The model failed, or a tool did and its failures are not passed to the model.</exception>
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(request);
        if (AgentAnswers.IsEmpty(request))
            return await run.FinishAsync(AgentAnswers.EmptyQuestion);

        var tools = ToolBox.Open(run, _options);
        var model = run.Model(_options.Llm);
        var call = CallOptions(request, tools);
        List<ChatMessage> messages =
        [
            new(ChatRole.System, ReActPrompt.System(tools.All, _options)),
            new(ChatRole.User, ReActPrompt.Question(Conversation.Trim(request.Messages, _options.MaxHistory))),
        ];
        var limit = _options.MaxToolCalls + AgentLimits.MoreToolCalls(request.Options);
        for (var calls = 0; ; calls++)
        {
            var turn = await AskAsync(model, messages, call);
            if (turn.Reply is ReActAnswer answer)
                return await run.FinishAsync(answer.Text);
            if (calls == limit)
                throw OutOfCalls(limit);
            var observation = await ActAsync(run, tools, (ReActAction)turn.Reply);
            messages.Add(new ChatMessage(ChatRole.Assistant, turn.Text));
            messages.Add(new ChatMessage(ChatRole.User, ReActPrompt.Observation(observation)));
        }
    }

    private ChatOptions CallOptions(ReasonerRequest request, ToolBox tools)
    {
        var call = AgentAnswers.Sampling(request.Options).Hinting(tools.All);
        call.StopSequences = [ReActPrompt.StopSequence];
        if (_options.UseNativeToolCalling)
            call.Tools = [.. tools.All];
        return call;
    }

    /// <summary>Asks until a reply can be read. What was said about unreadable ones is forgotten afterwards.</summary>
    private async Task<ReActTurn> AskAsync(IChatClient model, List<ChatMessage> messages, ChatOptions call)
    {
        var attempts = _options.RetryParsingErrors ? _options.ParseAttempts : 1;
        List<ChatMessage> faults = [];
        for (var attempt = 1; ; attempt++)
        {
            var response = await model.GetResponseAsync(faults.Count == 0 ? messages : [.. messages, .. faults], call);
            var turn = ReActTurn.Read(response, _options);
            if (turn.Reply is not ReActMalformed fault)
                return turn;
            if (attempt == attempts)
                return _options.RaiseOnParsingFailure ? throw Unreadable(fault, turn.Text, attempts) : turn.AsAnswer(fault);
            if (turn.Text.Length > 0)
                faults.Add(new ChatMessage(ChatRole.Assistant, turn.Text));
            faults.Add(new ChatMessage(ChatRole.User, ReActPrompt.Fault(fault, isEmpty: turn.Text.Length == 0)));
        }
    }

    private async Task<string> ActAsync(IRun run, ToolBox tools, ReActAction action)
    {
        if (tools.Find(action.Tool) is not { } tool)
            return tools.Unknown(action.Tool);
        var (arguments, fault) = ToolInput.Arguments(tool, ToolInput.Parse(action.Input, _options.NormalizeToolInputQuotes));
        var outcome = fault is null
            ? await ToolCalls.CallAsync(run, tool, arguments, _options.ToolCallAttempts)
            : ToolOutcome.Words(fault, new HubException(fault));
        return outcome.TextOrThrow(rethrow: !_options.PassToolErrors);
    }

    private static ReasonerGaveUpException OutOfCalls(int limit) => new("max_tool_calls", limit,
        "The model asked for one more tool than it may and had no answer. Raise the limit, or ask a smaller question.");

    private static ReasonerGaveUpException Unreadable(ReActMalformed fault, string reply, int attempts) => new("parse_agent_response_max_retries", attempts,
        $"The model's reply could not be read. {fault.Explanation} It replied: '{AgentAnswers.Excerpt(reply)}'. " +
        "Raise the limit, or use a model that keeps to the form.");
}
