using Hub.Abstractions;
using Hub.Hosting.Models;
using Hub.Workflows.Builtins;
using Reasoners;

namespace Hub.TestKit.Tests;

// Every plugin that the hub brings keeps to the contract that it asks of others.
public sealed class NoOpPluginTests : PluginContractTests<NoOp.NoOpPlugin>;

public sealed class BuiltinPluginTests : PluginContractTests<BuiltinPlugin>
{
    /// <summary>A table has rows.</summary>
    protected override object? Options(RegisteredType type) =>
        type.Name == "table_lookup" ? new TableOptions { Rows = System.Text.Json.JsonElement.Parse("""{"Ada": {"city": "Oslo"}}""") } : base.Options(type);
}

public sealed class ReasonersPluginTests : PluginContractTests<ReasonersPlugin>
{
    /// <summary>An agent needs a model and a tool by name.</summary>
    protected override object? Options(RegisteredType type)
    {
        var options = base.Options(type)!;
        type.Options.GetProperty("Llm")?.SetValue(options, (ModelRef)"model");
        type.Options.GetProperty("Tools")?.SetValue(options, (ToolRef[])["tool"]);
        type.Options.GetProperty("Branches")?.SetValue(options, (ToolRef[])["tool"]);
        type.Options.GetProperty("Augmented")?.SetValue(options, (ToolRef)"tool");
        return options;
    }
}

public sealed class ModelProvidersPluginTests : PluginContractTests<ModelProvidersPlugin>
{
    /// <summary>Providers that open files or need a key are tested on their own.</summary>
    protected override object? Options(RegisteredType type) => type.Name is "nat_test_llm" ? base.Options(type) : null;
}
