using System.Text;
using Backends.Serving.Constraints;
using Backends.Serving.Tests.Reference;
using CsCheck;

namespace Backends.Serving.Tests.Constraints;

public class ToolNameMaskTests
{
    private static readonly ToolSpec[] s_tools =
    [
        new("add", ["a", "b"]),
        new("add_all", ["numbers"]),
        new("now", []),
        new("größe", ["Länge \"m\""]),
    ];

    private static readonly ToolNameMask s_mask = new(s_tools);

    [Theory]
    [InlineData("", null)]
    [InlineData("Thought: I use Action: nothing", null)]
    [InlineData("Thought: x\nAction", null)]
    [InlineData("Action:", " add\nAction Input:| add_all\nAction Input:| now\nAction Input:| größe\nAction Input:")]
    [InlineData("Thought: x\nAction: ad", "d\nAction Input:|d_all\nAction Input:")]
    [InlineData("Thought: x\n Action: n", "ow\nAction Input:")]
    [InlineData("Action: add\nAction Input:", null)]
    [InlineData("Action: add\nAction Input: None\n", null)]
    [InlineData("Action: add\nAction Input: {", "\"a\":|\"b\":|}")]
    [InlineData("Action: add\nAction Input: {\"", "a\"|b\"")]
    [InlineData("Action: add\nAction Input: {\"b\"", ":")]
    [InlineData("Action: add\nAction Input: {\"b\": {\"x\": \"}\\\"\", \"y\": [1, 2]}", null)]
    [InlineData("Action: add\nAction Input: {\"b\": {\"x\": \"}\\\"\", \"y\": [1, 2]},", "\"a\":")]
    [InlineData("Action: now\nAction Input: {", "}")]
    [InlineData("Action: now\nAction Input: {}\nAction:", " add\nAction Input:| add_all\nAction Input:| now\nAction Input:| größe\nAction Input:")]
    [InlineData("Action: größe\nAction Input: {\"", "Länge \\\"m\\\"\"")]
    [InlineData("[{\"plan\": \"p\", \"evidence\": {\"placeholder\": \"#E1\", \"tool\"", null)]
    [InlineData("[{\"evidence\":{\"tool\":", "\"add\"|\"add_all\"|\"now\"|\"größe\"")]
    [InlineData("[{\"evidence\":{\"tool\" : \"add", "\"|_all\"")]
    [InlineData("[{\"evidence\":{\"tool\":\"add_all\",\"tool_input\":", null)]
    [InlineData("[{\"evidence\":{\"tool\":\"add_all\",\"tool_input\": {", "\"numbers\":|}")]
    [InlineData("[{\"evidence\":{\"tool\":\"add_all\",\"tool_input\": [\"tool", null)]
    [InlineData("[{\"evidence\":{\"tool\":\"now\",\"tool_input\":{}}},{\"evidence\":{\"tool\":\"a", "dd\"|dd_all\"")]
    [InlineData("{\"tool_input\":{", null)]
    [InlineData("say \\\"tool\\\": \\\"x", null)]
    public void AfterText_Prefix_HasTheseContinuations(string text, string? continuations) => AssertAllowed(continuations, s_mask.AfterText(text));

    [Theory]
    [InlineData("", "add {|add_all {|now {|größe {")]
    [InlineData("add", " {|_all {")]
    [InlineData("add ", "{")]
    [InlineData("add {", "\"a\":|\"b\":|}")]
    [InlineData("add {\"a\":1", null)]
    [InlineData("add {\"a\":1,", "\"b\":")]
    [InlineData("add {\"a\":1,\"b\":2}", "")]
    public void AfterCall_Prefix_HasTheseContinuations(string text, string? continuations) => AssertAllowed(continuations, s_mask.AfterCall(text));

    [Theory]
    [InlineData("Action: sub")]
    [InlineData("Action: add ")]
    [InlineData("Action: add\nFinal")]
    [InlineData("Action: add\nAction Input: {\"c")]
    [InlineData("Action: add\nAction Input: {a")]
    [InlineData("Action: add\nAction Input: {\"a\":1,\"a")]
    [InlineData("Action: add\nAction Input: {\"a\":1,\"b\":2,")]
    [InlineData("Action: add\nAction Input: {\"a\":1,}")]
    [InlineData("{\"tool\":\"sub")]
    [InlineData("{\"tool\":null")]
    public void AfterText_UnlistedName_IsRefused(string text) => Assert.Null(s_mask.AfterText(text));

    [Fact]
    public void AfterCall_WhiteSpaceWithoutEnd_IsRefusedAtTheLimit()
    {
        Assert.NotNull(s_mask.AfterCall("add {" + new string(' ', ToolNameMask.MaxSpaces) + "\"a\"" + new string('\n', ToolNameMask.MaxSpaces) + ": 1}"));
        Assert.Null(s_mask.AfterCall("add {" + new string(' ', ToolNameMask.MaxSpaces + 1)));
        Assert.Null(s_mask.AfterCall("add {\"a\"" + new string(' ', ToolNameMask.MaxSpaces + 1)));
    }

    [Fact]
    public void TryAdvance_RandomReply_AgreesWithTheNaiveCheck()
    {
        var name = Gen.Int[0, 5].Select(i => new[] { "add", "add_all", "now", "größe", "sub", "ad" }[i]);
        var keys = Gen.Int[0, 4].Select(i => new[] { "a", "b", "numbers", "Länge \\\"m\\\"", "c" }[i]).Array[0, 3];
        (from n in name from k in keys select (n, input: "{" + string.Join(", ", k.Select((key, i) => $"\"{key}\": [{i}, \"x}}\"]")) + "}")).Sample(
            c =>
            {
                var react = $"Thought: go\nAction: {c.n}\nAction Input: {c.input}\n";
                var plan = $"[{{\"plan\": \"p\", \"evidence\": {{\"tool\": \"{c.n}\", \"tool_input\": {c.input}}}}}]";
                Assert.Equal(NaiveNameCheck.ReAct(s_tools, react), s_mask.AfterText(react) is not null);
                Assert.Equal(NaiveNameCheck.Call(s_tools, $"{c.n} {c.input}"), s_mask.AfterCall($"{c.n} {c.input}") is not null);
                Assert.Equal(NaiveNameCheck.Plan(s_tools, plan), s_mask.AfterText(plan) is not null);
            },
            iter: 2_000, seed: "0000000000000");
    }

    [Fact]
    public void AllowedWalk_RandomSteps_OnlyEverNamesListedTools() =>
        Gen.Int[0, 1_000_000].Sample(
            seed => Assert.All(Walk(s_mask, new Random(seed)), reply => Assert.True(NaiveNameCheck.ReAct(s_tools, reply), reply)),
            iter: 300, seed: "0000000000000");

    [Fact]
    public void AllowedWalk_MaskOfOtherTools_IsCaughtByTheNaiveCheck()
    {
        var other = new ToolNameMask([new ToolSpec("sub", ["c"])]);
        Assert.Contains(Walk(other, new Random(1)), reply => !NaiveNameCheck.ReAct(s_tools, reply));
    }

    [Fact]
    public void TryAdvance_BytesOfHalfACharacter_FollowTheName()
    {
        var bytes = Encoding.UTF8.GetBytes("größe {");
        Assert.True(s_mask.TryAdvance(ToolNameMask.StartOfCall, bytes.AsSpan(0, 3), out var half));
        Assert.True(s_mask.TryAdvance(half, bytes.AsSpan(3), out var whole));
        Assert.Equal(MaskMode.FirstKey, whole.Mode);
        Assert.False(s_mask.TryAdvance(half, bytes.AsSpan(4), out _));
    }

    [Fact]
    public void Constructor_NoToolOrNoName_Throws()
    {
        Assert.Throws<ArgumentException>(() => new ToolNameMask([]));
        Assert.Throws<ArgumentException>(() => new ToolNameMask([new ToolSpec("", [])]));
    }

    private static void AssertAllowed(string? expected, AllowedContinuations? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected is null, actual.IsFree);
        if (expected is not null) Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), actual.Texts);
    }

    // Replies built from pieces as tokens would be: some legal, many not; a piece is appended only where the mask lets it.
    private static List<string> Walk(ToolNameMask mask, Random random)
    {
        string[] pieces = ["Länge \\\"m\\\"\"", " add", " sub", "_all", " now", " größe", "\n", "\nAction", " Input: {", "Action Input:", "Input:", "add", "sub", "now", "größe",
            " {",
            "\"", "a", "b", "c", "d", "numbers", "\":", "\": ", ":", "}", " "];
        var replies = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            var (text, tries) = (new StringBuilder("Action:"), 0);
            Assert.True(mask.TryAdvance(ToolNameMask.StartOfText, "Action:"u8, out var state));
            while (!ToolNameMask.CanEnd(state))
            {
                var piece = state.Mode == MaskMode.Value
                    ? text[^1] is ':' or ' ' ? "7" : ",}".Substring(random.Next(2), 1)
                    : state.Mode == MaskMode.ActionInput ? " {" : pieces[random.Next(pieces.Length)];
                if (++tries > 10_000) throw new InvalidOperationException($"No way on from {state} after: {text}");
                if (!mask.TryAdvance(state, Encoding.UTF8.GetBytes(piece), out var next)) continue;
                text.Append(piece);
                state = next;
            }
            replies.Add(text.ToString());
        }
        return replies;
    }
}
