using System.Diagnostics;
using System.Globalization;
using Knowledge.Benchmarks;
using Knowledge.Memory;
using Knowledge.Rdf;
using Knowledge.Store;

namespace Memory.Benchmarks;

/// <summary>
/// Recall in a large memory: facts around an entity that a question names, two steps far, with claims, sources and times. Expected from a sketch: 20 properties times two directions
/// times up to 256 entities are 10,000 cursors of about 0.1 µs, so about a millisecond; target: below 5 ms at the median.
/// </summary>
internal static class RecallBenchmark
{
    private const int Batch = 10_000;
    private const int Questions = 1_000;

    public static async Task RunAsync(int facts)
    {
        var entities = Math.Max(10, facts / 5);
        var random = new Random(7);
        var begin = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var store = QuadStore.InMemory();
        var properties = Enumerable.Range(0, 20).Select(Property).ToArray();
        using var memory = new GraphMemory(store, options: new GraphMemoryOptions { Schema = new MemorySchema(properties) });
        var clock = Process.GetCurrentProcess();
        var before = clock.TotalProcessorTime;
        for (var done = 0; done < facts; done += Batch)
        {
            var batch = Enumerable.Range(0, Math.Min(Batch, facts - done)).Select(_ => Fact()).ToList();
            await memory.WriteAsync(new MemorySource { Id = FormattableString.Invariant($"source{done / Batch}"), At = begin.AddDays(2_000) }, batch);
        }

        clock.Refresh();
        var each = (clock.TotalProcessorTime - before).TotalMicroseconds / facts;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{memory.Count:N0} claims written, {each:0.0} µs CPU each; {store.Count:N0} quads, {GC.GetTotalMemory(true) >> 20:N0} MiB"));
        var (times, own, thread) = (new List<double>(), new List<(double Milliseconds, int Facts, int Collections)>(), new ThreadClock());
        for (var i = 0; i < Questions; i++)
        {
            var question = FormattableString.Invariant($"What is the relation {Word(random.Next(20))} of {Name(random.Next(entities))}?");
            var (start, ran, collections) = (Stopwatch.GetTimestamp(), thread.GetTimestamp(), GC.CollectionCount(0));
            var recall = await memory.RecallAsync(question); // without embeddings it stays on this thread
            own.Add((thread.GetElapsedTime(ran).TotalMilliseconds, recall.Facts.Count, GC.CollectionCount(0) - collections));
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (recall.Facts.Count == 0 && i == 0)
                throw new InvalidOperationException($"Nothing was recalled for '{question}'.");
        }

        times.Sort();
        own.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"recall, time that the thread ran: p50 {own[Questions / 2].Milliseconds:0.00} ms, p90 {own[Questions * 9 / 10].Milliseconds:0.00} ms, p99 {own[Questions * 99 / 100].Milliseconds:0.00} ms"));
        foreach (var (milliseconds, found, collections) in own.TakeLast(5))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {milliseconds:0.00} ms, {found} facts, {collections} collections"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"recall: p50 {times[Questions / 2]:0.00} ms, p90 {times[Questions * 9 / 10]:0.00} ms, p99 {times[Questions * 99 / 100]:0.00} ms"));

        MemoryFact Fact() => new(Entity(random.Next(entities)), properties[random.Next(properties.Length)].Iri, Entity(random.Next(entities)))
        {
            From = begin.AddDays(random.Next(2_000)),
            Confidence = 0.5 + (random.Next(50) / 100.0),
        };
    }

    private static MemoryProperty Property(int number) =>
        new(new Iri(FormattableString.Invariant($"http://example.org/p{number}"))) { IsFunctional = number < 5, Words = [$"relation {Word(number)}"] };

    private static Iri Entity(int number) => new($"http://example.org/{Name(number).Replace(' ', '_')}");

    private static string Name(int number) => FormattableString.Invariant($"{Word(number % 1_000)} {Word(number / 1_000)}");

    // Syllables in place of digits, so that names look like names.
    private static string Word(int number)
    {
        string[] syllables = ["ba", "ke", "lo", "mi", "nu", "ra", "so", "ti", "vu", "ze"];
        return string.Concat(number.ToString(CultureInfo.InvariantCulture).Select(d => syllables[d - '0'])) + "n";
    }
}
