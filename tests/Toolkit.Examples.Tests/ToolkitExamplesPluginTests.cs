using System.Text.Json;
using Hub.Abstractions;
using Hub.TestKit;
using ToolTape;

namespace Toolkit.Examples.Tests;

public sealed class ToolkitExamplesPluginTests : PluginContractTests<ToolkitExamplesPlugin>
{
    /// <summary>The report tools take their descriptions from the file.</summary>
    protected override object? Options(RegisteredType type) => type.Name == "user_report"
        ? new UserReportOptions { ObjectStore = "s", GetDescription = "Gets.", PutDescription = "Puts.", UpdateDescription = "Updates.", DeleteDescription = "Deletes." }
        : base.Options(type);
}

public sealed class ToolTapePluginTests : PluginContractTests<ToolTapePlugin>
{
    /// <summary>A script has at least one line.</summary>
    protected override object? Options(RegisteredType type) => type.Kind == ComponentKind.Model ? new ScriptedOptions { Replies = [JsonElement.Parse("\"said\"")] } : base.Options(type);
}
