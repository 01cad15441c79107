using System.Text.Json;

namespace Hub.Cli.Tests;

public sealed class RunsCommandTests : IDisposable
{
    private const string Multiply = "Thought: I need to multiply.\nAction: calculator__multiply\nAction Input: {\"numbers\": [14, 27]}";
    private const string Done = "Thought: I know it.\nFinal Answer: 378";
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Show_EndedRun_ListsEventsAndVerifiesTheChain()
    {
        var id = await Ended();
        var show = await CliRun.Of("runs", "show", id[..6], "--run-log", _scratch.RunLog, "--verify");

        Assert.Equal(0, show.Code);
        Assert.Contains("TOOL_END", show.Output);
        Assert.Contains("whole", show.Error);
    }

    [Fact]
    public async Task Show_Tree_HasTheToolCall()
    {
        var show = await CliRun.Of("runs", "show", await Ended(), "--tree", "--run-log", _scratch.RunLog);

        Assert.Contains("calculator__multiply", show.Output);
        Assert.Contains("378", show.Output);
    }

    [Fact]
    public async Task Resume_EndedRun_AnswersFromTheLog()
    {
        var resumed = await CliRun.Of("runs", "resume", await Ended(), "--run-log", _scratch.RunLog, "-q");

        Assert.Equal(0, resumed.Code);
        Assert.Equal("378", resumed.LastLine);
    }

    [Fact]
    public async Task Fork_AtAnEvent_GoesOnFromThere()
    {
        var id = await Ended();
        var fork = await CliRun.Of("runs", "fork", id, "--at", "2", "--run-log", _scratch.RunLog, "--json");
        var forked = JsonDocument.Parse(fork.Output).RootElement.GetProperty("runs")[0].GetString()!;
        // The fork asks anew from event 3 on; the scripted model of the new process starts over, so it takes the long way again.
        var resumed = await CliRun.Of("runs", "resume", forked, "--run-log", _scratch.RunLog, "-q");

        Assert.NotEqual(id, forked);
        Assert.Equal(0, resumed.Code);
        Assert.Equal("378", resumed.LastLine);
    }

    [Fact]
    public async Task Fork_NoSuchEvent_SaysWhichThereAre()
    {
        var fork = await CliRun.Of("runs", "fork", await Ended(), "--at", "99", "--run-log", _scratch.RunLog);

        Assert.Equal(2, fork.Code);
        Assert.Contains("events 0 to", fork.Error);
    }

    [Fact]
    public async Task Prune_DryRun_RemovesNothing()
    {
        await Ended();
        var dry = await CliRun.Of("runs", "prune", "--older-than-days", "0", "--dry-run", "--run-log", _scratch.RunLog, "--json");
        var list = await CliRun.Of("runs", "list", "--run-log", _scratch.RunLog, "--json");
        await CliRun.Of("runs", "prune", "--older-than-days", "0", "--run-log", _scratch.RunLog);
        var after = await CliRun.Of("runs", "list", "--run-log", _scratch.RunLog, "--json");

        Assert.Equal(1, JsonDocument.Parse(dry.Output).RootElement.GetProperty("runs").GetArrayLength());
        Assert.Equal(1, JsonDocument.Parse(list.Output).RootElement.GetArrayLength());
        Assert.Equal(0, JsonDocument.Parse(after.Output).RootElement.GetArrayLength());
    }

    [Fact]
    public async Task Show_UnknownRun_SaysSo()
    {
        await Ended();
        var show = await CliRun.Of("runs", "show", "ffffffff", "--run-log", _scratch.RunLog);

        Assert.Equal(1, show.Code);
        Assert.Contains("ffffffff", show.Error);
    }

    private async Task<string> Ended()
    {
        var run = await CliRun.Of("run", "--config_file", _scratch.Workflow(Multiply, Done), "--input", "What is 14 times 27?", "--run-log", _scratch.RunLog, "--json");
        return JsonDocument.Parse(run.LastLine).RootElement.GetProperty("run_id").GetString()!;
    }
}
