using System.Globalization;
using Memory.Benchmarks;

// dotnet run -c Release --project bench/Memory.Benchmarks -- locomo [--data FILE] [--out FILE] | tune [--data FILE] | recall [--facts 1000000] | vectors [--turns 50000]
var rest = args.Skip(1).ToArray();
if (args.Length == 0 || rest.Length % 2 != 0)
    return Usage();
var options = rest.Chunk(2).ToDictionary(o => o[0], o => o[1]);
var data = options.GetValueOrDefault("--data", "../shared/data/locomo/locomo10.json");
switch (args[0])
{
    case "locomo":
        await LocomoEvaluation.RunAsync(Conversation.Load(data), options.GetValueOrDefault("--out"));
        return 0;
    case "tune":
        await LocomoEvaluation.TuneAsync(Conversation.Load(data));
        return 0;
    case "recall":
        await RecallBenchmark.RunAsync(int.Parse(options.GetValueOrDefault("--facts", "1000000"), CultureInfo.InvariantCulture));
        return 0;
    case "vectors":
        await VectorBenchmark.RunAsync(int.Parse(options.GetValueOrDefault("--turns", "50000"), CultureInfo.InvariantCulture));
        return 0;
    default:
        return Usage();
}

static int Usage()
{
    Console.Error.WriteLine("Usage: locomo [--data FILE] [--out FILE] | tune [--data FILE] | recall [--facts 1000000] | vectors [--turns 50000]");
    return 2;
}
