using System.ComponentModel;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Abstractions.Tests.Tools;

public sealed class HubToolTests
{
    [Fact]
    public void Create_ContextParameter_IsHiddenFromTheModel()
    {
        var tool = HubTool.Create(([Description("how many")] int count, ToolCallContext call) => $"{count} {call.Key}", "count");

        Assert.Equal(["count"], tool.JsonSchema.GetProperty("properties").EnumerateObject().Select(p => p.Name));
    }

    [Fact]
    public async Task Invoke_ContextParameterWithoutARun_SaysWhatToDo()
    {
        var tool = HubTool.Create((ToolCallContext call) => call.Key, "key");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await tool.InvokeAsync());

        Assert.Contains("run.Tool(name)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invoke_ContextGiven_IsBound()
    {
        var tool = HubTool.Create((ToolCallContext call) => call.Key, "key");
        var header = new RunHeader { RunId = "r", Reasoner = "x", Started = DateTimeOffset.UnixEpoch };

        var result = await tool.InvokeAsync(new AIFunctionArguments { Context = new Dictionary<object, object?> { [typeof(ToolCallContext)] = new ToolCallContext("r:0", header, false) } });

        Assert.Equal("r:0", RunTools.ResultText(result));
    }

    [Fact]
    public void RedoOf_Declarations_AreRead()
    {
        Assert.Equal(Redo.Never, HubTool.RedoOf(AIFunctionFactory.Create(() => 1, "plain")));
        Assert.Equal(Redo.Never, HubTool.RedoOf(HubTool.Create(() => 1, "default")));
        Assert.Equal(Redo.WithSameKey, HubTool.RedoOf(HubTool.Create(() => 1, "keyed", Redo.WithSameKey)));
        Assert.Equal(Redo.Freely, HubTool.RedoOf(Hinted(true)));
        Assert.Equal(Redo.Never, HubTool.RedoOf(Hinted(false)));
    }

    private static AIFunction Hinted(bool readOnly) => AIFunctionFactory.Create(
        () => 1, new AIFunctionFactoryOptions { Name = "mcp", AdditionalProperties = new Dictionary<string, object?> { ["readOnlyHint"] = readOnly } });
}
