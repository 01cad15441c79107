using Hub.Abstractions;
using Hub.Core;
using Microsoft.Extensions.AI;

namespace Reasoners.Tests.Support;

/// <summary>Runs one reasoner on one model in a hub whose log is in memory.</summary>
internal static class TestHub
{
    public const string Agent = "agent";
    public const string Model = "model";

    public static Task<RunResult> RunAsync(IReasoner reasoner, IChatClient model, IReadOnlyList<AIFunction> tools, string question, TimeProvider? time = null, RunBudget? budget = null) =>
        RunAsync(reasoner, model, tools, ReasonerRequest.From(question), time, budget);

    public static async Task<RunResult> RunAsync(
        IReasoner reasoner, IChatClient model, IReadOnlyList<AIFunction> tools, ReasonerRequest request, TimeProvider? time = null, RunBudget? budget = null)
    {
        var (result, _) = await WatchAsync(reasoner, model, tools, request, time, budget);
        return result;
    }

    /// <summary>Runs, and returns the events that somebody who watches sees.</summary>
    public static async Task<(RunResult Result, IReadOnlyList<RunEvent> Events)> WatchAsync(
        IReasoner reasoner, IChatClient model, IReadOnlyList<AIFunction> tools, ReasonerRequest request, TimeProvider? time = null, RunBudget? budget = null)
    {
        var held = new HeldReasoner(reasoner);
        await using var hub = Create(held, model, tools, time);
        var handle = hub.Start(Agent, request, new RunOptions { Seed = 1, Budget = budget });
        List<RunEvent> events = [];
        await foreach (var entry in handle.ReadEventsAsync())
        {
            held.Release(); // streamed parts reach only those who watch already
            events.Add(entry);
        }

        return (await handle.Completion, events);
    }

    public static ReasoningHub Create(IReasoner reasoner, IChatClient model, IReadOnlyList<AIFunction> tools, TimeProvider? time = null) => new(new HubOptions
    {
        Components = new FixedComponents(new TestComponents(reasoner, model, tools), [Agent]),
        Store = new MemoryRunStore(),
        Time = time ?? TimeProvider.System,
    });

    /// <summary>Begins only once it is released.</summary>
    private sealed class HeldReasoner(IReasoner reasoner) : IReasoner
    {
        private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _released.TrySetResult();

        public async Task<ChatResponse> RunAsync(IRun run, ReasonerRequest request)
        {
            await _released.Task;
            return await reasoner.RunAsync(run, request);
        }
    }

    private sealed class TestComponents(IReasoner reasoner, IChatClient model, IReadOnlyList<AIFunction> tools) : IHubComponents
    {
        IChatClient IHubComponents.Model(string name) => name == TestHub.Model ? model : throw new UnknownNameException("model", name, [TestHub.Model]);

        public IReadOnlyList<AIFunction> Tools(string name) =>
            name == "all" ? tools
            : tools.FirstOrDefault(t => t.Name == name) is { } tool ? [tool]
            : throw new UnknownNameException("tool", name, tools.Select(t => t.Name));

        public IReasoner Reasoner(string name) => name == Agent ? reasoner : throw new UnknownNameException("reasoner", name, [Agent]);
    }
}
