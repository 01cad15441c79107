using System.Text.Json;
using Backends.Abstractions;
using Backends.Serving.Chat;
using Backends.Serving.Engine;
using Backends.Serving.Tests.Engine;
using Microsoft.Extensions.AI;

namespace Backends.Serving.Tests.Chat;

public class EngineCompletionTests
{
    [Fact]
    public async Task Completion_Echo_ScoresThePromptAsTheModelItselfDoes()
    {
        using var oracle = EngineFixture.Model();
        using var client = new EngineChatClient(new GenerationEngine(EngineFixture.Model(), ChatFixture.Template));

        var response = await client.GetResponseAsync([new(ChatRole.User, "add é")], Options(maxTokens: 3, logprobs: 2, echo: true));

        var tokens = Logprobs(response);
        var ids = tokens.Select(t => t.Id).ToArray();
        var prompt = ChatFixture.Template.Tokenizer.Encode("add é");
        Assert.Equal(prompt, ids[..prompt.Length]);
        Assert.Null(tokens[0].Logprob);
        for (var i = 1; i < tokens.Count; i++)
        {
            var expected = Naive(oracle, ids[..i]);
            Assert.Equal(expected[ids[i]], tokens[i].Logprob!.Value, 1e-9);
            Assert.Equal(expected.Select((p, id) => (p, id)).OrderByDescending(t => t.p).Take(2).Select(t => t.id), tokens[i].Top.Select(t => t.Id));
        }

        // Greedy, so each written token is the likeliest, with the very same number.
        Assert.All(tokens.Skip(prompt.Length), t => Assert.Equal(t.Logprob, t.Top[0].Logprob));
        Assert.StartsWith("add é", response.Text, StringComparison.Ordinal);
        Assert.Equal(prompt.Length + 3, tokens.Count);
        Assert.Equal((prompt.Length, 3), ((int)response.Usage!.InputTokenCount!, (int)response.Usage.OutputTokenCount!));
    }

    [Fact]
    public async Task Completion_Naive_CatchesScoresThatAreOnePlaceOff()
    {
        using var oracle = EngineFixture.Model();
        using var client = new EngineChatClient(new GenerationEngine(EngineFixture.Model(), ChatFixture.Template));
        var tokens = Logprobs(await client.GetResponseAsync([new(ChatRole.User, "add")], Options(maxTokens: 0, logprobs: 0, echo: true)));
        var ids = tokens.Select(t => t.Id).ToArray();

        Assert.NotEqual(Naive(oracle, ids[..2])[ids[1]], tokens[1].Logprob!.Value, 1e-6);
        Assert.Equal(Naive(oracle, ids[..1])[ids[1]], tokens[1].Logprob!.Value, 1e-9);
    }

    [Fact]
    public async Task Completion_ManyPromptsAndChoices_KeepTheirPlaces()
    {
        using var client = new EngineChatClient(new GenerationEngine(EngineFixture.Model(), ChatFixture.Template));
        ChatMessage[] prompts = [.. Enumerable.Range(0, 40).Select(i => new ChatMessage(ChatRole.User, $"prompt {i}"))];
        var options = Options(maxTokens: 4, echo: true, choices: 2);
        (options.Temperature, options.Seed) = (1, 7);

        var response = await client.GetResponseAsync(prompts, options);
        var alone = await client.GetResponseAsync([prompts[17]], options);

        Assert.Equal(Enumerable.Range(0, 80), response.Messages.Select(m => int.Parse(m.MessageId!, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(response.Messages, (m, i) => Assert.StartsWith($"prompt {i / 2}", m.Text, StringComparison.Ordinal));
        Assert.Equal(alone.Messages.Select(m => m.Text), response.Messages.Skip(34).Take(2).Select(m => m.Text));
        Assert.NotEqual(response.Messages[34].Text, response.Messages[35].Text);
    }

    [Fact]
    public async Task Completion_TokenPrompt_IsReadAsItIs()
    {
        using var client = new EngineChatClient(new GenerationEngine(EngineFixture.Model(), ChatFixture.Template));
        var ids = ChatFixture.Template.Tokenizer.Encode("<|user|>add<|end|>");
        var prompt = new ChatMessage(ChatRole.User, [new AIContent { AdditionalProperties = new() { [ModelOptionKeys.Tokens] = JsonSerializer.SerializeToElement(ids) } }]);

        var ofTokens = await client.GetResponseAsync([prompt], Options(maxTokens: 5, logprobs: 0, echo: true));
        var ofText = await client.GetResponseAsync([new(ChatRole.User, "<|user|>add<|end|>")], Options(maxTokens: 5, logprobs: 0, echo: true));

        Assert.Equal(Logprobs(ofText).Select(t => (t.Id, t.Logprob)), Logprobs(ofTokens).Select(t => (t.Id, t.Logprob)));
        Assert.Equal(ids, Logprobs(ofTokens).Take(ids.Length).Select(t => t.Id));
    }

    [Fact]
    public async Task Completion_Stop_DropsTheStopAndItsTokens()
    {
        using var client = new EngineChatClient(new GenerationEngine(EngineFixture.Model(script: t => "7890abcdef"[t.Count % 10]), ChatFixture.Template));
        var options = Options(maxTokens: 20, logprobs: 1);
        options.StopSequences = ["zz", "qq", "bcd", "xx"];

        var response = await client.GetResponseAsync([new(ChatRole.User, "1")], options);

        Assert.Equal("890a", response.Text);
        Assert.Equal(["8", "9", "0", "a"], Logprobs(response).Select(t => t.Token));
        Assert.Equal([0, 1, 2, 3], Logprobs(response).Select(t => t.Offset));
    }

    [Fact]
    public async Task Completion_EndToken_HasALogprobAndNoText()
    {
        var client = new EngineChatClient(new GenerationEngine(EngineFixture.Model(script: _ => ChatFixture.Template.EndId), ChatFixture.Template));
        using (client)
        {
            var response = await client.GetResponseAsync([new(ChatRole.User, "ab")], Options(maxTokens: 1, logprobs: 1, echo: true));

            Assert.Equal("ab", response.Text);
            Assert.Equal(["a", "b", ChatTemplate.End], Logprobs(response).Select(t => t.Token));
        }
    }

    [Fact]
    public async Task Bias_OfLogits_ChangesTheChoiceAndNotTheLogprob()
    {
        using var client = new EngineChatClient(new GenerationEngine(EngineFixture.Model(), ChatFixture.Template));
        var biased = Options(maxTokens: 4, logprobs: 1);
        biased.AdditionalProperties![ModelOptionKeys.LogitBias] = JsonSerializer.SerializeToElement(new Dictionary<string, int> { ["120"] = 100 });

        var plain = await client.GetResponseAsync([new(ChatRole.User, "add")], Options(maxTokens: 4, logprobs: 1));
        var response = await client.GetResponseAsync([new(ChatRole.User, "add")], biased);

        Assert.Equal([120, 120, 120, 120], Logprobs(response).Select(t => t.Id));
        Assert.True(Logprobs(response)[0].Logprob < Logprobs(response)[0].Top[0].Logprob);
        Assert.Equal(Logprobs(plain)[0].Top[0].Logprob, Logprobs(response)[0].Top[0].Logprob);
    }

    [Fact]
    public async Task FrequencyPenalty_OfOneToken_ComesOutOfARepetition()
    {
        using var client = new EngineChatClient(new GenerationEngine(new FakeTokenModel(ChatFixture.Template.Tokenizer.VocabularySize, script: _ => 'x'), ChatFixture.Template));
        var options = Options(maxTokens: 60);
        options.FrequencyPenalty = 2;

        var text = (await client.GetResponseAsync([new(ChatRole.User, "add")], options)).Text;

        // The script's logit is 100 and others are at most 4: the 49th x and later ones cost more than that.
        Assert.StartsWith(new string('x', 48), text, StringComparison.Ordinal);
        Assert.NotEqual(new string('x', 60), text);
    }

    [Fact]
    public async Task ChatLogprobs_Streamed_CoverTheTextAndNoControlToken()
    {
        using var client = new EngineChatClient(new GenerationEngine(EngineFixture.Writing("Straße 🙂 5"), ChatFixture.Template));
        var options = new ChatOptions { AdditionalProperties = new() { [ModelOptionKeys.Logprobs] = 1 } };
        List<ChatResponseUpdate> updates = [];
        await foreach (var update in client.GetStreamingResponseAsync([new(ChatRole.User, "?")], options)) updates.Add(update);

        var tokens = updates.SelectMany(u => u.Contents).SelectMany(Tokens).ToArray();
        Assert.Equal("Straße 🙂 5", System.Text.Encoding.UTF8.GetString([.. tokens.SelectMany(t => t.Bytes).Select(b => (byte)b)]));
        Assert.DoesNotContain(ChatTemplate.End, tokens.Select(t => t.Token));
        Assert.Contains(tokens, t => t.Token.StartsWith("bytes:\\x", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Embeddings_OfTokens_AreUnitVectorsOfTheModel()
    {
        using var client = new EngineChatClient(new GenerationEngine(EngineFixture.Model(), ChatFixture.Template));
        var generator = client.GetService<IEmbeddingGenerator<string, Embedding<float>>>()!;
        var ofTokens = client.GetService<IEmbeddingGenerator<IReadOnlyList<int>, Embedding<float>>>()!;

        var vectors = await generator.GenerateAsync(["add", "the answer", "add"]);
        var same = await ofTokens.GenerateAsync([ChatFixture.Template.Tokenizer.EncodeText("add")]);

        Assert.All(vectors, v => Assert.Equal(1, v.Vector.ToArray().Sum(x => (double)x * x), 1e-6));
        Assert.Equal(vectors[0].Vector.ToArray(), same[0].Vector.ToArray());
        Assert.Equal(vectors[0].Vector.ToArray(), vectors[2].Vector.ToArray());
        Assert.NotEqual(vectors[0].Vector.ToArray(), vectors[1].Vector.ToArray());
        await Assert.ThrowsAsync<ArgumentException>(() => generator.GenerateAsync(["x"], new EmbeddingGenerationOptions { Dimensions = 3 }));
        await Assert.ThrowsAsync<ContextOverflowException>(() => generator.GenerateAsync([new string('a', 3000)]));
    }

    [Fact]
    public void Tokenizer_OfAChat_IsTheTemplates()
    {
        using var client = new EngineChatClient(new GenerationEngine(EngineFixture.Model(), ChatFixture.Template));
        var tokenizer = client.GetService<ITextTokenizer>()!;

        Assert.Equal(
            tokenizer.Encode("<|system|>s<|end|><|user|>u<|end|><|assistant|>a<|end|><|result|>r<|end|><|assistant|>"),
            tokenizer.EncodeChat([("system", "s"), ("user", "u"), ("assistant", "a"), ("tool", "r")], addGenerationPrompt: true));
        Assert.Equal("a<|end|>", tokenizer.Decode(tokenizer.Encode("a<|end|>")));
        Assert.Throws<ArgumentException>(() => tokenizer.EncodeChat([("king", "x")], addGenerationPrompt: true));
    }

    private static ChatOptions Options(int maxTokens, int? logprobs = null, bool echo = false, int choices = 1)
    {
        var options = new ChatOptions
        {
            MaxOutputTokens = maxTokens,
            AdditionalProperties = new() { [ModelOptionKeys.Completion] = new CompletionOptions { Echo = echo, Choices = choices }.ToJson() },
        };
        if (logprobs is { } top) options.AdditionalProperties[ModelOptionKeys.Logprobs] = top;
        return options;
    }

    private static List<TokenLogprob> Logprobs(ChatResponse response) => [.. response.Messages.SelectMany(m => m.Contents).SelectMany(Tokens)];

    private static IReadOnlyList<TokenLogprob> Tokens(AIContent content) => TokenLogprob.From(content.AdditionalProperties?.GetValueOrDefault(ModelOptionKeys.TokenLogprobs));

    /// <summary>Log-softmax by its definition.</summary>
    private static double[] Naive(FakeTokenModel model, int[] tokens)
    {
        var logits = new float[tokens.Length * model.VocabularySize];
        model.Score(tokens, logits);
        var last = logits[^model.VocabularySize..];
        var sum = last.Sum(l => Math.Exp((double)l));
        return Array.ConvertAll(last, l => l - Math.Log(sum));
    }
}
