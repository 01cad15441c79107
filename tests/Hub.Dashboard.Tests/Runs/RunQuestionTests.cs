using System.Text.Json;
using Hub.Abstractions;
using Hub.Core;

namespace Hub.Dashboard.Tests.Runs;

public sealed class RunQuestionTests
{
    private static readonly byte[] s_prompt = JsonSerializer.SerializeToUtf8Bytes(new PersonPrompt("Which one?", ["a", "b"]), HubJson.Options);

    [Fact]
    public void Of_OpenPrompt_IsItsQuestion()
    {
        var pending = RunQuestion.Of([Event(RunEventKind.TaskStart, "0", Redo.Freely, "p")], _ => s_prompt);

        Assert.Equal(("0", "Which one?", false), (pending!.EffectId, pending.Text, pending.Decision));
        Assert.Equal(["a", "b"], pending.Options);
    }

    [Fact]
    public void Of_EffectInFlightThatMayNotRunAgain_IsADecision()
    {
        var pending = RunQuestion.Of([Event(RunEventKind.ToolStart, "3", Redo.Never, null)], _ => null);

        Assert.True(pending!.Decision);
        Assert.Contains("'n' was in flight", pending.Text);
    }

    [Fact]
    public void Of_NothingOpen_IsNothing()
    {
        Assert.Null(RunQuestion.Of([Event(RunEventKind.TaskStart, "0", Redo.Freely, "p"), Event(RunEventKind.TaskEnd, "0", null, null)], _ => s_prompt));
        Assert.Null(RunQuestion.Of([Event(RunEventKind.TaskStart, "0", Redo.Freely, "p")], _ => null)); // erased
        Assert.Null(RunQuestion.Of([], _ => null));
    }

    private static RunEvent Event(RunEventKind kind, string id, Redo? redo, string? input) => new()
    {
        Kind = kind,
        Id = id,
        ParentId = "root",
        Name = "n",
        Time = DateTimeOffset.UnixEpoch,
        Function = new FunctionAncestry("root", "x"),
        Redo = redo,
        Input = input,
    };
}
