using System.Diagnostics;
using System.Globalization;
using Knowledge.Benchmarks;
using Knowledge.Rdf;
using Knowledge.Sparql;
using Knowledge.Store;
using Sparql.Benchmarks;

// dotnet run -c Release --project bench/Sparql.Benchmarks -- DATA.nt TBOX.ttl QUERIES [ROUNDS] [--peers no] [--explain]
//   DATA     LUBM, made by lubm_generate.py
//   TBOX     univ-bench.ttl
//   QUERIES  folder with q1.rq to q14.rq
// Loads, adds what follows (not timed), and prints a table of what each query takes. Peers that are not installed are left out; eval/peers says how.
if (args.Length < 3)
{
    Console.Error.WriteLine("Usage: DATA.nt TBOX.ttl QUERIES [ROUNDS] [--peers no] [--explain]");
    return 2;
}

var rounds = args.Length > 3 && int.TryParse(args[3], CultureInfo.InvariantCulture, out var given) ? given : 7;
using var store = QuadStore.InMemory();
await store.LoadAsync(args[0]);
await store.LoadAsync(args[1]);
var loaded = store.Count;
var clock = Stopwatch.StartNew();
Closure.Apply(store);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{loaded} quads, closed {store.Count} in {clock.Elapsed.TotalSeconds:0.0} s by updates"));
if (args.Contains("--explain"))
{
    for (var number = 1; number <= 14; number++)
        Console.WriteLine($"Q{number}\n{SparqlQuery.Parse(File.ReadAllText(Path.Combine(args[2], $"q{number}.rq"))).Explain(store)}");
    return 0;
}

// As a load leaves it, for the peers too.
var file = Path.Combine(Path.GetTempPath(), $"closed-{Environment.ProcessId}.nt");
try
{
    using (var output = File.Create(file))
    using (var writer = RdfFormat.NTriples.CreateWriter(output))
        store.Dump(writer);
    using var closed = QuadStore.InMemory();
    await closed.LoadAsync(file);
    var hasPeers = !args.SkipWhile(a => a != "--peers").Skip(1).Take(1).Contains("no");
    using var jena = hasPeers ? Peer.Jena() : null;
    using var oxigraph = hasPeers ? Peer.Oxigraph() : null;
    List<(string Name, Peer Peer, string Ask)> peers = [];
    if (jena is not null)
        peers.AddRange([("Jena 4.5.0 in memory", jena, "mem "), ("Jena 4.5.0 TDB2", jena, "tdb2 ")]);
    if (oxigraph is not null)
        peers.Add(("Oxigraph 0.5.11, npm build", oxigraph, ""));
    foreach (var (name, peer, ask) in peers)
        if (peer.Do($"keep {ask}{file}").Count != closed.Count)
            throw new InvalidOperationException($"{name} did not load {closed.Count} quads.");
    new QueryBenchmark(closed, args[2], peers).Run(rounds);
}
finally
{
    File.Delete(file);
}

return 0;
