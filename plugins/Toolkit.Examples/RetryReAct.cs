using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Toolkit.Examples;

/// <summary>Lets an agent that ran out of tool calls go on with more of them, as often as a person agrees.</summary>
internal sealed class RetryReAct(RetryReActOptions options) : IReasoner
{
    private const string Sorry = "I seem to be having a problem.";

    public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
    {
        var agent = run.Components().Reasoner(options.ReactAgentFn.Name);
        for (var attempt = 0; ; attempt++)
        {
            var asked = attempt == 0 ? request : request with { Options = AgentLimits.WithMoreToolCalls(request.Options, attempt * options.MaxIterationsIncrement) };
            try
            {
                return Said((await run.ScopeAsync(options.ReactAgentFn.Name, scope => agent.RunAsync(scope, asked))).Text);
            }
            catch (ReasonerGaveUpException) when (attempt < options.MaxRetries)
            {
                if (RunTools.ResultText(await run.Tool(options.HitlApprovalFn).InvokeAsync(new AIFunctionArguments { ["input_message"] = request.Question }, run.Cancelled)) != "True")
                    return Said(Sorry);
            }
            catch (Exception failed) when (failed is ReasonerGaveUpException or EffectFailedException)
            {
                return Said(Sorry);
            }
        }
    }

    private static ChatResponse Said(string text) => new(new ChatMessage(ChatRole.Assistant, text));
}
