using System.Globalization;
using Conformance.Tests.Harness;
using Knowledge.Rdf;
using Knowledge.Sparql;

namespace Conformance.Tests.Fuzz;

/// <summary>The command: <c>fuzz [--seconds N] [--seed N] [--memory MB] [format ... | results | queries]</c>.</summary>
internal static class FuzzCommand
{
    private const string QueriesName = "queries";
    private const string ResultsName = "results";
    private const int DefaultMemory = 384; // MB: what a query may hold by its own limit, twice as two are answered, a document, and room for the collector
    private const int MaxSeedBytes = 8192;

    /// <summary>Runs the fuzz of the readers and of the query parser, each for the time given, in a heap that cannot grow beyond a limit: whoever needs more throws, and is found.</summary>
    /// <returns>0 where nothing was found.</returns>
    public static int Run(string[] args)
    {
        var time = TimeSpan.FromSeconds(Number(args, "--seconds", 10));
        var seed = Number(args, "--seed", 1);
        if (Corpus.SharedData is not { } data)
        {
            Console.Error.WriteLine("The suites' files, which mutants are made of, are not here. Set HUB_SHARED_DATA to a folder with rdf-tests.");
            return 2;
        }

        var memory = Number(args, "--memory", DefaultMemory);
        AppContext.SetData("GCHeapHardLimit", (ulong)memory << 20);
        GC.RefreshMemoryLimit();
        Console.WriteLine($"{time.TotalSeconds} seconds each, seed {seed}, a heap of at most {memory} MB.");
        var named = args.Skip(1).Where(a => a is QueriesName or ResultsName || RdfFormat.TryByName(a, out _)).ToList();
        var found = 0;
        foreach (var format in RdfFormat.All.Where(f => IsNamed(f.Name) || named.Any(n => RdfFormat.TryByName(n, out var other) && other == f)))
        {
            var fuzz = new ReaderFuzz(format, Seeds(data, format), seed);
            found += Say(format.ToString()!, fuzz.Run(time), fuzz.Counts);
        }

        foreach (var format in ResultFormat.All.Where(_ => IsNamed(ResultsName)))
        {
            var fuzz = new ResultFuzz(format, Results(data, format), seed);
            found += Say($"results, {format.Name}", fuzz.Run(time), fuzz.Counts);
        }

        if (IsNamed(QueriesName))
        {
            var queries = new QueryFuzz(Queries(data), seed);
            found += Say(QueriesName, queries.Run(time), queries.Counts);
        }

        return found == 0 ? 0 : 1;

        bool IsNamed(string name) => named.Count == 0 || named.Contains(name);
    }

    /// <summary>The suites' documents of a format, the small ones.</summary>
    public static IReadOnlyList<byte[]> Seeds(string data, RdfFormat format) =>
        [.. format.Extensions.SelectMany(e => format == RdfFormat.JsonLd ? Small(Path.Combine(data, "json-ld-tests"), e) : Small(Path.Combine(data, "rdf-tests", "rdf"), e))];

    /// <summary>The suites' queries and updates, the small ones.</summary>
    public static IReadOnlyList<byte[]> Queries(string data) => [.. Small(Path.Combine(data, "rdf-tests", "sparql"), "rq"), .. Small(Path.Combine(data, "rdf-tests", "sparql"), "ru")];

    /// <summary>The suites' results in a format, the small ones.</summary>
    public static IReadOnlyList<byte[]> Results(string data, ResultFormat format) => [.. Small(Path.Combine(data, "rdf-tests", "sparql"), format.Extension)];

    private static IEnumerable<byte[]> Small(string folder, string extension) => Directory.EnumerateFiles(folder, "*." + extension, SearchOption.AllDirectories)
        .Where(f => new FileInfo(f).Length < MaxSeedBytes).Order(StringComparer.Ordinal).Select(File.ReadAllBytes);

    private static int Say(string name, string? wrong, (long Tried, long Good) counts)
    {
        Console.WriteLine($"{name}: {counts.Tried} mutants, {counts.Good} of them good, {GC.GetTotalMemory(forceFullCollection: true) >> 20} MB kept{(wrong is null ? "" : $"\n{wrong}")}");
        return wrong is null ? 0 : 1;
    }

    private static int Number(string[] args, string option, int otherwise) =>
        Array.IndexOf(args, option) is >= 0 and var at && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
}
