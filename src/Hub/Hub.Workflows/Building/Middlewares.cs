using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Workflows.Building;

/// <summary>Puts middleware around tools and reasoners.</summary>
internal static class Middlewares
{
    private const string Input = "input_message";

    /// <summary>A tool within middleware, the first outermost; the tool itself where there is none.</summary>
    public static AIFunction Within(this AIFunction tool, IReadOnlyList<IToolMiddleware> middleware) => middleware.Count == 0 ? tool : new Tool(tool, middleware);

    /// <summary>A reasoner within middleware, the first outermost; the reasoner itself where there is none.</summary>
    public static IReasoner Within(this IReasoner reasoner, string name, IReadOnlyList<IToolMiddleware> middleware) =>
        middleware.Count == 0 ? reasoner : new Reasoner(name, reasoner, middleware);

    private static Task<object?> ChainAsync(
        IReadOnlyList<IToolMiddleware> middleware, int index, ToolInvocation call, Func<ToolInvocation, CancellationToken, Task<object?>> last, CancellationToken cancellationToken) =>
        index == middleware.Count
            ? last(call, cancellationToken)
            : middleware[index].InvokeAsync(call, (changed, token) => ChainAsync(middleware, index + 1, changed, last, token), cancellationToken);

    private sealed class Tool(AIFunction inner, IReadOnlyList<IToolMiddleware> middleware) : DelegatingAIFunction(inner)
    {
        protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
        {
            var call = new ToolInvocation(Name, new Dictionary<string, object?>(arguments, StringComparer.Ordinal), Run: null);
            return await ChainAsync(middleware, 0, call, async (changed, token) => await InnerFunction.InvokeAsync(Arguments(changed, arguments), token), cancellationToken);
        }
    }

    private static AIFunctionArguments Arguments(ToolInvocation call, AIFunctionArguments original) =>
        new(call.Arguments.ToDictionary(a => a.Key, a => a.Value, StringComparer.Ordinal)) { Services = original.Services, Context = original.Context };

    /// <summary>The inner reasoner works in a scope of its own, so that nothing of its answer is shown before the middleware let it through.</summary>
    private sealed class Reasoner(string name, IReasoner inner, IReadOnlyList<IToolMiddleware> middleware) : IReasoner
    {
        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
        {
            ChatResponse? whole = null;
            var call = new ToolInvocation(name, new Dictionary<string, object?> { [Input] = request.Question }, run);
            var output = await ChainAsync(middleware, 0, call, async (changed, _) =>
            {
                var asked = Asked(request, RunTools.ResultText(changed.Arguments.GetValueOrDefault(Input)));
                whole = await run.ScopeAsync(name, scope => inner.RunAsync(scope, asked));
                return whole.Text;
            }, run.Cancelled);
            var text = RunTools.ResultText(output);
            await run.EmitAsync(new ChatResponseUpdate(ChatRole.Assistant, text));
            return whole is not null && whole.Text == text ? whole : run.Answer(text);
        }

        private static ReasonerRequest Asked(ReasonerRequest request, string question) => question == request.Question || request.Messages.Count == 0
            ? request
            : request with { Messages = [.. request.Messages.SkipLast(1), new ChatMessage(request.Messages[^1].Role, question)] };
    }
}
