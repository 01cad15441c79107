using Reasoners.ReAct;
using Reasoners.Tests.Reference;

namespace Reasoners.Tests.ReAct;

public sealed class StrictGrammarTests
{
    /// <summary>Pieces that make texts near the grammar's edges.</summary>
    private static readonly string[] s_pieces =
    [
        "Action", "action", "Input", "input", "Final", "Answer", "final answer", "Observation", "observation", "Thought",
        ":", ":", ":", " ", " ", "\n", "\n", "\t", "|", "1", "23", "\"", "'", "{", "}", "add", "x", "_", "Action:", "Input:", "Action Input: ", "Final Answer:", "\nObservation:", "",
    ];

    [Theory]
    [ClassData(typeof(StrictGrammarTable))]
    public void Parse_StrictTable_HasTheToolkitsOutcome(string reply, ReActReply outcome) =>
        Assert.Equal(outcome, ReActGrammar.Parse(reply, ReActGrammarMode.Strict));

    [Theory]
    [ClassData(typeof(StrictGrammarTable))]
    public void ToolkitPattern_Table_AgreesWhereTheEnginesDo(string reply, ReActReply outcome)
    {
        if (reply.Any(c => c is >= '\x1c' and <= '\x1f'))
            return; // Python counts these four as white space, .NET's \s does not: the product follows Python.
        Assert.Equal(outcome, ToolkitPattern.Parse(reply));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Parse_RandomTexts_EqualsTheOnePattern(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var text = Draw(random);
            Assert.Equal(ToolkitPattern.Parse(text), ReActGrammar.Parse(text, ReActGrammarMode.Strict));
        }
    }

    [Fact]
    public void Table_PlantedFaultInputEndsAtFirstLine_IsCaught()
    {
        static ReActReply Planted(string reply) => ReActGrammar.Parse(reply, ReActGrammarMode.Strict) is ReActAction action
            ? action with { Input = action.Input.Split('\n')[0] }
            : ReActGrammar.Parse(reply, ReActGrammarMode.Strict);

        var random = new Random(1);
        Assert.Contains(Enumerable.Range(0, 20_000).Select(_ => Draw(random)), text => !ToolkitPattern.Parse(text).Equals(Planted(text)));
    }

    [Theory]
    [InlineData("Action: ", " ")]
    [InlineData("Action: a Input: ", " ")]
    [InlineData("Action: a Input: ", " |")]
    [InlineData("", "action ")]
    [InlineData("", "action: ")]
    [InlineData("Action:", "\nobservation_")]
    [InlineData("", "final ")]
    [InlineData("", "**")]
    [InlineData("", "# ")]
    public void Parse_LongRepetitiveReply_IsReadInTime(string start, string piece)
    {
        var reply = start + string.Concat(Enumerable.Repeat(piece, (ReActGrammar.MaxReplyChars - start.Length) / piece.Length));
        Assert.NotNull(ReActGrammar.Parse(reply, ReActGrammarMode.Strict));
        Assert.NotNull(ReActGrammar.Parse(reply, ReActGrammarMode.Tolerant));
    }

    [Fact]
    public void Parse_ReplyAboveTheLimit_IsTooLong()
    {
        var reply = "Final Answer: " + new string('x', ReActGrammar.MaxReplyChars);
        Assert.Equal(new ReActMalformed(ReActFault.TooLong), ReActGrammar.Parse(reply));
    }

    [Theory]
    [InlineData("42", "42")]
    [InlineData("  It is 42.\n", "It is 42.")]
    [InlineData("", null)]
    [InlineData("  \n", null)]
    [InlineData("Thought: I know", null)]
    [InlineData("  thought I know", null)]
    [InlineData("Question : what", null)]
    [InlineData("Questions are good", "Questions are good")]
    [InlineData("previous   conversation", null)]
    public void DirectAnswer_ReplyWithoutLabels_IsAnswerUnlessItBeginsLikeTheForm(string reply, string? answer) =>
        Assert.Equal(answer, ReActGrammar.DirectAnswer(reply, ReActGrammarMode.Strict));

    [Theory]
    [InlineData("**Thought:** hm")]
    [InlineData("## Thought: hm")]
    public void DirectAnswer_MarkedThought_IsAnAnswerInStrictModeOnly(string reply)
    {
        Assert.Equal(reply, ReActGrammar.DirectAnswer(reply, ReActGrammarMode.Strict));
        Assert.Null(ReActGrammar.DirectAnswer(reply, ReActGrammarMode.Tolerant));
    }

    private static string Draw(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));
}
