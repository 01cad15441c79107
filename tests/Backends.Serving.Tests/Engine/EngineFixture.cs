using Backends.Abstractions;
using Backends.Serving.Chat;
using Backends.Serving.Engine;
using Backends.Serving.Tests.Chat;

namespace Backends.Serving.Tests.Engine;

internal static class EngineFixture
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static ChatTemplate Template => ChatFixture.Template;

    public static FakeTokenModel Model(int contextTokens = 512, Func<IReadOnlyList<int>, int>? script = null) =>
        new(Template.Tokenizer.VocabularySize + 3, contextTokens, script);

    /// <summary>A model that writes the given text after the assistant's marker, control tokens included, and then the end token.</summary>
    public static FakeTokenModel Writing(string reply, int contextTokens = 512)
    {
        var tokens = Template.Tokenizer.Encode(reply);
        Template.Tokenizer.TryGetAddedToken(ChatTemplate.Assistant, out var assistant);
        return Model(contextTokens, sequence =>
        {
            var written = 0;
            while (sequence[sequence.Count - 1 - written] != assistant) written++;
            return written < tokens.Length ? tokens[written] : Template.EndId;
        });
    }

    public static GenerationRequest Request(string prompt) => new() { Prompt = Template.Tokenizer.EncodeText(prompt), MaxNewTokens = 24 };

    public static async Task<List<GenerationEvent>> All(GenerationEngine engine, GenerationRequest request, CancellationToken cancellationToken = default)
    {
        var events = new List<GenerationEvent>();
        await foreach (var item in engine.GenerateAsync(request, cancellationToken)) events.Add(item);
        return events;
    }

    public static async Task<string> Text(GenerationEngine engine, GenerationRequest request) =>
        string.Concat((await All(engine, request)).OfType<TextGenerated>().Select(t => t.Text));

    /// <summary>Runs requests together: the model waits in its first call until all are queued.</summary>
    public static async Task<List<string>> Together(FakeTokenModel model, IReadOnlyList<GenerationRequest> requests)
    {
        using var gate = new ManualResetEventSlim();
        model.BeforeCall = () => Assert.True(gate.Wait(Patience));
        using var engine = new GenerationEngine(model, Template);
        var replies = requests.Select(r => Text(engine, r)).ToList();
        gate.Set();
        return [.. await Task.WhenAll(replies).WaitAsync(Patience)];
    }

    /// <summary>The obvious generator: scores the whole sequence anew for every token, greedily, without masks beyond control tokens.</summary>
    public static string NaiveGreedy(ITokenModel model, GenerationRequest request)
    {
        var tokens = request.Prompt.ToList();
        for (var n = 0; n < request.MaxNewTokens; n++)
        {
            var logits = new float[tokens.Count * model.VocabularySize];
            model.Score(tokens.ToArray(), logits);
            var last = logits.AsSpan(^model.VocabularySize..).ToArray();
            var best = Enumerable.Range(0, Template.Tokenizer.VocabularySize)
                .Where(id => id == Template.EndId || !Template.Tokenizer.IsControl(id))
                .MaxBy(id => last[id]);
            if (best == Template.EndId) break;
            tokens.Add(best);
        }
        return Template.Tokenizer.Decode(tokens.Skip(request.Prompt.Count).ToArray());
    }
}
