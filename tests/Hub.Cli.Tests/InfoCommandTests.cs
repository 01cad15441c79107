using System.Text.Json;

namespace Hub.Cli.Tests;

public sealed class InfoCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-cli-info-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Components_OfAKind_ListsItsTypesWithOptionsAndExample()
    {
        var run = await CliRun.Of("info", "components", "--kind", "reasoner", "--json");

        var types = JsonDocument.Parse(run.Output).RootElement.EnumerateArray().ToDictionary(t => t.GetProperty("type").GetString()!);
        Assert.All(types.Values, t => Assert.Equal("reasoner", t.GetProperty("kind").GetString()));
        var react = types["react_agent"];
        var options = react.GetProperty("options").EnumerateArray().ToDictionary(o => o.GetProperty("key").GetString()!);
        Assert.Equal("15", options["max_tool_calls"].GetProperty("default").GetString());
        Assert.Equal("max_iterations", options["max_tool_calls"].GetProperty("aliases")[0].GetString());
        Assert.Equal("whole number", options["max_tool_calls"].GetProperty("type").GetString());
        Assert.StartsWith("The most tool calls of a run", options["max_tool_calls"].GetProperty("summary").GetString(), StringComparison.Ordinal);
        Assert.Contains("_type: react_agent", react.GetProperty("example").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Components_EveryType_HasASummaryForEachOption()
    {
        var types = JsonDocument.Parse((await CliRun.Of("info", "components", "--json")).Output).RootElement.EnumerateArray();

        Assert.All(types.SelectMany(t => t.GetProperty("options").EnumerateArray().Select(o => (Type: t.GetProperty("type").GetString(), Option: o))),
            o => Assert.False(string.IsNullOrEmpty(o.Option.GetProperty("summary").GetString()), $"{o.Type}: {o.Option}"));
    }

    [Fact]
    public async Task Components_OneType_ShowsItInFull()
    {
        var run = await CliRun.Of("info", "components", "react_agent");

        Assert.Contains("max_tool_calls, max_iterations", run.Output, StringComparison.Ordinal);
        Assert.Contains("_type: react_agent", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'reasnr' is no kind of component", "info", "components", "--kind", "reasnr")]
    [InlineData("Did you mean 'react_agent'", "info", "components", "react_agnt")]
    [InlineData("'x' is no agent", "workflow", "new", "nowhere.yml", "--agent", "x")]
    public async Task Info_WrongArguments_SayWhatIsNeeded(string message, params string[] args)
    {
        var run = await CliRun.Of(args);

        Assert.NotEqual(0, run.Code);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("react_agent")]
    [InlineData("rewoo_agent")]
    [InlineData("tool_calling_agent")]
    public async Task WorkflowNew_EachAgent_WritesAFileThatIsValid(string agent)
    {
        var file = Path.Combine(_folder, $"{agent}.yml");
        Assert.Equal(0, (await CliRun.Of("workflow", "new", file, "--agent", agent)).Code);

        var validated = await CliRun.Of("validate", "--config_file", file);

        Assert.Equal((0, ""), (validated.Code, validated.Error));
        Assert.Equal(2, (await CliRun.Of("workflow", "new", file)).Code);
    }
}
