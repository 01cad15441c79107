using System.Text;
using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core.Tests.Runs;

/// <summary>What is written and read field by field, against the serializer.</summary>
public sealed class FieldByFieldTests
{
    private const int Cases = 2000;

    [Fact]
    public void Message_RandomOnes_AreTheSerializersBytesAndComeBack()
    {
        var random = new Random(20261129);
        for (var i = 0; i < Cases; i++)
        {
            var message = Message(random);

            var written = MessageJson.Encode(message);

            Assert.Equal(Text(MessageJson.EncodeByReflection(message)), Text(written));
            Assert.Equal(Told(MessageReader.DecodeByReflection(written)), Told(MessageReader.Decode(written)));
        }
    }

    [Fact]
    public void Message_FormsThatAreNotWrittenSo_AreReadByTheSerializer()
    {
        foreach (var form in new[]
        {
            """{"contents":[{"$type":"text","text":"x"}],"role":"user"}""",
            """{"role":"user","contents":[{"$type":"text","text":"x","additionalProperties":{"a":1}}],"messageId":"m"}""",
            """{"role":"user","contents":[{"$type":"functionCall","callId":"c","name":"f","arguments":{"a":[1]}}]}""",
            """{ "role" : "tool", "contents" : [ { "$type" : "functionResult", "callId" : "c", "result" : null } ] }""",
            """{"role":"user","contents":[{"$type":"data","uri":"data:text/plain;base64,eA==","mediaType":"text/plain"}]}""",
        })
            Assert.Equal(Told(MessageReader.DecodeByReflection(Encoding.UTF8.GetBytes(form))), Told(MessageReader.Decode(Encoding.UTF8.GetBytes(form))));
    }

    [Theory]
    [InlineData("""{"role":"user","contents":[{"$type":"text","text":"x"}]""")]
    [InlineData("""{"role":"user","contents":[{"$type":"text","text":1}]}""")]
    [InlineData("[]")]
    public void Message_Damaged_Throws(string form) => Assert.ThrowsAny<JsonException>(() => MessageReader.Decode(Encoding.UTF8.GetBytes(form)));

    [Fact]
    public void RequestForm_RandomOptions_AreTheSerializersBytesAndComeBack()
    {
        var random = new Random(20261130);
        for (var i = 0; i < Cases; i++)
        {
            var form = new RequestForm([.. Enumerable.Range(0, random.Next(3)).Select(n => new string((char)('a' + n), 64))], random.Next(8) == 0 ? null : Options(random));

            var written = form.Encode();

            Assert.Equal(Text(form.EncodeByReflection()), Text(written));
            Assert.Equal(Text(RequestForm.DecodeByReflection(written).EncodeByReflection()), Text(RequestForm.Decode(written).EncodeByReflection()));
        }
    }

    [Fact]
    public void Result_WithEveryCount_ComesBack()
    {
        using var writer = new MemoryRunStore().Create(Sample.Header("aa00"));
        foreach (var usage in new UsageDetails?[]
        {
            null, new(), new() { InputTokenCount = 1, OutputTokenCount = 2, TotalTokenCount = 3, CachedInputTokenCount = 4, ReasoningTokenCount = 5 }, new() { AdditionalCounts = new() { ["x"] = 6 } },
        })
        {
            var logged = ChatEffectCodec.Instance.EncodeResult(new ChatResponse(Sample.User("x")) { Usage = usage, FinishReason = ChatFinishReason.Length }, writer);
            var read = ChatEffectCodec.Instance.DecodeResult(logged, writer);

            Assert.Contains(usage is null ? "\"finish\"" : $"\"usage\":{JsonSerializer.Serialize(usage, HubJson.Options)}", Text(logged));
            Assert.Equal(JsonSerializer.Serialize(usage, HubJson.Options), JsonSerializer.Serialize(read.Usage, HubJson.Options));
            Assert.Equal(ChatFinishReason.Length, read.FinishReason);
        }
    }

    private static ChatMessage Message(Random random)
    {
        var role = random.Next(5) switch { 0 => ChatRole.System, 1 => ChatRole.Assistant, 2 => ChatRole.Tool, 3 => ChatRole.User, _ => new ChatRole("other") };
        var message = new ChatMessage(role, [.. Enumerable.Range(0, random.Next(4)).Select(_ => Content(random))]);
        if (random.Next(10) == 0)
            message.AuthorName = Words(random);
        if (random.Next(10) == 0)
            message.AdditionalProperties = new() { ["k"] = Words(random) };
        return message;
    }

    private static AIContent Content(Random random) => random.Next(6) switch
    {
        0 => new FunctionCallContent(Words(random), Words(random), random.Next(4) == 0 ? null : Enumerable.Range(0, random.Next(4)).ToDictionary(i => $"{Words(random)}{i}", _ => Value(random))) { InformationalOnly = random.Next(5) == 0 },
        1 => new FunctionResultContent(Words(random), Value(random)),
        2 => new TextContent(Words(random)) { AdditionalProperties = random.Next(3) == 0 ? new() { ["n"] = 1 } : null },
        3 => new TextReasoningContent(Words(random)),
        _ => new TextContent(Words(random)),
    };

    private static object? Value(Random random) => random.Next(9) switch
    {
        0 => null,
        1 => true,
        2 => random.Next(),
        3 => random.NextInt64(),
        4 => random.NextDouble(),
        5 => JsonElement.Parse("""{"a": [1, "ü", null, 1.50]}"""),
        6 => new[] { 1, 2 },
        _ => Words(random),
    };

    private static ChatOptions Options(Random random)
    {
        var options = new ChatOptions();
        foreach (var set in new Action[]
        {
            () => options.ConversationId = Words(random),
            () => options.Instructions = Words(random),
            () => options.Temperature = random.NextSingle(),
            () => options.MaxOutputTokens = random.Next(),
            () => options.TopP = random.NextSingle(),
            () => options.TopK = random.Next(),
            () => options.FrequencyPenalty = -random.NextSingle(),
            () => options.PresencePenalty = random.NextSingle() * 1e-9f,
            () => options.Seed = random.NextInt64(),
            () => options.ModelId = Words(random),
            () => options.StopSequences = [Words(random), Words(random)],
            () => options.AllowMultipleToolCalls = random.Next(2) == 0,
        })
        {
            if (random.Next(3) == 0)
                set();
        }

        if (random.Next(8) == 0)
            options.ResponseFormat = ChatResponseFormat.Json;
        if (random.Next(8) == 0)
            options.ToolMode = ChatToolMode.RequireAny;
        if (random.Next(8) == 0)
            options.AdditionalProperties = new() { ["min_p"] = 0.5 };
        return options;
    }

    private static string Words(Random random) => new([.. Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(1, random.Next(2) == 0 ? 0x7f : 0x3000))]);

    /// <summary>A message with the types of its contents and of what is in them.</summary>
    private static string Told(ChatMessage message) => $"{message.Role} {message.Contents.GetType()} {string.Join(",", message.Contents.Select(Told))} {Text(MessageJson.EncodeByReflection(message))}";

    private static string Told(AIContent content) => content switch
    {
        FunctionCallContent call => $"{call.GetType()} {call.Arguments?.GetType()} {string.Join(",", call.Arguments?.Values.Select(v => v?.GetType()) ?? [])}",
        FunctionResultContent result => $"{result.GetType()} {result.Result?.GetType()}",
        _ => content.GetType().ToString(),
    };

    private static string Text(byte[] utf8) => Encoding.UTF8.GetString(utf8);
}
