using Microsoft.Extensions.AI;
using Reasoners.ReAct;
using Reasoners.Tests.Support;

namespace Reasoners.Tests.ReAct;

/// <summary>Texts that a model is trained on: a change here asks for a new training run.</summary>
public sealed class ReActPromptTests
{
    private static readonly AIFunction[] s_tools = [new TestTools().Multiply, new TestTools().Now];

    [Fact]
    public void System_Defaults_IsTheTrainedText()
    {
        const string Expected = """
            Answer the question as well as you can. You may ask for these tools:

            multiply: Multiplies two numbers. Arguments: {"type":"object","properties":{"a":{"type":"number"},"b":{"type":"number"}},"required":["a","b"]}
            now: Says the time. Arguments: {"type":"object","properties":{}}

            Reply in exactly one of two forms.

            When you need a tool:
            Thought: what you need and why
            Action: the name of one tool from the list
            Action Input: a JSON object with the tool's arguments
            Then stop: the result comes back as an Observation.

            When you know the answer:
            Thought: why you know it
            Final Answer: the answer to the question

            If no tool in the list can help, say so as the Final Answer.
            """;
        Assert.Equal(Expected.ReplaceLineEndings("\n"), ReActPrompt.System(s_tools));
    }

    [Fact]
    public void System_OwnPromptWithoutSchemas_FillsPlaceholdersAndUnescapesBraces()
    {
        var options = new ReActOptions
        {
            SystemPrompt = "{tools}|{tool_names}|{{json}}|{other}",
            AdditionalInstructions = "Be {{brief}}.",
            IncludeToolSchema = false,
        };
        Assert.Equal("multiply: Multiplies two numbers.\nnow: Says the time.|multiply,now|{json}|{other} Be {brief}.", ReActPrompt.System(s_tools, options));
    }

    [Fact]
    public void System_ToolTextWithPlaceholders_IsNotFilledAgain()
    {
        var tricky = AIFunctionFactory.Create(() => 1, "tricky", "Prints {tool_names} and {{x}}.");
        Assert.Contains("tricky: Prints {tool_names} and {{x}}. Arguments:", ReActPrompt.System([tricky]), StringComparison.Ordinal);
    }

    [Fact]
    public void System_SchemaNoise_IsDroppedButArgumentsOfThatNameStay()
    {
        var schema = System.Text.Json.JsonElement.Parse("""
            {"$schema":"s","title":"T","type":"object","additionalProperties":false,
             "properties":{"title":{"title":"Title","type":"string","description":"ä > b"},"list":{"type":"array","items":{"title":"x","type":"object","additionalProperties":true}}}}
            """u8);
        var tool = AIFunctionFactory.CreateDeclaration("t", " Two\r\nlines. ", schema);
        Assert.EndsWith("t: Two lines. Arguments: {\"type\":\"object\",\"properties\":{\"title\":{\"type\":\"string\",\"description\":\"ä > b\"},\"list\":{\"type\":\"array\",\"items\":{\"type\":\"object\"}}}}",
            ReActPrompt.System([tool], new ReActOptions { SystemPrompt = "{tools}{tool_names}"[..7] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Question_WithHistory_ListsRolesAndTexts()
    {
        ChatMessage[] messages = [new(ChatRole.User, "Hi"), new(ChatRole.Assistant, "Hello"), new(ChatRole.User, "2 times 3?")];
        Assert.Equal("Previous conversation history:\nuser: Hi\nassistant: Hello\n\nQuestion: 2 times 3?", ReActPrompt.Question(messages));
        Assert.Equal("Question: 2 times 3?", ReActPrompt.Question([messages[2]]));
        Assert.Equal("Observation: 6", ReActPrompt.Observation("6"));
    }
}
