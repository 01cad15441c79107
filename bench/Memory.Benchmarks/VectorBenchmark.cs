using System.Diagnostics;
using System.Globalization;
using Backends.Abstractions;
using Backends.Cpu;
using Knowledge.Memory;
using Knowledge.Store;
using Microsoft.Extensions.AI;

namespace Memory.Benchmarks;

/// <summary>Recall of turns by vectors, with an offload and without. Expected from a sketch: both read all vectors once (77 MB at 12 GB/s are 6 ms),
/// and what sorts all of them takes some 10 ms more.</summary>
internal static class VectorBenchmark
{
    private const int Dimension = 384;
    private const int Questions = 100;

    public static async Task RunAsync(int turns)
    {
        using var store = QuadStore.InMemory();
        using var generator = new Chance();
        using (var memory = new GraphMemory(store, options: new GraphMemoryOptions { Embeddings = generator }))
            for (var i = 0; i < turns; i++)
                await memory.WriteAsync(FormattableString.Invariant($"source{i}"), FormattableString.Invariant($"turn{i}"));
        foreach (var offload in new IGraphOffload?[] { null, new CpuGraphOffload() })
        {
            using var memory = new GraphMemory(store, options: new GraphMemoryOptions { Embeddings = generator, Offload = offload });
            var times = new List<double>();
            for (var i = 0; i < Questions; i++)
            {
                using var process = Process.GetCurrentProcess();
                var before = process.TotalProcessorTime;
                await memory.RecallAsync("something else");
                process.Refresh();
                times.Add((process.TotalProcessorTime - before).TotalMilliseconds);
            }

            times.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{turns:N0} turns of {Dimension} numbers, {offload?.Device ?? "no offload"}: {times.Average():0.0} ms CPU a recall on average, {times[Questions / 2]:0.0} at the median"));
        }
    }

    private sealed class Chance : IEmbeddingGenerator<string, Embedding<float>>
    {
        private readonly Random _random = new(1);

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(_ => new Embedding<float>(Enumerable.Range(0, Dimension).Select(_ => _random.NextSingle() - 0.5f).ToArray()))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
