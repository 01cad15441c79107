using System.Globalization;
using Knowledge.Benchmarks;

// dotnet run -c Release --project bench/Knowledge.Benchmarks -- load [--universities 1,10] [--repetitions 5] [--peers no]
// dotnet run -c Release --project bench/Knowledge.Benchmarks -- rules [--universities 1,10] [--repetitions 5] [--jena-up-to 10]
// dotnet run -c Release --project bench/Knowledge.Benchmarks -- rules --named owl-micro [--universities 1] [--repetitions 5] [--jena-up-to 0]
// dotnet run -c Release --project bench/Knowledge.Benchmarks -- equality [--things 2000,20000] [--names 2,4,8] [--repetitions 5] [--jena-up-to 2000]
if (args is not ["load" or "rules" or "equality", .. var rest] || rest.Length % 2 != 0)
{
    Console.Error.WriteLine("Usage: load [--universities 1,10] [--repetitions 5] [--peers yes|no]");
    Console.Error.WriteLine("       rules [--universities 1,10] [--repetitions 5] [--jena-up-to 10]");
    Console.Error.WriteLine("       rules --named owl-micro [--universities 1] [--repetitions 5] [--jena-up-to 0]");
    Console.Error.WriteLine("       equality [--things 2000,20000] [--names 2,4,8] [--repetitions 5] [--jena-up-to 2000]");
    return 2;
}

var options = rest.Chunk(2).ToDictionary(o => o[0], o => o[1]);
var universities = Numbers("--universities", "1,10");
var repetitions = int.Parse(options.GetValueOrDefault("--repetitions", "5"), CultureInfo.InvariantCulture);
if (args[0] == "rules")
{
    using var rules = new RulesBenchmark();
    if (options.TryGetValue("--named", out var name))
        rules.RunNamed(name, universities, repetitions, int.Parse(options.GetValueOrDefault("--jena-up-to", "0"), CultureInfo.InvariantCulture));
    else
        rules.Run(universities, repetitions, int.Parse(options.GetValueOrDefault("--jena-up-to", "10"), CultureInfo.InvariantCulture));
    return 0;
}

if (args[0] == "equality")
{
    using var equality = new EqualityBenchmark();
    equality.Run(Numbers("--things", "2000,20000"), Numbers("--names", "2,4,8"), repetitions, int.Parse(options.GetValueOrDefault("--jena-up-to", "2000"), CultureInfo.InvariantCulture));
    return 0;
}

using var benchmark = new LoadBenchmark();
benchmark.Run(universities, repetitions, options.GetValueOrDefault("--peers", "yes") != "no");
return 0;

int[] Numbers(string name, string fallback) => [.. options.GetValueOrDefault(name, fallback).Split(',').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
