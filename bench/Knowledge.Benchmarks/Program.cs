using System.Globalization;
using Knowledge.Benchmarks;

// dotnet run -c Release --project bench/Knowledge.Benchmarks -- load [--universities 1,10] [--repetitions 5] [--peers no]
if (args is not ["load", .. var rest] || rest.Length % 2 != 0)
{
    Console.Error.WriteLine("Usage: load [--universities 1,10] [--repetitions 5] [--peers yes|no]");
    return 2;
}

var options = rest.Chunk(2).ToDictionary(o => o[0], o => o[1]);
int[] universities = [.. options.GetValueOrDefault("--universities", "1,10").Split(',').Select(u => int.Parse(u, CultureInfo.InvariantCulture))];
using var benchmark = new LoadBenchmark();
benchmark.Run(universities, int.Parse(options.GetValueOrDefault("--repetitions", "5"), CultureInfo.InvariantCulture), options.GetValueOrDefault("--peers", "yes") != "no");
return 0;
