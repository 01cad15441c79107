using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Plugins.Benchmarks;

/// <summary>Makes the types of a plugin with default options, and is a hub's components at the same time.</summary>
internal sealed class Types : IHubRegistry, IServiceProvider, IHubComponents
{
    private readonly Dictionary<string, AIFunction> _tools = [];

    public static Types Of(Action<IHubRegistry> configure)
    {
        var types = new Types();
        configure(types);
        return types;
    }

    public IHubRegistry Add<TOptions>(ComponentKind kind, string type, Func<TOptions, IServiceProvider, object> create)
        where TOptions : class, new()
    {
        if (kind == ComponentKind.Tool)
            _tools[type] = (AIFunction)create(new TOptions(), this);
        return this;
    }

    public object? GetService(Type serviceType) => null;

    public IChatClient Model(string name) => throw new UnknownNameException("model", name, []);

    public IReadOnlyList<AIFunction> Tools(string name) => [_tools[name]];

    public IReasoner Reasoner(string name) => new Caller();

    /// <summary>Calls the plugin's tool a few times.</summary>
    private sealed class Caller : IReasoner
    {
        private const int Calls = 5;

        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
        {
            var tool = run.Tool("noop_tool");
            for (var i = 0; i < Calls; i++)
                await tool.InvokeAsync(new AIFunctionArguments { ["text"] = "x" });
            return new ChatResponse(new ChatMessage(ChatRole.Assistant, "done"));
        }
    }
}
