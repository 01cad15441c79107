using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>A reasoner as a tool, bound to a scope: each call is a scope that is entered again on resume.</summary>
internal sealed class RunReasonerFunction(IRun run, ReasonerFunction tool) : DelegatingAIFunction(tool)
{
    public ReasonerFunction Tool => (ReasonerFunction)InnerFunction;

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var request = ReasonerFunction.RequestOf(arguments, Tool.JsonSchema);
        var response = await run.ScopeAsync(Name, scope => Tool.Reasoner.RunAsync(scope, request));
        return response.Text;
    }
}
