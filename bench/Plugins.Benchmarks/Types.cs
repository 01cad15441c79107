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

    public IHubRegistry AddModel<TOptions>(string type, Func<TOptions, IServiceProvider, IChatClient> create)
        where TOptions : class, new() => this;

    public IHubRegistry AddTool<TOptions>(string type, Func<TOptions, IServiceProvider, AIFunction> create)
        where TOptions : class, new()
    {
        _tools[type] = create(new TOptions(), this);
        return this;
    }

    public IHubRegistry AddToolGroup<TOptions>(string type, Func<TOptions, IServiceProvider, IReadOnlyList<AIFunction>> create)
        where TOptions : class, new() => this;

    public IHubRegistry AddReasoner<TOptions>(string type, Func<TOptions, IServiceProvider, IReasoner> create)
        where TOptions : class, new() => this;

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
