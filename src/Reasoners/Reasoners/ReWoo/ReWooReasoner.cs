using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Reasoners.Prompting;
using Reasoners.Tools;

namespace Reasoners.ReWoo;

/// <summary>Plans all tool calls first, runs them level by level, and then answers from their results: two model calls whatever the number of steps.</summary>
/// <remarks>Source: Xu et al. 2023, arXiv:2305.18323, section 2. Thread safety: one instance serves any number of runs at once.</remarks>
public sealed class ReWooReasoner : IReasoner, IToolUser
{
    private readonly ReWooOptions _options;

    /// <summary>Creates the agent.</summary>
    /// <param name="options">Options; not changed afterwards.</param>
    /// <exception cref="HubException">The options cannot be used.</exception>
    public ReWooReasoner(ReWooOptions options)
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
    /// <exception cref="ReasonerGaveUpException">The attempts at a readable plan are spent.</exception>
    /// <exception cref="EffectFailedException">A model call failed, or a tool did and its failure is not to be evidence.</exception>
    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(request);
        if (AgentAnswers.IsEmpty(request))
            return await run.FinishAsync(AgentAnswers.EmptyQuestion);

        var tools = ToolBox.Open(run, _options);
        var model = run.Model(_options.Llm);
        var plan = await PlanAsync(model, request, tools);
        var results = new Dictionary<string, ToolOutcome>(StringComparer.Ordinal);
        foreach (var level in plan.Levels)
        {
            var known = results.ToDictionary(r => r.Key, r => r.Value.Value, StringComparer.Ordinal);
            var outcomes = await run.AllAsync(level, (branch, step) => ActAsync(branch, tools, step, known), _options.MaxParallelToolCalls);
            foreach (var (step, outcome) in level.Zip(outcomes))
                results.Add(step.Placeholder, outcome);
        }

        return await SolveAsync(run, model, request, Evidence(plan, results));
    }

    /// <summary>Asks for a plan until one can be read.</summary>
    private async Task<ReWooPlan> PlanAsync(IChatClient model, ReasonerRequest request, ToolBox tools)
    {
        var call = AgentAnswers.Sampling(request.Options).Hinting(tools.All);
        List<ChatMessage> messages =
        [
            new(ChatRole.System, ReWooPrompt.Planner(tools.All, _options)),
            new(ChatRole.User, ReWooPrompt.Task(Conversation.Trim(request.Messages, _options.MaxHistory))),
        ];
        for (var attempt = 1; ; attempt++)
        {
            var reply = AgentAnswers.WithoutThoughts((await model.GetResponseAsync(messages, call)).Text);
            if (ReWooGrammar.TryParse(reply, out var plan) is not { } fault)
                return plan;
            if (attempt == _options.PlannerAttempts)
                throw Unreadable(fault, reply);
            if (reply.Length > 0)
                messages.Add(new ChatMessage(ChatRole.Assistant, reply));
            messages.Add(new ChatMessage(ChatRole.User, fault));
        }
    }

    private async Task<ToolOutcome> ActAsync(IRun branch, ToolBox tools, ReWooStep step, Dictionary<string, JsonElement> known)
    {
        if (tools.Find(step.Tool) is not { } tool)
            return ToolOutcome.Words(tools.Unknown(step.Tool));
        var input = Placeholders.Fill(step.Input, known);
        if (input.ValueKind == JsonValueKind.String)
            input = ToolInput.Parse(input.GetString()!, normalizeQuotes: true);
        var (arguments, fault) = ToolInput.Arguments(tool, input);
        var outcome = fault is null
            ? await ToolCalls.CallAsync(branch, tool, arguments, _options.ToolCallAttempts)
            : ToolOutcome.Words(fault, new HubException(fault));
        outcome.TextOrThrow(rethrow: _options.RaiseToolErrors);
        return outcome;
    }

    private static string Evidence(ReWooPlan plan, Dictionary<string, ToolOutcome> results)
    {
        var known = results.ToDictionary(r => r.Key, r => r.Value.Value, StringComparer.Ordinal);
        return string.Concat(plan.Steps.Select(step => ReWooPrompt.Evidence(
            step.Plan, step.Placeholder, step.Tool, ToolInput.Show(Placeholders.Fill(step.Input, known)), results[step.Placeholder].Text)));
    }

    private async Task<ChatResponse> SolveAsync(IRun run, IChatClient model, ReasonerRequest request, string evidence)
    {
        var call = request.Options?.Clone() ?? new ChatOptions();
        call.Tools = null;
        List<ChatMessage> messages =
        [
            new(ChatRole.System, ReWooPrompt.Solver(_options)),
            new(ChatRole.User, ReWooPrompt.Solve(evidence, request.Question)),
        ];
        return await run.FinishAsync(AgentAnswers.WithoutThoughts((await model.GetResponseAsync(messages, call)).Text));
    }

    private ReasonerGaveUpException Unreadable(string fault, string reply) => new("planner_max_retries", _options.PlannerAttempts,
        $"The planner's reply could not be read. {fault} It replied: '{AgentAnswers.Excerpt(reply)}'. Raise the limit, or use a model that keeps to the form.");
}
