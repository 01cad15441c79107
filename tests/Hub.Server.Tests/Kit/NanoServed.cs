using System.Text.Json;
using Hub.Abstractions;
using Hub.Hosting;
using Microsoft.Extensions.AI;

namespace Hub.Server.Tests.Kit;

/// <summary>One server over the built-in model, a scripted one and an embedder of texts, for all tests of a class.</summary>
public sealed class NanoServed : IAsyncLifetime
{
    internal const string Model = "hub-nano";

    internal Served Served { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        var hub = HubHost.CreateBuilder()
            .AddModel("nano", NanoModel.Load())
            .AddModel("scripted", Script.Says("a word"))
            .AddEmbedder("letters", new LetterEmbedder())
            .AddTool(HubTool.Create((double a, double b) => a * b, "multiply", Redo.Freely, "Multiplies."))
            .AddReAct("solver", o => (o.Llm, o.Tools) = ("nano", ["multiply"]))
            .Build();
        Served = await Served.StartAsync(hub);
    }

    public async Task DisposeAsync() => await Served.DisposeAsync();

    internal async Task<JsonElement> PostAsync(string path, object body)
    {
        var (status, answer) = await Served.PostAsync(path, JsonSerializer.Serialize(body));
        Assert.True(status == 200, $"{status}: {answer}");
        return answer;
    }

    internal async Task<int[]> TokensAsync(string text) => (await PostAsync("/tokenize", new { prompt = text })).GetProperty("tokens").Deserialize<int[]>()!;

    /// <summary>Counts of a, b and c: no tokens, no usage.</summary>
    private sealed class LetterEmbedder : IEmbeddingGenerator<string, Embedding<float>>
    {
        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(v =>
                new Embedding<float>(new[] { 'a', 'b', 'c' }.Take(options?.Dimensions ?? 3).Select(letter => (float)v.Count(c => c == letter)).ToArray()))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
