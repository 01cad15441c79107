using Reasoners.ReAct;

namespace Reasoners.Tests.ReAct;

public sealed class TolerantGrammarTests
{
    [Theory]
    [InlineData("**Action:** add\n**Action Input:** {\"a\": 1}")]
    [InlineData("**Action**: add\n**Action Input**: {\"a\": 1}")]
    [InlineData("*Action:* add\n*Action Input:* {\"a\": 1}")]
    [InlineData("__Action:__ add\n__Action Input:__ {\"a\": 1}")]
    [InlineData("**Action: add**\n**Action Input: {\"a\": 1}**")]
    [InlineData("### Action: add\n### Action Input: {\"a\": 1}")]
    [InlineData("**Thought:** t **Action:** `add` **Action Input:** {\"a\": 1}")]
    [InlineData("Thought: t\nAction: \"add\"\nAction Input: ```json\n{\"a\": 1}\n```")]
    [InlineData("Thought: t\nAction: add\nAction Input:\n```\n{\"a\": 1}\n```\nObservation: 5")]
    [InlineData("Action: add\nAction Input: ```{\"a\": 1}```")]
    [InlineData("Action: add\nAction Input: ```json {\"a\": 1}```")]
    [InlineData("Action: add\nAction Input: ```json\n{\"a\": 1}")]
    [InlineData("Action: add\nAction Input: `{\"a\": 1}`")]
    [InlineData("Action: add\nAction Input: {\"a\": 1}\nFinal Answer: 5")]
    [InlineData("Action: add\nAction Input: {\"a\": 1}\nThought: I know\n**Final Answer:** 5")]
    [InlineData("Action: add\nAction Input: {\"a\": 1}\nObservation: 2\nThought: so\nFinal Answer: 5")]
    [InlineData("Action: add\nAction Input: {\"a\": 1}\nAction: sub\nAction Input: {}")]
    [InlineData("Thought: then comes the final answer: not yet\nAction: add\nAction Input: {\"a\": 1}")]
    [InlineData("Thought: my action: add them\nAction: add\nAction Input: {\"a\": 1}")]
    [InlineData("Action: add\nsome words\nAction Input: {\"a\": 1}")]
    public void Parse_LooseAction_IsTheAction(string reply) =>
        Assert.Equal(new ReActAction("add", "{\"a\": 1}"), ReActGrammar.Parse(reply));

    [Theory]
    [InlineData("**Final Answer:** 42", "42")]
    [InlineData("**Final Answer: 42**", "42")]
    [InlineData("**Thought:** t\n\n**Final Answer**: 42", "42")]
    [InlineData("Final Answer: **42**", "**42**")]
    [InlineData("Final Answer: 42\nAction: add\nAction Input: 5", "42")]
    [InlineData("Final Answer: 42\n\n**Action:** add\n**Action Input:** 5", "42")]
    [InlineData("Thought: the final answer: hm\nFinal Answer: 42", "42")]
    [InlineData("Thought: so. Final Answer: 42", "42")]
    [InlineData("Final Answer: user_input: 42", "user_input: 42")]
    public void Parse_LooseAnswer_IsTheAnswer(string reply, string answer) => Assert.Equal(new ReActAnswer(answer), ReActGrammar.Parse(reply));

    [Theory]
    [InlineData("Thought: t\nFinal Answer:", ReActFault.EmptyAnswer)]
    [InlineData("**Final Answer:** **", ReActFault.EmptyAnswer)]
    [InlineData("**Action:** add", ReActFault.MissingActionInput)]
    [InlineData("Thought: t", ReActFault.MissingAction)]
    [InlineData("Action Input: 5\nAction: add", ReActFault.Unreadable)]
    public void Parse_Malformed_NamesTheFault(string reply, ReActFault fault) => Assert.Equal(new ReActMalformed(fault), ReActGrammar.Parse(reply));

    /// <summary>What strict mode understands, tolerant mode understands as the same kind, except an answer without words.</summary>
    [Theory]
    [ClassData(typeof(StrictGrammarTable))]
    public void Parse_WhatStrictTakes_IsNeverRefused(string reply, ReActReply strict)
    {
        var tolerant = ReActGrammar.Parse(reply);
        if (strict is ReActAction)
            Assert.IsType<ReActAction>(tolerant);
        if (strict is ReActAnswer { Text.Length: > 0 })
            Assert.IsType<ReActAnswer>(tolerant);
    }

    [Theory]
    [InlineData("Action: add\nAction Input: 1\nObservation: 3\nThought: x", "Action: add\nAction Input: 1")]
    [InlineData("Action: add\nAction Input: 1\n**Observation:** 3", "Action: add\nAction Input: 1")]
    [InlineData(" Thought: t\nFinal Answer: observation: none ", "Thought: t\nFinal Answer: observation: none")]
    public void BeforeObservation_Reply_EndsWhereATurnOfTheToolBegins(string reply, string expected) =>
        Assert.Equal(expected, ReActGrammar.BeforeObservation(reply));
}
