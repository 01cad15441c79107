using Backends.Abstractions;
using Backends.Serving.Constraints;
using Backends.Serving.Engine;
using Backends.Serving.Sampling;

namespace Backends.Serving.Tests.Engine;

public class GenerationEngineTests
{
    private static readonly SamplingOptions s_warm = new() { Temperature = 0.8, TopP = 0.95 };

    [Fact]
    public async Task GenerateAsync_Greedy_EqualsScoringTheWholeSequenceEachTime()
    {
        using var model = EngineFixture.Model();
        using var engine = new GenerationEngine(EngineFixture.Model(), EngineFixture.Template);
        foreach (var prompt in (string[])["add", "what is 2+3?", "東京"])
            Assert.Equal(EngineFixture.NaiveGreedy(model, EngineFixture.Request(prompt)), await EngineFixture.Text(engine, EngineFixture.Request(prompt)));
    }

    [Fact]
    public async Task GenerateAsync_OthersBeside_GivesTheSameReply()
    {
        var requests = Requests(8);
        var alone = new List<string>();
        foreach (var request in requests) alone.AddRange(await EngineFixture.Together(EngineFixture.Model(), [request]));
        var crowd = EngineFixture.Model();

        Assert.Equal(alone, await EngineFixture.Together(crowd, requests));
        Assert.True(crowd.LargestBatch > 4, $"The largest batch had {crowd.LargestBatch} sequences.");
    }

    [Fact]
    public async Task GenerateAsync_ModelThatLeaksBetweenSequences_IsCaughtByTheComparison()
    {
        var requests = Requests(8);
        var faulty = new FakeTokenModel(EngineFixture.Template.Tokenizer.VocabularySize) { LeaksInBatches = true };
        var alone = new List<string>();
        foreach (var request in requests) alone.AddRange(await EngineFixture.Together(EngineFixture.Model(), [request]));

        Assert.NotEqual(alone, await EngineFixture.Together(faulty, requests));
    }

    [Theory]
    [InlineData(4, false, true)]
    [InlineData(0, false, true)]
    [InlineData(4, true, false)]
    public async Task GenerateAsync_PromptThatGoesOn_EqualsNoReuse(int kept, bool isFaulty, bool isEqual)
    {
        var model = new FakeTokenModel(EngineFixture.Template.Tokenizer.VocabularySize) { ForgetsOnPrefill = isFaulty };
        using var engine = new GenerationEngine(model, EngineFixture.Template, new EngineOptions { MaxKeptSequences = kept });
        using var fresh = new GenerationEngine(new FakeTokenModel(model.VocabularySize), EngineFixture.Template, new EngineOptions { MaxKeptSequences = 0 });
        var first = EngineFixture.Request("add the numbers") with { MaxNewTokens = 5 };
        var reply = await EngineFixture.Text(engine, first);
        // The model saw all of its reply but the last token.
        var naive = EngineFixture.NaiveGreedy(model, first);
        Assert.Equal(naive, reply);
        var longer = first with { Prompt = [.. first.Prompt, .. GreedyTokens(model, first), 'x', 'y'], MaxNewTokens = 24 };

        var events = await EngineFixture.All(engine, longer);
        var expected = await EngineFixture.All(fresh, longer);

        Assert.Equal(isEqual, events.OfType<TextGenerated>().SequenceEqual(expected.OfType<TextGenerated>()));
        Assert.Equal(kept == 0 ? 0 : first.Prompt.Count + 4, Assert.IsType<GenerationEnded>(events[^1]).ReusedTokens);
    }

    [Fact]
    public async Task GenerateAsync_ManyFinished_KeepsNoMoreSequencesThanAllowed()
    {
        var model = EngineFixture.Model();
        using var engine = new GenerationEngine(model, EngineFixture.Template, new EngineOptions { MaxKeptSequences = 2 });
        for (var i = 0; i < 5; i++) await EngineFixture.All(engine, EngineFixture.Request($"question {i}"));

        Assert.Equal(2, model.OpenSequences);
    }

    [Fact]
    public async Task GenerateAsync_QueueFull_SaysTheLimit()
    {
        using var gate = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var model = EngineFixture.Model();
        model.BeforeCall = () =>
        {
            entered.Set();
            Assert.True(gate.Wait(EngineFixture.Patience));
        };
        using var engine = new GenerationEngine(model, EngineFixture.Template, new EngineOptions { MaxQueuedRequests = 2 });
        var running = EngineFixture.All(engine, EngineFixture.Request("a"));
        Assert.True(entered.Wait(EngineFixture.Patience));
        var waiting = new[] { EngineFixture.All(engine, EngineFixture.Request("b")), EngineFixture.All(engine, EngineFixture.Request("c")) };

        var error = await Assert.ThrowsAsync<EngineBusyException>(() => EngineFixture.All(engine, EngineFixture.Request("d")));
        gate.Set();

        Assert.Equal(2, error.Limit);
        await Task.WhenAll([running, .. waiting]).WaitAsync(EngineFixture.Patience);
    }

    [Fact]
    public async Task GenerateAsync_Cancelled_EndsThatRequestAndFreesItsSequence()
    {
        var model = EngineFixture.Model(contextTokens: 20_000, script: _ => 'x');
        using var engine = new GenerationEngine(model, EngineFixture.Template, new EngineOptions { MaxKeptSequences = 0 });
        using var cancel = new CancellationTokenSource();
        var endless = Drain(engine, EngineFixture.Request("a") with { MaxNewTokens = 19_000 }, cancel);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => endless.WaitAsync(EngineFixture.Patience));
        Assert.Equal(new string('x', 24), await EngineFixture.Text(engine, EngineFixture.Request("b")));
        Assert.Equal(0, model.OpenSequences);
    }

    [Fact]
    public async Task GenerateAsync_EnumerationLeftEarly_FreesTheSequence()
    {
        var model = EngineFixture.Model(contextTokens: 20_000, script: _ => 'x');
        using var engine = new GenerationEngine(model, EngineFixture.Template, new EngineOptions { MaxKeptSequences = 0 });
        await foreach (var _ in engine.GenerateAsync(EngineFixture.Request("a") with { MaxNewTokens = 19_000 })) break;

        await EngineFixture.All(engine, EngineFixture.Request("b"));
        Assert.Equal(0, model.OpenSequences);
    }

    [Fact]
    public async Task GenerateAsync_ModelFailsOnOneSequence_TheOthersFinishAsIfAlone()
    {
        var poison = EngineFixture.Template.Tokenizer.Encode("~")[0];
        var model = new FakeTokenModel(EngineFixture.Template.Tokenizer.VocabularySize,
            script: t => t[0] == '!' && t.Count == 8 ? poison : 'a' + (t.Count % 20))
        { PoisonToken = poison };
        using var gate = new ManualResetEventSlim();
        model.BeforeCall = () => Assert.True(gate.Wait(EngineFixture.Patience));
        using var engine = new GenerationEngine(model, EngineFixture.Template);
        var bad = EngineFixture.All(engine, EngineFixture.Request("!"));
        var good = EngineFixture.Text(engine, EngineFixture.Request("b"));
        var atPrefill = EngineFixture.All(engine, EngineFixture.Request("~"));
        gate.Set();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => bad.WaitAsync(EngineFixture.Patience));
        await Assert.ThrowsAsync<InvalidOperationException>(() => atPrefill.WaitAsync(EngineFixture.Patience));
        Assert.Contains("poison", error.Message, StringComparison.Ordinal);
        Assert.Equal(string.Concat(Enumerable.Range(1, 24).Select(n => (char)('a' + (n % 20)))), await good.WaitAsync(EngineFixture.Patience));
    }

    [Fact]
    public async Task Dispose_RequestsRunningAndWaiting_EndsThemAllAndTheModel()
    {
        using var entered = new ManualResetEventSlim();
        var model = EngineFixture.Model(contextTokens: 20_000, script: _ => 'x');
        model.BeforeCall = entered.Set;
        var engine = new GenerationEngine(model, EngineFixture.Template, new EngineOptions { MaxActiveSequences = 1 });
        var endless = EngineFixture.Request("a") with { MaxNewTokens = 19_000 };
        var all = new[] { EngineFixture.All(engine, endless), EngineFixture.All(engine, endless), EngineFixture.All(engine, endless) };
        Assert.True(entered.Wait(EngineFixture.Patience));

        engine.Dispose();
        engine.Dispose();

        foreach (var one in all) await Assert.ThrowsAsync<ObjectDisposedException>(() => one.WaitAsync(EngineFixture.Patience));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => EngineFixture.All(engine, endless));
        Assert.True(model.IsDisposed);
        Assert.Equal(0, model.OpenSequences);
    }

    [Fact]
    public async Task GenerateAsync_ContextReached_EndsByLengthAndAFullPromptIsAnError()
    {
        using var engine = new GenerationEngine(EngineFixture.Model(contextTokens: 10, script: _ => 'x'), EngineFixture.Template);
        var events = await EngineFixture.All(engine, EngineFixture.Request("123456"));
        Assert.Equal(new GenerationEnded(GenerationEndReason.Length, 6, 0, 4), events[^1]);

        var error = await Assert.ThrowsAsync<ContextOverflowException>(() => EngineFixture.All(engine, EngineFixture.Request("1234567890")));
        Assert.Equal((11, 10), (error.Needed, error.Available));
    }

    [Fact]
    public async Task GenerateAsync_StopAcrossTokens_IsNotPartOfTheReply()
    {
        using var engine = new GenerationEngine(EngineFixture.Model(script: t => "7890abcdef"[t.Count % 10]), EngineFixture.Template);
        var events = await EngineFixture.All(engine, EngineFixture.Request("1") with { Stops = ["bcd"] });

        Assert.Equal("890a", string.Concat(events.OfType<TextGenerated>().Select(t => t.Text)));
        Assert.Equal(GenerationEndReason.Stop, Assert.IsType<GenerationEnded>(events[^1]).Reason);
    }

    [Fact]
    public async Task GenerateAsync_BadRequest_SaysWhatIsWrong()
    {
        using var engine = new GenerationEngine(EngineFixture.Model(), EngineFixture.Template);
        await Assert.ThrowsAsync<ArgumentException>(() => EngineFixture.All(engine, new GenerationRequest { Prompt = [] }));
        await Assert.ThrowsAsync<ArgumentException>(() => EngineFixture.All(engine, EngineFixture.Request("a") with { RequireCall = true }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => EngineFixture.All(engine, EngineFixture.Request("a") with { MaxNewTokens = 0 }));
    }

    [Fact]
    public void Constructor_TokenizerLargerThanTheModel_Throws()
    {
        using var model = new FakeTokenModel(10);
        Assert.Throws<ArgumentException>(() => new GenerationEngine(model, EngineFixture.Template));
    }

    [Fact]
    public async Task GenerateAsync_RandomModelUnderTheCallMask_OnlyEverCallsListedTools()
    {
        ToolSpec[] tools = [new("add", ["a", "b"]), new("now", [])];
        using var engine = new GenerationEngine(EngineFixture.Model(contextTokens: 4_000), EngineFixture.Template);
        var request = EngineFixture.Request("call")
            with
        { CallMask = new ToolNameMask(tools), RequireCall = true, Sampling = s_warm with { TopP = 1 }, MaxNewTokens = 900 };
        var calls = new List<string>();
        for (var seed = 0; seed < 12; seed++)
            calls.AddRange((await EngineFixture.All(engine, request with { Seed = seed })).OfType<CallGenerated>().Select(c => c.Text));

        Assert.True(calls.Count > 5, $"Only {calls.Count} calls were complete.");
        Assert.All(calls, call => Assert.Matches("""^(now \{\s*\}|add \{\s*(\}|"[ab]"))""", call));
    }

    private static List<GenerationRequest> Requests(int count) =>
        [.. Enumerable.Range(0, count).Select(i =>
            EngineFixture.Request($"question {i} {new string('z', i)}") with { Seed = i, Sampling = i % 2 == 0 ? s_warm : SamplingOptions.Greedy })];

    private static int[] GreedyTokens(FakeTokenModel model, GenerationRequest request)
    {
        var tokens = request.Prompt.ToList();
        while (tokens.Count < request.Prompt.Count + request.MaxNewTokens)
        {
            var logits = new float[tokens.Count * model.VocabularySize];
            model.Score(tokens.ToArray(), logits);
            var last = logits.AsSpan(^model.VocabularySize..).ToArray();
            tokens.Add(Enumerable.Range(0, model.VocabularySize).Where(id => !EngineFixture.Template.Tokenizer.IsControl(id)).MaxBy(id => last[id]));
        }
        return [.. tokens.Skip(request.Prompt.Count)];
    }

    private static async Task Drain(GenerationEngine engine, GenerationRequest request, CancellationTokenSource cancel)
    {
        var seen = 0;
        await foreach (var _ in engine.GenerateAsync(request, cancel.Token))
            if (++seen == 3) await cancel.CancelAsync();
    }
}
