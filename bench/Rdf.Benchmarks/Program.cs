using System.Diagnostics;
using System.Globalization;
using Knowledge.Rdf;

// How fast a document is read, in CPU time (user and kernel) of one core: the file lies in the page cache, every quad goes to a sink that adds its lengths up.
// dotnet run -c Release --project bench/Rdf.Benchmarks -- FILE [repetitions]
if (args is not [var path, .. var rest] || !RdfFormat.TryByFileName(path, out var format))
{
    Console.Error.WriteLine("Usage: FILE [repetitions]; the file's extension tells its format.");
    return 2;
}

var repetitions = rest is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : 9;
var megabytes = new FileInfo(path).Length / 1e6;
var times = new List<double>();
var sum = new Sum();
for (var repetition = 0; repetition <= repetitions; repetition++)
{
    sum = new Sum();
    var allocated = GC.GetAllocatedBytesForCurrentThread();
    var before = Process.GetCurrentProcess().TotalProcessorTime;
    RdfFormat.ReadFile(path, sum);
    var seconds = (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{format} {seconds * 1e3,8:F1} ms  {megabytes / seconds,7:F0} MB/s  {GC.GetAllocatedBytesForCurrentThread() - allocated} bytes allocated"));
    if (repetition > 0) // the first one compiles
        times.Add(seconds);
}

times.Sort();
var median = times[times.Count / 2];
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"median {median * 1e3:F1} ms, {megabytes / median:F0} MB/s, {sum.Quads / median / 1e6:F2} M quads/s; {sum.Quads} quads, {sum.Bytes} bytes of terms"));
return 0;

/// <summary>Looks at each quad just enough that none can be left out.</summary>
internal sealed class Sum : IQuadSink
{
    public long Quads { get; private set; }

    public long Bytes { get; private set; }

    public void Quad(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> predicate, ReadOnlySpan<byte> @object, ReadOnlySpan<byte> graph)
    {
        Quads++;
        Bytes += subject.Length + predicate.Length + @object.Length + graph.Length;
    }
}
