using System.Diagnostics;
using System.Globalization;
using Knowledge.Sparql;
using Knowledge.Store;
using Sparql.Benchmarks;

// Usage: Sparql.Benchmarks DATA.nt TBOX.ttl QUERIES [ROUNDS]
//   DATA     LUBM, made by lubm_generate.py
//   TBOX     univ-bench.ttl
//   QUERIES  folder with q1.rq to q14.rq
// Loads, adds what follows (not timed), and prints for each query the count and the median CPU time from text to terms.
// Expected before it was written: LUBM(10), geometric mean 0.35 ms or less, Q2 3 ms, Q9 5 ms, none above 12 ms.
if (args.Length < 3)
{
    Console.Error.WriteLine("Usage: Sparql.Benchmarks DATA.nt TBOX.ttl QUERIES [ROUNDS]");
    return 2;
}

var rounds = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 21;
using var store = QuadStore.InMemory();
await store.LoadAsync(args[0]);
await store.LoadAsync(args[1]);
var loaded = store.Count;
var clock = Stopwatch.StartNew();
Closure.Apply(store);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{loaded} quads, closed {store.Count} in {clock.Elapsed.TotalSeconds:0.0} s by updates"));

var medians = new List<double>();
for (var number = 1; number <= 14; number++)
{
    var text = File.ReadAllText(Path.Combine(args[2], $"q{number}.rq"));
    var (count, times) = (0, new List<double>());
    var warm = number == 1 ? 5 * rounds : rounds;
    for (var round = 0; round < warm + rounds; round++)
    {
        // A query shorter than the clock's grain is run many times.
        var repeats = times.Count == 0 || times[^1] > 2 ? 1 : 50;
        var before = Process.GetCurrentProcess().UserProcessorTime;
        for (var i = 0; i < repeats; i++)
            count = Read(store, text);
        times.Add((Process.GetCurrentProcess().UserProcessorTime - before).TotalMilliseconds / repeats);
    }

    times = [.. times.Skip(warm).Order()];
    medians.Add(times[times.Count / 2]);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Q{number,-3} {count,8} rows {times[times.Count / 2],9:0.000} ms"));
    if (args.Contains("--explain"))
        Console.WriteLine(SparqlQuery.Parse(text).Explain(store));
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"geometric mean {Math.Exp(medians.Average(Math.Log)):0.000} ms"));
return 0;

// Every term of every solution becomes an object, as for a caller.
static int Read(QuadStore store, string query)
{
    var rows = 0;
    foreach (var solution in store.Select(query))
        rows += solution.Count > 0 ? 1 : 0;
    return rows;
}
