using Hub.Abstractions;
using Hub.Core;
using Hub.Core.Plugins;
using Microsoft.Extensions.Logging;

namespace Hub.Hosting;

/// <summary>What a caller may say beside a workflow file.</summary>
public sealed class WorkflowHubOptions
{
    /// <summary>Replaces every model of the file: <c>hub-nano</c>, <c>openai:NAME</c>, <c>nim:NAME</c> or a name in the file; null to leave them.</summary>
    public string? Llm { get; set; }

    /// <summary>Keys of the file to set, by path: <c>workflow.max_tool_calls</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Overrides { get; set; } = [];

    /// <summary>SQLite file of the run log; null for memory.</summary>
    public string? RunLog { get; set; }

    /// <summary>What a committed event survives.</summary>
    /// <value>The default is <see cref="RunDurability.Process"/>.</value>
    public RunDurability Durability { get; set; } = RunDurability.Process;

    /// <summary>Least level of what is logged to standard error.</summary>
    /// <value>The default is <see cref="LogLevel.Warning"/>.</value>
    public LogLevel LogLevel { get; set; } = LogLevel.Warning;

    /// <summary>Somebody to ask; null: questions suspend the run.</summary>
    public IPerson? Person { get; set; }

    /// <summary>What a run may spend where its caller says nothing.</summary>
    public RunBudget Budget { get; set; } = RunBudget.Unlimited;

    /// <summary>Plugins whose component types the workflow may name, swapped while runs go on; stays the caller's. Null for none.</summary>
    public PluginHost? Plugins { get; set; }

    /// <summary>Whether the hub's answers are being scored: middleware may then answer repeated questions from its cache.</summary>
    public bool IsEvaluation { get; set; }

    /// <summary>Whether the hub has <c>hub/react</c>, <c>hub/rewoo</c> and <c>hub/tool_calling</c> beside the reasoners of its file, over the file's own model and tools.</summary>
    public bool HasStandingReasoners { get; set; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}
