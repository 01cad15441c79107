using System.Text;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core.Tests.Runs;

/// <summary>How model calls are logged.</summary>
public sealed class ChatLogTests
{
    private readonly MemoryRunStore _store = new();

    [Fact]
    public void Advance_GrowingConversation_NamesOnlyWhatIsNewAndTheHeadIsThatOfTheWhole()
    {
        using var writer = _store.Create(Sample.Header("aa00"));
        ChatMessage[] messages = [.. Enumerable.Range(0, 6).Select(i => Sample.User($"m{i}"))];
        var chain = new MessageChain();

        var (noPrefix, first, head) = chain.Advance(messages[..2], writer);
        var (prefix, second, longer) = chain.Advance([.. messages], writer);

        Assert.Null(noPrefix);
        Assert.Equal((2, 4, head), (first.Count, second.Count, prefix));
        Assert.Equal(new MessageChain().Advance([.. messages.Select(m => Sample.User(m.Text))], writer).Head, longer);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Advance_AMessageInTheMiddleChanged_StartsAnewWithAnotherHead(int changed)
    {
        using var writer = _store.Create(Sample.Header("aa00"));
        List<ChatMessage> messages = [Sample.User("a"), Sample.User("b")];
        var chain = new MessageChain();
        var before = chain.Advance(messages, writer);

        messages[changed] = Sample.User("other");
        messages.Add(Sample.User("c"));
        var after = chain.Advance(messages, writer);

        Assert.Null(after.Prefix);
        Assert.Equal(3, after.New.Count);
        Assert.NotEqual(before.Head, after.Head);
    }

    [Fact]
    public void Codec_ResponseWithEverything_RoundTrips()
    {
        using var writer = _store.Create(Sample.Header("aa00"));
        var codec = ChatEffectCodec.Instance;
        var response = new ChatResponse(
        [
            new ChatMessage(ChatRole.Assistant, [new TextContent("hm"), new FunctionCallContent("c", "f", new Dictionary<string, object?> { ["a"] = 1 })]),
            new ChatMessage(ChatRole.Assistant, "ü"),
        ])
        {
            ResponseId = "id",
            ConversationId = "conversation",
            ModelId = "model",
            FinishReason = ChatFinishReason.ToolCalls,
            CreatedAt = Sample.Began,
            Usage = new UsageDetails { InputTokenCount = 1, OutputTokenCount = 2, TotalTokenCount = 3 },
        };

        var logged = codec.EncodeResult(response, writer);
        var read = codec.DecodeResult(logged, writer);

        Assert.Equal(Encoding.UTF8.GetString(logged), Encoding.UTF8.GetString(codec.EncodeResult(read, writer)));
        Assert.Equal(("id", "conversation", "model", ChatFinishReason.ToolCalls, Sample.Began, 3L), (
            read.ResponseId, read.ConversationId, read.ModelId, read.FinishReason, read.CreatedAt, read.Usage!.TotalTokenCount));
        Assert.Equal(new RunUsage(1, 2, null, null, 3), codec.Usage(read));
        Assert.Equal("f", Assert.IsType<FunctionCallContent>(read.Messages[0].Contents[1]).Name);
    }

    [Fact]
    public async Task Options_ThatChangeTheAnswer_AreInTheRequest()
    {
        var options = new ChatOptions();
        var bench = new Bench { Store = _store }.Add("m", new ScriptedModel(_ => "x")).Add(async run =>
        {
            await run.Model("m").GetResponseAsync("?", options);
            return "done";
        });
        async Task<string> RequestAsync()
        {
            var run = await bench.RunAsync();
            return Encoding.UTF8.GetString(_store.Payload(_store.Read(run.RunId).Single(e => e.Kind == RunEventKind.LlmStart).Input!)!);
        }

        var seen = new HashSet<string> { await RequestAsync() };
        foreach (var change in new Action[]
        {
            () => options.Temperature = 0.5f,
            () => options.TopP = 0.5f,
            () => options.TopK = 5,
            () => options.MaxOutputTokens = 5,
            () => options.FrequencyPenalty = 0.5f,
            () => options.PresencePenalty = 0.5f,
            () => options.Seed = 5,
            () => options.Instructions = "Be short.",
            () => options.ModelId = "other",
            () => options.StopSequences = ["stop"],
            () => options.Tools = [HubTool.Create(() => 1, "tool")],
            () => options.ToolMode = ChatToolMode.RequireAny,
            () => options.ResponseFormat = ChatResponseFormat.Json,
        })
        {
            change();
            Assert.True(seen.Add(await RequestAsync()));
        }
    }
}
