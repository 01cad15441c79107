using Backends.Cpu;
using Microsoft.Extensions.AI;

namespace Knowledge.Memory.Tests.Recalling;

/// <summary>Vectors find what shares no word with the question, and stay as long as the turn does.</summary>
public sealed class VectorRecallTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memory").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Recall_NoSharedWord_IsFoundByVectorAlsoAfterReopening()
    {
        using (var store = QuadStore.Open(_folder))
        using (var memory = Memory(store))
        {
            await memory.WriteAsync("a", "Bea purchased an automobile.");
            await memory.WriteAsync("b", "Ada planted a rose.");
            Assert.Equal("Bea purchased an automobile.", (await memory.RecallAsync("new car?")).Turns[0].Text);
        }

        using var again = QuadStore.Open(_folder);
        using var reopened = Memory(again);
        Assert.Equal("Bea purchased an automobile.", (await reopened.RecallAsync("new car?")).Turns[0].Text);
        using var without = new GraphMemory(again);
        Assert.Empty((await without.RecallAsync("new car?")).Turns);
        await reopened.PurgeAsync("a");
        Assert.DoesNotContain((await reopened.RecallAsync("new car?")).Turns, t => t.Source == "a");
    }

    [Fact]
    public async Task Recall_WordsAndVectorAgree_ComesBeforeWhatOneFinds()
    {
        using var store = QuadStore.InMemory();
        using var memory = Memory(store);
        await memory.WriteAsync("a", "A car stood there.");
        await memory.WriteAsync("b", "The vehicle was red.");
        await memory.WriteAsync("c", "Ada planted a rose.");
        var turns = (await memory.RecallAsync("Which car?")).Turns;
        Assert.Equal(["a", "b"], turns.Where(t => t.Source != "c").Select(t => t.Source));
    }

    [Fact]
    public void Nearest_RandomVectors_IsThatOfCosines()
    {
        var random = new Random(3);
        var vectors = Enumerable.Range(0, 400).Select(i => Enumerable.Range(0, 8).Select(_ => i % 50 == 7 ? 0f : random.Next(-3, 4)).ToArray()).ToList();
        var table = new VectorTable(8);
        for (var i = 0; i < vectors.Count; i++)
            table.Add(1000 + i, vectors[i]);
        for (var i = 0; i < 20; i++)
        {
            float[] query = [.. Enumerable.Range(0, 8).Select(_ => (float)(random.NextDouble() - 0.5))];
            var expected = vectors.Select((v, p) => (Place: 1000 + p, Cosine: Cosine(v, query))).Where(v => v.Cosine > 0).OrderByDescending(v => v.Cosine).Take(30).ToList();
            foreach (var offload in new[] { null, new CpuGraphOffload() })
            {
                var found = table.Nearest(query, 30, offload).ToList();
                Assert.Equal(expected.Count, found.Count);
                // Vectors of one direction may change places: what counts is how near they are.
                Assert.All(expected.Zip(found), p => Assert.Equal(p.First.Cosine, Cosine(vectors[p.Second - 1000], query), 5));
            }
        }

        static double Cosine(float[] a, float[] b)
        {
            var product = Math.Sqrt(a.Sum(x => (double)x * x)) * Math.Sqrt(b.Sum(x => (double)x * x));
            return product == 0 ? 0 : a.Zip(b, (x, y) => (double)x * y).Sum() / product;
        }
    }

    private static GraphMemory Memory(QuadStore store) => new(store, null, new GraphMemoryOptions { Embeddings = new ByTopic() });

    // One dimension for each topic: a stand-in whose nearness is known.
    private sealed class ByTopic : IEmbeddingGenerator<string, Embedding<float>>
    {
        private static readonly string[][] s_topics = [["car", "automobile", "vehicle"], ["rose", "planted"]];

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(v => new Embedding<float>(
                s_topics.Select(t => t.Any(w => v.Contains(w, StringComparison.OrdinalIgnoreCase)) ? 1f : 0f).ToArray()))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
