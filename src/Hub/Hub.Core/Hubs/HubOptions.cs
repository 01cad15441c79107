using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Core;

/// <summary>What a hub is made of.</summary>
public sealed class HubOptions
{
    /// <summary>Models, tools and reasoners by name: <see cref="FixedComponents"/>, or ones that are swapped while runs go on. The hub disposes it.</summary>
    public required IComponentSource Components { get; set; }

    /// <summary>Where runs are logged. The hub disposes it.</summary>
    public required IRunStore Store { get; set; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>Limits on tool calls.</summary>
    public ToolLimits Limits { get; set; } = ToolLimits.Default;

    /// <summary>What a run may spend where its caller says nothing.</summary>
    public RunBudget Budget { get; set; } = RunBudget.Unlimited;

    /// <summary>Somebody to ask, or null: questions then suspend the run.</summary>
    public IPerson? Person { get; set; }

    /// <summary>The effective configuration, for run headers; secrets as references.</summary>
    public JsonElement? Configuration { get; set; }

    /// <summary>File that the configuration came from.</summary>
    public string? ConfigurationFile { get; set; }

    /// <summary>Ends the process in tests; null in real life.</summary>
    internal FailPoint? FailPoint { get; set; }
}
