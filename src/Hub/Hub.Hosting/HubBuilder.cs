using Hub.Abstractions;
using Hub.Core;
using Microsoft.Extensions.AI;
using Reasoners.ReAct;
using Reasoners.ReWoo;
using Reasoners.ToolCalling;

namespace Hub.Hosting;

/// <summary>Builds a hub in code.</summary>
/// <remarks>Every <c>Add</c> may be called in any order; what refers to what is checked by <see cref="Build"/>, all mistakes at once.</remarks>
public sealed class HubBuilder
{
    private readonly BuiltComponents _components;
    private readonly List<string> _reasoners = [];
    private Func<IRunStore> _store = static () => new MemoryRunStore();
    private TimeProvider _time = TimeProvider.System;
    private RunBudget _budget = RunBudget.Unlimited;
    private ToolLimits _limits = ToolLimits.Default;
    private IPerson? _person;

    /// <param name="components">Taken over by the hub that is built.</param>
    internal HubBuilder(BuiltComponents components)
    {
        _components = components;
    }

    /// <summary>Adds a model.</summary>
    /// <param name="name">Name by which reasoners refer to it.</param>
    /// <param name="model">Any chat client; the hub disposes it.</param>
    public HubBuilder AddModel(string name, IChatClient model)
    {
        _components.AddModel(name, model);
        return this;
    }

    /// <summary>Adds an embedder.</summary>
    /// <param name="name">Name by which memories and callers refer to it.</param>
    /// <param name="embedder">Any generator of text embeddings; the hub disposes it.</param>
    public HubBuilder AddEmbedder(string name, IEmbeddingGenerator<string, Embedding<float>> embedder)
    {
        _components.AddEmbedder(name, embedder);
        return this;
    }

    /// <summary>Adds a memory.</summary>
    /// <param name="name">Name by which agents and tools refer to it.</param>
    /// <param name="memory">Any memory; the hub disposes it where it can be disposed.</param>
    public HubBuilder AddMemory(string name, IMemory memory)
    {
        _components.AddMemory(name, memory);
        return this;
    }

    /// <summary>Adds a tool under its own name.</summary>
    /// <param name="tool">Any function; <see cref="HubTool.Create"/> makes one that declares what a resume may do with it.</param>
    public HubBuilder AddTool(AIFunction tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        _components.AddTools(tool.Name, [tool]);
        return this;
    }

    /// <summary>Adds several tools under one name; each is also known by its own.</summary>
    /// <param name="group">Name that stands for all of them.</param>
    /// <param name="tools">The members; none declares a group that <see cref="IHub.AddTools"/> fills later.</param>
    public HubBuilder AddToolGroup(string group, params IReadOnlyList<AIFunction> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        _components.AddTools(group, tools);
        foreach (var tool in tools)
            _components.AddTools(tool.Name, [tool]);
        return this;
    }

    /// <summary>Adds a reasoner of one's own. The first one added is the default.</summary>
    /// <param name="name">Its name; other reasoners may use it as a tool.</param>
    /// <param name="reasoner">The reasoner.</param>
    /// <param name="description">What it is good for, for models that choose among tools.</param>
    public HubBuilder AddReasoner(string name, IReasoner reasoner, string description = "Answers a question.")
    {
        _components.AddReasoner(name, reasoner, description);
        _reasoners.Add(name);
        return this;
    }

    /// <summary>Adds a ReAct agent.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="configure">Sets its options.</param>
    public HubBuilder AddReAct(string name, Action<ReActOptions> configure)
    {
        var options = Configured(configure, name);
        _components.Require(name, [options.Llm], options.Tools);
        return AddReasoner(name, new ReActReasoner(options), options.Description);
    }

    /// <summary>Adds a ReWOO agent.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="configure">Sets its options.</param>
    public HubBuilder AddReWoo(string name, Action<ReWooOptions> configure)
    {
        var options = Configured(configure, name);
        _components.Require(name, [options.Llm], options.Tools);
        return AddReasoner(name, new ReWooReasoner(options), options.Description);
    }

    /// <summary>Adds a tool-calling agent.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="configure">Sets its options.</param>
    public HubBuilder AddToolCalling(string name, Action<ToolCallingOptions> configure)
    {
        var options = Configured(configure, name);
        _components.Require(name, [options.Llm], options.Tools);
        return AddReasoner(name, new ToolCallingReasoner(options), options.Description);
    }

    /// <summary>Logs runs in a file: kill the process, resume the run.</summary>
    /// <param name="path">The SQLite file; made where it is not there.</param>
    /// <param name="durability">What a committed event survives.</param>
    public HubBuilder UseRunLog(string path, RunDurability durability = RunDurability.Process) =>
        UseRunStore(() => new SqliteRunStore(new SqliteRunStoreOptions { Path = path, Durability = durability }));

    /// <summary>Logs runs in a store of one's own. The default is memory.</summary>
    /// <param name="store">Opens the store; the hub disposes it.</param>
    public HubBuilder UseRunStore(Func<IRunStore> store)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        return this;
    }

    /// <summary>Limits what each run may spend.</summary>
    /// <param name="budget">The limits.</param>
    public HubBuilder UseBudget(RunBudget budget)
    {
        ArgumentNullException.ThrowIfNull(budget);
        _budget = budget;
        return this;
    }

    /// <summary>Limits each tool call.</summary>
    /// <param name="limits">The limits. The default is one minute and 1 MiB.</param>
    public HubBuilder UseToolLimits(ToolLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        _limits = limits;
        return this;
    }

    /// <summary>Gives runs somebody to ask. Without one, a question suspends the run.</summary>
    /// <param name="person">The person.</param>
    public HubBuilder UsePerson(IPerson person)
    {
        _person = person;
        return this;
    }

    /// <summary>Replaces the clock.</summary>
    /// <param name="time">The clock.</param>
    public HubBuilder UseTime(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        return this;
    }

    /// <summary>Builds the hub.</summary>
    /// <exception cref="HubException">A reasoner refers to a model or tool that was not added; all such mistakes at once.</exception>
    /// <exception cref="RunLogException">The run log cannot be opened.</exception>
    public IHub Build()
    {
        _components.Check();
        return new ReasoningHub(new HubOptions
        {
            Components = new FixedComponents(_components, _reasoners),
            Store = _store(),
            Time = _time,
            Budget = _budget,
            Limits = _limits,
            Person = _person,
        });
    }

    private static TOptions Configured<TOptions>(Action<TOptions> configure, string name)
        where TOptions : class, new()
    {
        ArgumentNullException.ThrowIfNull(configure);
        var options = new TOptions();
        configure(options);
        List<System.ComponentModel.DataAnnotations.ValidationResult> mistakes = [];
        var context = new System.ComponentModel.DataAnnotations.ValidationContext(options);
        return System.ComponentModel.DataAnnotations.Validator.TryValidateObject(options, context, mistakes, validateAllProperties: true)
            ? options
            : throw new HubException($"Options of '{name}': {string.Join(" ", mistakes.Select(m => m.ErrorMessage))}");
    }
}
