using System.Text.Json;
using Hub.Abstractions;
using Hub.Workflows.Builtins.Evaluation;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.AI.Evaluation;
using Microsoft.Extensions.Time.Testing;

namespace Hub.Workflows.Tests.Builtins;

/// <summary>Evaluators in which a model judges: what is asked of it, and what becomes of its words.</summary>
/// <remarks>
/// Expected scores: NeMo-Agent-Toolkit 201f3dc, packages/nvidia_nat_langchain/tests/eval/test_tunable_rag_evaluate.py (keys, weights),
/// eval/trajectory_evaluator.py:45-61 (a score in a judge's words), and Ragas' documentation of its NVIDIA metrics (0, 2, 4 and 0, 1, 2).
/// </remarks>
public sealed class EvaluatorTests
{
    private const string Steps = """
        [{"payload": {"event_type": "LLM_START", "event_timestamp": 1, "UUID": "a", "name": "llama"}},
         {"payload": {"event_type": "LLM_END", "event_timestamp": 2, "UUID": "a", "name": "llama", "data": {"input": "q", "output": "I look it up."}}},
         {"payload": {"event_type": "TOOL_END", "event_timestamp": 3, "UUID": "b", "name": "wiki", "data": {"input": "AI", "output": "AI is a field."}}}]
        """;

    [Theory]
    [InlineData("""{"score": 0.8, "reasoning": "Good."}""", 0.8, "Good.")]
    [InlineData("Here you are:\n```json\n{\"score\": \"0.25\", \"reasoning\": \"Poor.\"}\n```", 0.25, "Poor.")]
    public async Task TunableRag_OneScore_IsTheJudges(string reply, double score, string words)
    {
        var judge = new Says(reply);

        var (item, error) = await TunableAsync(new TunableRagOptions { JudgeLlmPrompt = "Mind the dates." }, judge);

        Assert.Equal((score, words), (item.Value, item.Reasoning["reasoning"]!.GetValue<string>()));
        Assert.Null(error);
        foreach (var part in (string[])["Mind the dates.", "What is AI?", "Artificial intelligence", "A field.", "\"score\""])
            Assert.Contains(part, judge.Asked[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task TunableRag_DefaultScoring_WeighsThreeScores()
    {
        var options = new TunableRagOptions { JudgeLlmPrompt = "x", DefaultScoring = true, DefaultScoreWeights = new() { ["coverage"] = 2, ["correctness"] = 1, ["relevance"] = 1 } };

        var (item, _) = await TunableAsync(options, new Says("""{"coverage_score": 1, "correctness_score": 0.5, "relevance_score": 0, "reasoning": "Mixed."}"""));

        Assert.Equal(0.625, item.Value!.Value, 12);
        Assert.Equal("""{"coverage_score":1,"correctness_score":0.5,"relevance_score":0}""", item.Reasoning["score_breakdown"]!.ToJsonString());
    }

    [Theory]
    [InlineData(false, "I would say it is good.")]
    [InlineData(false, """{"reasoning": "no score"}""")]
    [InlineData(true, """{"coverage_score": 1, "relevance_score": 1, "reasoning": "one is missing"}""")]
    public async Task TunableRag_WordsThatAreNoScore_AreAnErrorAndZero(bool isWeighed, string reply)
    {
        var (item, error) = await TunableAsync(new TunableRagOptions { JudgeLlmPrompt = "x", DefaultScoring = isWeighed }, new Says(reply));

        Assert.Equal(0, item.Value);
        Assert.StartsWith("Error in evaluator from parsing judge LLM response.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TunableRag_JudgeFails_IsAskedAgainAsOftenAsTheFileSays()
    {
        var judge = new Says(() => throw new InvalidOperationException("down"), () => throw new InvalidOperationException("down"), () => """{"score": 1, "reasoning": ""}""");
        var options = new TunableRagOptions { JudgeLlmPrompt = "x", LlmRetryControlParams = new JudgeRetryOptions { StopAfterAttempt = 2, InitialBackoffDelaySeconds = 0 } };

        await Assert.ThrowsAsync<InvalidOperationException>(() => TunableAsync(options, judge));
        Assert.Equal(2, judge.Asked.Count);
        var (item, _) = await TunableAsync(options, judge);
        Assert.Equal(1, item.Value);
    }

    [Theory]
    [InlineData("It went well.\nScore: 5", 1)]
    [InlineData("First I thought score: 2, but then\n**Score:** 4", 0.75)]
    [InlineData("I would give it a score of 0.8.", 0.8)]
    [InlineData("Score: 1", 0)]
    public async Task Trajectory_JudgesWords_BecomeAFraction(string reply, double score)
    {
        var judge = new Says(reply);

        var (item, error) = await ScoreAsync(new TrajectoryEvaluator(() => judge));

        Assert.Equal((score, null), (item.Value, error));
        Assert.Equal(
            """[[{"tool":"llama","tool_input":"q","log":"","type":"AgentAction"},"I look it up."],[{"tool":"wiki","tool_input":"AI","log":"I look it up.","type":"AgentAction"},"AI is a field."]]""",
            item.Reasoning["trajectory"]!.ToJsonString());
        Assert.Contains("2. tool wiki", judge.Asked[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Very good.")]
    [InlineData("Score: 9")]
    public async Task Trajectory_NoScore_IsAnError(string reply)
    {
        var (item, error) = await ScoreAsync(new TrajectoryEvaluator(() => new Says(reply)));

        Assert.Equal(0, item.Value);
        Assert.StartsWith("The judge gave no score", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AnswerAccuracy", 0.75, "4", "2")]
    [InlineData("AnswerAccuracy", 1.0, "3 it is", "no number", "Rating: 4", "4")]
    [InlineData("AnswerAccuracy", 0.5, "3", "3", "3", "2")]
    [InlineData("ContextRelevance", 0.75, "2", "1")]
    [InlineData("ResponseGroundedness", 0.0, "0", "0")]
    public async Task Ragas_TwoRatings_AreAveraged(string metric, double score, params string[] replies)
    {
        var judge = new Says(replies);

        var (item, error) = await ScoreAsync(new RagasEvaluator(new RagasOptions { Metric = JsonSerializer.SerializeToElement(metric) }, () => judge));

        Assert.Equal((score, null), (item.Value, error));
        Assert.Equal(replies.Length, judge.Asked.Count);
        Assert.NotEqual(judge.Asked[0], judge.Asked[^1]);
        Assert.Equal(metric != "AnswerAccuracy", judge.Asked[0].Contains("AI is a field.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Ragas_NoRatingAtAll_IsAnError()
    {
        var (_, error) = await ScoreAsync(new RagasEvaluator(new RagasOptions(), () => new Says("none")));

        Assert.Contains("one of 0, 2, 4", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Ragas_MetricThatIsNotHere_SaysWhichAre()
    {
        var missing = Assert.Throws<UnknownNameException>(() => new RagasEvaluator(new RagasOptions { Metric = JsonSerializer.SerializeToElement(new { Faithfulness = new { } }) }, () => new Says("")));

        Assert.Contains("AnswerAccuracy", missing.Message, StringComparison.Ordinal);
    }

    private static Task<(ItemScore Item, string? Error)> TunableAsync(TunableRagOptions options, IChatClient judge) =>
        ScoreAsync(new TunableRagEvaluator(options, () => judge, new FakeTimeProvider()));

    private static async Task<(ItemScore Item, string? Error)> ScoreAsync(IEvaluator evaluator)
    {
        var steps = JsonElement.Parse(Steps).EnumerateArray().ToArray();
        var item = new EvaluationItem(JsonSerializer.SerializeToElement("What is AI?"), JsonSerializer.SerializeToElement("A field."), JsonSerializer.SerializeToElement("Artificial intelligence"), steps);
        var result = await evaluator.EvaluateAsync([], new ChatResponse(), additionalContext: [item]);
        var score = Assert.IsType<ItemScore>(Assert.Single(result.Metrics).Value);
        return (score, score.Diagnostics?.SingleOrDefault(d => d.Severity == EvaluationDiagnosticSeverity.Error)?.Message);
    }

    private sealed class Says(params Func<string>[] replies) : IChatClient
    {
        public Says(params string[] replies)
            : this([.. replies.Select(r => (Func<string>)(() => r))])
        {
        }

        public List<string> Asked { get; } = [];

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Asked.Add(string.Join("\n", messages.Select(m => m.Text)));
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, replies[(Asked.Count - 1) % replies.Length]())));
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("Judges are not streamed.");

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
