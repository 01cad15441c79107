using Backends.Abstractions;
using Backends.Cpu;
using Hub.Abstractions;
using Hub.Core;
using Hub.Hosting.Models;
using Hub.Remote;
using Hub.Workflows;
using Hub.Workflows.Builtins;
using Hub.Workflows.Building;
using Knowledge.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Reasoners;
using Reasoners.Symbolic;

namespace Hub.Hosting;

/// <summary>Where a hub comes from: code, a workflow file, or a run's own header.</summary>
public static class HubHost
{
    /// <summary>The workflow of <c>hub ask</c>: a ReAct agent with a calculator and a clock on the built-in model.</summary>
    public const string BuiltInWorkflow = """
        llms:
          nano: {_type: hub_local, model: hub-nano}
        function_groups:
          calculator: {_type: calculator}
        functions:
          current_datetime: {_type: current_datetime}
        workflow:
          _type: react_agent
          tool_names: [calculator, current_datetime]
          llm_name: nano
          parse_agent_response_max_retries: 2
        """;

    private const string BuiltInName = "(built-in workflow)";

    /// <summary>Begins a hub built in code.</summary>
    public static HubBuilder CreateBuilder() => new(new BuiltComponents());

    /// <summary>A hub from a workflow file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Another model, the run log, limits; null for the defaults.</param>
    /// <exception cref="WorkflowException">The file has mistakes; all of them are listed.</exception>
    /// <exception cref="RunLogException">The run log cannot be opened.</exception>
    public static Task<IHub> FromWorkflowAsync(string path, WorkflowHubOptions? options = null) => Task.Run<IHub>(() =>
    {
        options ??= new WorkflowHubOptions();
        var document = WorkflowDocument.Load(path, options.Overrides);
        if (options.HasStandingReasoners && StandingReasoners.Keys(document) is { Count: > 0 } standing)
            document = WorkflowDocument.Load(path, [.. options.Overrides, .. standing]);
        return Build(document, Path.GetFullPath(path), options);
    });

    /// <summary>The hub of <c>hub ask</c>.</summary>
    /// <param name="options">Another model, the run log, limits; null for the defaults.</param>
    /// <exception cref="RunLogException">The run log cannot be opened.</exception>
    public static Task<IHub> BuiltInAsync(WorkflowHubOptions? options = null) => Task.Run<IHub>(() =>
    {
        options ??= new WorkflowHubOptions();
        return Build(WorkflowDocument.Parse(BuiltInWorkflow, BuiltInName, options.Overrides), BuiltInName, options);
    });

    /// <summary>The hub that a run began with, to go on with it: its workflow as it was understood then, overrides and another model included.</summary>
    /// <param name="header">The run's header.</param>
    /// <param name="path">A workflow file in place of the run's own; null for its own.</param>
    /// <param name="options">Run log and limits, and what is to differ from the run's beginning; null for the defaults.</param>
    /// <exception cref="HubException">The run began in code, or a secret that the log hides is in the file no more.</exception>
    public static Task<IHub> ForRunAsync(RunHeader header, string? path = null, WorkflowHubOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(header);
        if (path is not null)
            return FromWorkflowAsync(path, options);
        if (header is not { ConfigurationFile: { } file, Configuration: { } configuration })
            throw new HubException($"Run {header.RunId} was begun by a program, not from a workflow file. Resume it there with hub.ResumeAsync, or name a file with --config_file.");
        options ??= new WorkflowHubOptions();
        return Task.Run<IHub>(() => Build(WorkflowDocument.FromConfiguration(configuration, file, options.Overrides), file, options));
    }

    /// <summary>All mistakes and warnings of a workflow file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Another model and overrides; null for none.</param>
    public static WorkflowReport Validate(string path, WorkflowHubOptions? options = null)
    {
        options ??= new WorkflowHubOptions();
        try
        {
            using var plugins = options.Plugins?.Current();
            var registry = Registry();
            plugins?.Configure(registry);
            var document = WorkflowDocument.Load(path, options.Overrides);
            var (mistakes, warnings, missing) = Workflow.Validate(document, registry, new WorkflowOptions { Llm = options.Llm });
            return new WorkflowReport(mistakes, warnings, missing, Loads: document.Mistakes.Count == 0);
        }
        catch (WorkflowException unreadable)
        {
            return new WorkflowReport(unreadable.Mistakes, [], [], Loads: false);
        }
    }

    /// <summary>Reads an evaluation file: its settings, evaluators and judges.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Another model and plugins; null for none. Overrides are the served file's and are not used.</param>
    /// <returns>The caller disposes it.</returns>
    /// <exception cref="WorkflowException">The file is missing or has mistakes.</exception>
    public static EvaluationParts Evaluation(string path, WorkflowHubOptions? options = null)
    {
        options ??= new WorkflowHubOptions();
        var document = WorkflowDocument.Load(path);
        var services = new ServiceCollection().AddSingleton(options.Time).AddSingleton(new HubPurpose(IsEvaluation: true)).AddLogging().BuildServiceProvider();
        var plugins = options.Plugins?.Current();
        try
        {
            var registry = Registry();
            plugins?.Configure(registry);
            return new EvaluationParts(document, Workflow.Parts(document, registry, services, new WorkflowOptions { Llm = options.Llm }), new Released(services, plugins));
        }
        catch
        {
            plugins?.Dispose();
            services.Dispose();
            throw;
        }
    }

    /// <summary>Every component type that a workflow file may name here.</summary>
    public static ComponentRegistry Registry() => new ComponentRegistry().Add(new BuiltinPlugin()).Add(new ReasonersPlugin()).Add(new ModelProvidersPlugin()).Add(new RemotePlugin())
        .Add(new GraphMemoryPlugin()).Add(new SymbolicPlugin());

    private sealed class Released(params IDisposable?[] parts) : IDisposable
    {
        public void Dispose()
        {
            foreach (var part in parts)
                part?.Dispose();
        }
    }

    private static ReasoningHub Build(WorkflowDocument document, string file, WorkflowHubOptions options)
    {
        IRunStore store = options.RunLog is { } path ? new SqliteRunStore(new SqliteRunStoreOptions { Path = path, Durability = options.Durability }) : new MemoryRunStore();
        var services = new ServiceCollection()
            .AddSingleton(options.Time)
            .AddSingleton(store)
            .AddSingleton<IGraphOffload>(new CpuGraphOffload())
            .AddSingleton(new HubPurpose(options.IsEvaluation))
            .AddLogging(log => log.SetMinimumLevel(options.LogLevel).AddSimpleConsole(c => c.SingleLine = true).AddFilter<ConsoleLoggerProvider>(null, options.LogLevel))
            .Configure<ConsoleLoggerOptions>(c => c.LogToStandardErrorThreshold = LogLevel.Trace)
            .BuildServiceProvider();
        var source = new WorkflowSource(document, new WorkflowOptions { Llm = options.Llm }, services, options.Plugins);
        return new ReasoningHub(new HubOptions
        {
            Components = source,
            Store = store,
            Time = options.Time,
            Person = options.Person,
            Budget = options.Budget,
            Configuration = source.Configuration,
            ConfigurationFile = file,
        });
    }
}
