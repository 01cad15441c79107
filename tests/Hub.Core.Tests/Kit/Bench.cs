using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core.Tests;

/// <summary>Parts of a hub by name, and hubs over one store made of them.</summary>
internal sealed class Bench : IHubComponents
{
    private readonly Dictionary<string, IChatClient> _models = [];
    private readonly Dictionary<string, AIFunction> _tools = [];
    private readonly Dictionary<string, IReasoner> _reasoners = [];

    public IRunStore Store { get; init; } = new KeptStore(new MemoryRunStore());

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ToolLimits Limits { get; init; } = ToolLimits.Default;

    public IPerson? Person { get; init; }

    public FailPoint? FailPoint { get; set; }

    public Bench Add(string name, IChatClient model)
    {
        _models[name] = model;
        return this;
    }

    public Bench Add(AIFunction tool)
    {
        _tools[tool.Name] = tool;
        return this;
    }

    public Bench Add(string name, IReasoner reasoner)
    {
        _reasoners[name] = reasoner;
        return this;
    }

    public Bench Add(Func<IRun, Task<string>> reasoner) => Add("main", new LambdaReasoner(reasoner));

    public ReasoningHub Hub() => new(new HubOptions
    {
        Components = new FixedComponents(this, [.. _reasoners.Keys]),
        Store = Store,
        Time = Time,
        Limits = Limits,
        Person = Person,
        FailPoint = FailPoint,
    });

    /// <summary>Runs the first reasoner in a hub of its own.</summary>
    public async Task<RunResult> RunAsync(RunOptions? options = null, string question = "Question?")
    {
        await using var hub = Hub();
        return await hub.Start(hub.DefaultReasoner, ReasonerRequest.From(question), options).Completion;
    }

    /// <summary>Goes on with a run in a hub of its own.</summary>
    public async Task<RunResult> ResumeAsync(string runId, ResumeOptions? options = null)
    {
        await using var hub = Hub();
        return await (await hub.ResumeAsync(runId, options)).Completion;
    }

    public Task<RunResult> DecideAsync(string runId, string effect, string decision) =>
        ResumeAsync(runId, new ResumeOptions { Decisions = new Dictionary<string, EffectDecision> { [effect] = EffectDecision.Parse(decision) } });

    public Task<RunResult> AnswerAsync(string runId, string effect, string answer) =>
        ResumeAsync(runId, new ResumeOptions { Answers = new Dictionary<string, string> { [effect] = answer } });

    /// <summary>Ends the process, as far as a run can tell, where a condition on the fail-point holds the first time.</summary>
    public InProcessCrash CrashWhen(Func<string, bool> condition)
    {
        var crash = new InProcessCrash(condition);
        FailPoint = crash.Hit;
        return crash;
    }

    public IChatClient Model(string name) => _models.TryGetValue(name, out var model) ? model : throw new UnknownNameException("model", name, _models.Keys);

    public IReadOnlyList<AIFunction> Tools(string name) => _tools.TryGetValue(name, out var tool) ? [tool] : throw new UnknownNameException("tool", name, _tools.Keys);

    public IReasoner Reasoner(string name) => _reasoners.TryGetValue(name, out var reasoner) ? reasoner : throw new UnknownNameException("reasoner", name, _reasoners.Keys);
}
