using System.Text.Json;

namespace Hub.Cli.Tests;

public sealed class RunCommandTests : IDisposable
{
    private const string Multiply = "Thought: I need to multiply.\nAction: calculator__multiply\nAction Input: {\"numbers\": [14, 27]}";
    private const string Done = "Thought: I know it.\nFinal Answer: 378";
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Run_ScriptedModel_ShowsStepsAndEndsWithTheAnswerAlone()
    {
        var run = await CliRun.Of("run", "--config_file", _scratch.Workflow(Multiply, Done), "--input", "What is 14 times 27?", "--run-log", "none");

        Assert.Equal(0, run.Code);
        Assert.Equal("378", run.LastLine);
        Assert.Contains("Thought: I need to multiply.", run.Output);
        Assert.Contains("Observation: 378", run.Output);
    }

    [Fact]
    public async Task Run_Quiet_PrintsTheAnswerAlone()
    {
        var run = await CliRun.Of("run", "--config_file", _scratch.Workflow(Multiply, Done), "--input", "What is 14 times 27?", "--run-log", "none", "--quiet");

        Assert.Equal("378\n", run.Output);
    }

    [Fact]
    public async Task Run_Json_PrintsOneObjectALine()
    {
        var run = await CliRun.Of("run", "--config_file", _scratch.Workflow(Multiply, Done), "--input", "What is 14 times 27?", "--run-log", "none", "--json");

        var lines = run.Output.TrimEnd('\n').Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToArray();
        Assert.Equal("WORKFLOW_START", lines[0].GetProperty("kind").GetString());
        Assert.Contains(lines, l => l.TryGetProperty("kind", out var kind) && kind.GetString() == "TOOL_END" && l.GetProperty("text").GetString() == "378");
        Assert.Equal("378", lines[^1].GetProperty("answer").GetString());
        Assert.Equal("completed", lines[^1].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Run_InputFile_IsTheQuestion()
    {
        var question = _scratch.Write("question.txt", "What is 14 times 27?\n");
        var run = await CliRun.Of("run", "--config_file", _scratch.Workflow(Done), "--input_file", question, "--run-log", _scratch.RunLog, "-q");
        var list = await CliRun.Of("runs", "list", "--run-log", _scratch.RunLog, "--json");

        Assert.Equal(0, run.Code);
        Assert.Equal("What is 14 times 27?", JsonDocument.Parse(list.Output).RootElement[0].GetProperty("question").GetString());
    }

    [Theory]
    [InlineData("There is no such file", "run", "--config_file", "nowhere.yml", "--input", "x")]
    [InlineData("--input TEXT or --input_file FILE", "run", "--config_file", "nowhere.yml")]
    [InlineData("Required", "run", "--input", "x")]
    [InlineData("no run log", "runs", "list", "--run-log", "nowhere.db")]
    [InlineData("Try 'hub", "rum")]
    public async Task Run_WrongArguments_SaysWhatIsNeeded(string expected, params string[] args)
    {
        var run = await CliRun.Of(args);

        Assert.Equal(2, run.Code);
        Assert.Contains(expected, run.Error, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("", run.Output);
    }

    [Fact]
    public async Task Run_ModelThatNeverStops_EndsWithTheLimitByName()
    {
        var run = await CliRun.Of("run", "--config_file", _scratch.Workflow(Multiply), "--input", "x", "--run-log", "none", "--override", "workflow.max_tool_calls", "3");

        Assert.Equal(1, run.Code);
        Assert.Contains("max_tool_calls", run.Error);
    }

    [Fact]
    public async Task Run_BudgetSpent_HasACodeOfItsOwn()
    {
        var run = await CliRun.Of("run", "--config_file", _scratch.Workflow(Multiply), "--input", "x", "--run-log", "none", "--max-steps", "3");

        Assert.Equal(4, run.Code);
        Assert.Contains("max_steps", run.Error);
    }

    [Fact]
    public async Task Validate_ManyMistakes_NamesThemAllWithLines()
    {
        var file = _scratch.Write("bad.yml", """
            llms:
              m: {_type: opnai, model_name: x}
            wrokflow: {}
            workflow:
              _type: react_agent
              tool_names: [calculater]
              llm_name: n
              max_tool_calls: many
            """);
        var run = await CliRun.Of("validate", "--config_file", file);

        Assert.Equal(2, run.Code);
        foreach (var part in (string[])["opnai", "openai", "wrokflow", "calculater", "max_tool_calls", ":2:", ":3:", ":8:"])
            Assert.Contains(part, run.Error);
    }

    [Fact]
    public async Task Validate_Sample_IsValid() =>
        Assert.Equal(0, (await CliRun.Of("validate", "--config_file", Path.Combine(Root(), "samples", "workflows", "calculator.yml"))).Code);

    private static string Root([System.Runtime.CompilerServices.CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
