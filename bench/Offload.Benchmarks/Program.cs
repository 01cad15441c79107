using System.Globalization;
using Backends.Abstractions;
using Backends.Cpu;

// dotnet run -c Release --project bench/Offload.Benchmarks
// The graphs are those on which SuiteSparse:GraphBLAS 7.4 and TorchSharp 0.107 were measured, one thread each. Expected from a sketch: rows of bits copy memory (11 GB/s are 88 G bit/s),
// stamped searches touch an edge in about 10 ns, a join reads 16 bytes and writes 8 for a row.
var cpu = new CpuGraphOffload();
Console.WriteLine($"{cpu.Device}; CPU time, medians of 7, one thread");
Console.WriteLine("| what | answer | layout | time |");
Console.WriteLine("|---|--:|---|--:|");
foreach (var (name, graph) in Graphs())
    Closure(name, graph);
Search();
foreach (var rows in new[] { 10_000, 100_000, 1_000_000 })
    Join(rows);
foreach (var model in Enum.GetValues<EmbeddingModel>())
    Scores(model, 14_541, 200);
Scores(EmbeddingModel.DistMult, 344_000, 128);

void Closure(string name, GraphColumns graph)
{
    IReachability? closure = null;
    var time = Median(() => closure = cpu.Closure(graph));
    Print($"closure, {name}", closure!.Count, closure.Layout, time);
}

void Search()
{
    var random = new Random(1);
    var graph = GraphColumns.FromEdges(100_000, Random(random, 100_000, 400_000));
    int[] sources = [.. Enumerable.Range(0, 64).Select(_ => random.Next(100_000))];
    foreach (var hops in new[] { 2, 4, 64 })
    {
        GraphColumns? reached = null;
        var time = Median(() => reached = cpu.WithinHops(graph, sources, hops));
        Print($"64 sources, {hops} hops, n = 100k, m = 400k", reached!.Edges, "", time);
    }
}

void Join(int rows)
{
    var random = new Random(2);
    ulong[] Column() => [.. Enumerable.Range(0, rows).Select(_ => ((ulong)random.Next(rows / 4) << 32) | (uint)random.Next()).Order()];
    var (left, right) = (Column(), Column());
    ulong[] joined = [];
    var time = Median(() => joined = cpu.Join(left, right));
    Print($"join of {rows:N0} by {rows:N0}", joined.Length, "", time);
}

void Scores(EmbeddingModel model, int entities, int dimension)
{
    var random = new Random(3);
    float[] Vector(int length) => [.. Enumerable.Range(0, length).Select(_ => (float)random.NextDouble())];
    var (table, head, relation) = (new EmbeddingTable(Vector(entities * dimension), dimension), Vector(dimension), Vector(dimension));
    var time = Median(() => cpu.BestTails(model, table, head, relation, 10));
    Print($"{model}, {entities:N0} tails of {dimension}, best 10", entities, "", time);
}

static IEnumerable<(string Name, GraphColumns Graph)> Graphs()
{
    yield return ("random DAG, n = 2k, m = 4k", GraphColumns.FromEdges(2_000, Forward(Random(new Random(4), 2_000, 4_000))));
    yield return ("random DAG, n = 10k, m = 15k", GraphColumns.FromEdges(10_000, Forward(Random(new Random(5), 10_000, 15_000))));
    yield return ("grid 50 x 50", Grid(50));
    yield return ("grid 100 x 100", Grid(100));
    yield return ("8-ary tree, n = 100k", GraphColumns.FromEdges(100_000, [.. Enumerable.Range(1, 99_999).Select(i => Word((i - 1) / 8, i))]));
    yield return ("chain of 2k", GraphColumns.FromEdges(2_000, [.. Enumerable.Range(0, 1_999).Select(i => Word(i, i + 1))]));
    yield return ("chain of 20k", GraphColumns.FromEdges(20_000, [.. Enumerable.Range(0, 19_999).Select(i => Word(i, i + 1))]));
}

static GraphColumns Grid(int side) => GraphColumns.FromEdges(side * side,
    [.. Enumerable.Range(0, side * side).SelectMany(i => new[] { i % side < side - 1 ? Word(i, i + 1) : 0, i / side < side - 1 ? Word(i, i + side) : 0 }).Where(w => w != 0)]);

static ulong[] Random(Random random, int nodes, int edges) => [.. Enumerable.Range(0, edges).Select(_ => Word(random.Next(nodes), random.Next(nodes)))];

static ulong[] Forward(ulong[] edges) => [.. edges.Where(e => e >> 32 != (uint)e).Select(e => Word((int)Math.Min(e >> 32, (uint)e), (int)Math.Max(e >> 32, (uint)e)))];

static ulong Word(int from, int to) => ((ulong)from << 32) | (uint)to;

static double Median(Action work)
{
    var times = new List<double>();
    work();
    for (var i = 0; i < 7; i++)
    {
        var (start, rounds) = (Environment.CpuUsage.TotalTime, 0);
        do
        {
            work();
            rounds++;
        }
        while ((Environment.CpuUsage.TotalTime - start).TotalMilliseconds < 20);
        times.Add((Environment.CpuUsage.TotalTime - start).TotalMilliseconds / rounds);
    }

    times.Sort();
    return times[3];
}

static void Print(string what, long answer, string layout, double milliseconds) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"| {what} | {answer:N0} | {layout} | {milliseconds:0.00} ms ({answer / milliseconds / 1000:N0} M/s) |"));
