using Backends.Serving.Chat;
using Backends.Serving.Tokenization;
using Hub.Nano.Suite;
using Hub.Nano.Tasks;
using Hub.Nano.Traces;
using Hub.Nano.Training;
using Microsoft.Extensions.AI;

namespace Hub.Nano.Tests;

public sealed class TraceTests
{
    private static readonly Lazy<EngineTokenizer> s_tokenizer = new(() => new EngineTokenizer(NanoTokenizer.Train(NanoTraining.VocabularySize)));

    /// <summary>A model that knows every solution asks exactly what training shows: prompts of the real reasoners equal the traces'.</summary>
    [Theory]
    [InlineData("react_agent")]
    [InlineData("tool_calling_agent")]
    [InlineData("rewoo_agent")]
    public async Task RealReasoner_WithTheTracesReplies_SendsTheTracesPrompts(string reasoner)
    {
        var generator = new EpisodeGenerator(31);
        foreach (var episode in Enumerable.Range(0, 60).Select(_ => generator.Next(Split.Training)).Where(e => reasoner != "rewoo_agent" || e.CanBePlanned))
        {
            NanoSample[] samples = reasoner switch
            {
                "react_agent" => [TraceWriter.ReAct(episode)],
                "tool_calling_agent" => [TraceWriter.ToolCalling(episode)],
                _ => [TraceWriter.Planner(episode), TraceWriter.Solver(episode)],
            };
            using var teacher = new Teacher(samples);
            var result = Assert.Single(await NanoSuite.RunAsync(teacher, reasoner, [episode]));

            Assert.True(result.IsRight, $"{episode.Question} -> '{result.Answer}' {result.Failure}; wanted '{episode.Answer}'");
            Assert.Equal("", teacher.Mismatch);
        }
    }

    [Fact]
    public void Tokenizer_Samples_ComeBackAndStayShort()
    {
        var template = new ChatTemplate(s_tokenizer.Value);
        var generator = new EpisodeGenerator(41);
        var total = 0;
        for (var i = 0; i < 200; i++)
        {
            var sample = TraceWriter.ReAct(generator.Next(i % 2 == 0 ? Split.Training : Split.Reserved));
            var tokens = template.EncodeConversation(sample.Messages, sample.Tools);
            total += tokens.Ids.Length;
            foreach (var message in sample.Messages)
                Assert.Equal(message.Text, s_tokenizer.Value.Decode(s_tokenizer.Value.EncodeText(message.Text)));
            Assert.Contains(true, tokens.IsWritten);
        }

        Assert.True(total / 200 <= 280, $"{total / 200} tokens a conversation.");
    }

    [Fact]
    public void StandingTexts_AreOneTokenEach()
    {
        foreach (var text in NanoTokenizer.AddedTexts())
            Assert.Single(s_tokenizer.Value.EncodeText(text));
    }

    [Fact]
    public void TrainingData_Restored_GivesTheSameBatches()
    {
        var template = new ChatTemplate(s_tokenizer.Value);
        var options = new NanoDataOptions { CurriculumTokens = 40_000 };
        var first = new NanoTrainingData(template, options);
        for (var i = 0; i < 5; i++)
            first.Next();
        var state = first.SaveState();
        var again = new NanoTrainingData(template, options);
        again.RestoreState(state);

        for (var i = 0; i < 3; i++)
        {
            var (a, b) = (first.Next(), again.Next());
            Assert.Equal(a.Ids, b.Ids);
            Assert.Equal(a.Targets, b.Targets);
            Assert.Equal(0, a.Width % 16);
            Assert.Equal(0, a.Positions.Length % 256);
            a.Validate(s_tokenizer.Value.VocabularySize);
        }
    }

    [Fact]
    public void Wilson_KnownCase_IsThePublishedInterval()
    {
        // 81 of 263: 0.2553 to 0.3662 (Newcombe 1998, table I, method 3).
        var (low, high) = Wilson.Interval(81, 263);

        Assert.Equal(0.2553, low, 4);
        Assert.Equal(0.3662, high, 4);
    }

    /// <summary>Replies from traces, and notes the first prompt that differs from theirs.</summary>
    private sealed class Teacher(IReadOnlyList<NanoSample> samples) : IChatClient
    {
        private int _call;

        public string Mismatch { get; private set; } = "";

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var turns = samples.SelectMany(s => s.Messages.Select((m, i) => (Sample: s, Index: i)).Where(t => t.Sample.Messages[t.Index].Role == ChatRole.Assistant)).ToArray();
            var (sample, at) = turns[_call++];
            var wanted = string.Join("\n", sample.Messages.Take(at).Select(Text));
            var given = string.Join("\n", messages.Select(Text));
            if (wanted != given && Mismatch.Length == 0)
                Mismatch = $"wanted:\n{wanted}\ngiven:\n{given}";
            return Task.FromResult(new ChatResponse(sample.Messages[at]));
        }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
                yield return update;
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
            // Nothing is held.
        }

        private static string Text(ChatMessage message) => $"{message.Role}: {string.Concat(message.Contents.Select(c => c switch
        {
            TextContent text => text.Text,
            FunctionCallContent call => $"{call.Name} {System.Text.Json.JsonSerializer.Serialize(call.Arguments)}",
            FunctionResultContent result => $"= {Hub.Abstractions.RunTools.ResultText(result.Result)}",
            _ => "",
        }))}";
    }
}
