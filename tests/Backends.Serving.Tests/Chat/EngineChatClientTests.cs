using Backends.Abstractions;
using Backends.Serving.Chat;
using Backends.Serving.Engine;
using Backends.Serving.Tests.Engine;
using Microsoft.Extensions.AI;

namespace Backends.Serving.Tests.Chat;

public class EngineChatClientTests
{
    private static readonly ChatMessage[] s_question = [new(ChatRole.User, "What is 2+3?")];

    [Fact]
    public async Task GetResponseAsync_TextReply_HasTextUsageAndReason()
    {
        using var client = Client("The answer: 5, Straße 🙂");
        var response = await client.GetResponseAsync(s_question);

        Assert.Equal("The answer: 5, Straße 🙂", response.Text);
        Assert.Equal(ChatFinishReason.Stop, response.FinishReason);
        Assert.Equal("tiny", response.ModelId);
        Assert.Equal(ChatFixture.Template.EncodePrompt(s_question, []).Length, response.Usage!.InputTokenCount);
        Assert.Equal(ChatFixture.Template.Tokenizer.EncodeText("The answer: 5, Straße 🙂").Length + 1, response.Usage.OutputTokenCount);
        Assert.Equal(response.Usage.InputTokenCount + response.Usage.OutputTokenCount, response.Usage.TotalTokenCount);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_TextReply_ComesInPiecesThatMakeTheBufferedOne()
    {
        using var client = Client("東京 is the answer, the answer");
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync(s_question)) updates.Add(update);

        Assert.True(updates.Count > 3);
        Assert.Equal((await client.GetResponseAsync(s_question)).Text, string.Concat(updates.Select(u => u.Text)));
        Assert.All(updates, u => Assert.DoesNotContain('\uFFFD', u.Text));
    }

    [Fact]
    public async Task GetResponseAsync_ParallelCalls_AreContentsWithNumbersGoingOn()
    {
        using var client = Client("Adding.<|call|>add {\"a\":2,\"b\":3}<|call|>add {\"a\":4,\"b\":5}");
        ChatMessage[] messages =
        [
            .. s_question,
            new(ChatRole.Assistant, [new FunctionCallContent("call_1", "add", new Dictionary<string, object?> { ["a"] = 1 })]),
            new(ChatRole.Tool, [new FunctionResultContent("call_1", "error")]),
        ];
        var response = await client.GetResponseAsync(messages, new ChatOptions { Tools = [ChatFixture.Add] });

        Assert.Equal("Adding.", response.Text);
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        var calls = response.Messages.Single().Contents.OfType<FunctionCallContent>().ToList();
        Assert.Equal([("call_2", "2"), ("call_3", "4")], calls.Select(c => (c.CallId, c.Arguments!["a"]!.ToString()!)));
    }

    [Fact]
    public async Task GetResponseAsync_ParallelCallsNotAllowed_GivesOne()
    {
        using var client = Client("<|call|>add {\"a\":2}<|call|>add {\"a\":4}");
        var response = await client.GetResponseAsync(s_question, new ChatOptions { Tools = [ChatFixture.Add], AllowMultipleToolCalls = false });

        Assert.Single(response.Messages.Single().Contents.OfType<FunctionCallContent>());
    }

    [Fact]
    public async Task GetResponseAsync_UnlistedNameOrArgument_BecomesAListedOne()
    {
        using var client = Client("<|call|>sum {\"x\":2}");
        var response = await client.GetResponseAsync(s_question, new ChatOptions { Tools = [ChatFixture.Add], MaxOutputTokens = 400 });

        Assert.All(response.Messages.SelectMany(m => m.Contents.OfType<FunctionCallContent>()), c => Assert.Equal("add", c.Name));
        Assert.DoesNotContain("sum", response.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_ToolModeNone_CannotCall()
    {
        using var client = Client("<|call|>add {\"a\":2}");
        var response = await client.GetResponseAsync(s_question,
            new ChatOptions { Tools = [ChatFixture.Add], ToolMode = ChatToolMode.None, MaxOutputTokens = 60 });

        Assert.Empty(response.Messages.SelectMany(m => m.Contents.OfType<FunctionCallContent>()));
    }

    [Fact]
    public async Task GetResponseAsync_ToolModeRequired_CallsThoughTheModelBeginsWithText()
    {
        // The line break is the token that the call token takes the place of.
        using var client = Client("\nfind_row {\"name\":\"x\"}");
        var response = await client.GetResponseAsync(s_question,
            new ChatOptions { Tools = [ChatFixture.Add, ChatFixture.Find], ToolMode = ChatToolMode.RequireAny });

        Assert.Equal("find_row", Assert.IsType<FunctionCallContent>(response.Messages.Single().Contents[0]).Name);
        Assert.Equal("", response.Text);
    }

    [Fact]
    public async Task GetResponseAsync_OneToolRequired_CannotCallAnother()
    {
        using var client = Client("<|call|>find_row {\"name\":\"x\"}");
        async Task<List<FunctionCallContent>> Calls(string name)
        {
            var options = new ChatOptions { Tools = [ChatFixture.Add, ChatFixture.Find], ToolMode = ChatToolMode.RequireSpecific(name), MaxOutputTokens = 60 };
            return [.. (await client.GetResponseAsync(s_question, options)).Messages.SelectMany(m => m.Contents.OfType<FunctionCallContent>())];
        }

        Assert.Equal("find_row", Assert.Single(await Calls("find_row")).Name);
        Assert.All(await Calls("add"), call => Assert.Equal("add", call.Name));
    }

    [Fact]
    public async Task GetResponseAsync_ActionTools_HoldTheNamesInTheText()
    {
        using var client = Client("Thought: add\nAction: ade\nAction Input: {\"a\":1}\n");
        var options = new ChatOptions
        {
            StopSequences = ["\nObservation:"],
            MaxOutputTokens = 40,
            AdditionalProperties = new() { [EngineOptionKeys.ActionTools] = new AIFunctionDeclaration[] { ChatFixture.Add } },
        };

        Assert.StartsWith("Thought: add\nAction: add\nAction Input:", (await client.GetResponseAsync(s_question, options)).Text, StringComparison.Ordinal);
        Assert.StartsWith("Thought: add\nAction: ade\n", (await client.GetResponseAsync(s_question)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_StopAndLimit_GiveTheirReasons()
    {
        using var client = Client("Thought: add\nObservation: 5");
        var stopped = await client.GetResponseAsync(s_question, new ChatOptions { StopSequences = ["\nObservation:"] });
        var cut = await client.GetResponseAsync(s_question, new ChatOptions { MaxOutputTokens = 3 });

        Assert.Equal(("Thought: add", ChatFinishReason.Stop), (stopped.Text, stopped.FinishReason));
        Assert.Equal((ChatFinishReason.Length, 3L), (cut.FinishReason, cut.Usage!.OutputTokenCount));
    }

    [Fact]
    public async Task GetResponseAsync_SameSeed_GivesTheSameReplyAndAnotherSeedAnother()
    {
        using var client = new EngineChatClient(new GenerationEngine(EngineFixture.Model(), ChatFixture.Template));
        Task<ChatResponse> Ask(long seed) =>
            client.GetResponseAsync(s_question, new ChatOptions { Temperature = 1, Seed = seed, TopK = 50, TopP = 0.99f, MaxOutputTokens = 20 });

        Assert.Equal((await Ask(5)).Text, (await Ask(5)).Text);
        Assert.NotEqual((await Ask(5)).Text, (await Ask(6)).Text);
    }

    [Fact]
    public async Task GetResponseAsync_Instructions_AreASystemMessageInFront()
    {
        using var client = Client("x");
        var with = await client.GetResponseAsync(s_question, new ChatOptions { Instructions = "Be brief." });

        Assert.Equal(ChatFixture.Template.EncodePrompt([new(ChatRole.System, "Be brief."), .. s_question], []).Length, with.Usage!.InputTokenCount);
    }

    [Fact]
    public async Task GetResponseAsync_ConversationGoesOn_ReusesTheCache()
    {
        using var client = Client("the answer");
        var first = await client.GetResponseAsync(s_question);
        var second = await client.GetResponseAsync([.. s_question, .. first.Messages, new(ChatRole.User, "Why?")]);

        Assert.Equal(first.Usage!.TotalTokenCount - 1, second.Usage!.CachedInputTokenCount);
    }

    [Fact]
    public async Task GetResponseAsync_BadOptions_SayWhatIsNeeded()
    {
        using var client = Client("x");
        async Task<string> Error<T>(ChatOptions options)
            where T : Exception => (await Assert.ThrowsAsync<T>(() => client.GetResponseAsync(s_question, options))).Message;

        Assert.Contains("Temperature", await Error<ArgumentOutOfRangeException>(new() { Temperature = -1 }), StringComparison.Ordinal);
        Assert.Contains("Tools is empty", await Error<ArgumentException>(new() { ToolMode = ChatToolMode.RequireAny }), StringComparison.Ordinal);
        Assert.Contains("it has add",
            await Error<ArgumentException>(new() { Tools = [ChatFixture.Add], ToolMode = ChatToolMode.RequireSpecific("sub") }), StringComparison.Ordinal);
        Assert.Contains("min_p", await Error<ArgumentException>(new() { AdditionalProperties = new() { ["min_p"] = "x" } }), StringComparison.Ordinal);
        Assert.Contains("AIFunctionDeclaration",
            await Error<ArgumentException>(new() { AdditionalProperties = new() { [EngineOptionKeys.ActionTools] = "add" } }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetResponseAsync_PromptTooLong_IsAContextOverflow()
    {
        using var client = new EngineChatClient(new GenerationEngine(EngineFixture.Model(contextTokens: 8), ChatFixture.Template));
        await Assert.ThrowsAsync<ContextOverflowException>(() => client.GetResponseAsync(s_question));
    }

    [Fact]
    public void GetService_Metadata_NamesTheModel()
    {
        using var client = Client("x");

        Assert.Equal("tiny", client.GetService<ChatClientMetadata>()!.DefaultModelId);
        Assert.Same(client, client.GetService<EngineChatClient>());
        Assert.Null(client.GetService<string>());
    }

    private static EngineChatClient Client(string reply) =>
        new(new GenerationEngine(EngineFixture.Writing(reply), ChatFixture.Template), new EngineChatClientOptions { ModelId = "tiny" });
}
