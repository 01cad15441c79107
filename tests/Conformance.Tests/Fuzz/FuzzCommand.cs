using System.Globalization;
using Conformance.Tests.Harness;
using Knowledge.Rdf;

namespace Conformance.Tests.Fuzz;

/// <summary>The command: <c>fuzz [--seconds N] [--seed N] [format ... | queries]</c>.</summary>
internal static class FuzzCommand
{
    private const string QueriesName = "queries";
    private const int MaxSeedBytes = 8192;

    /// <summary>Runs the fuzz of the readers and of the query parser, each for the time given.</summary>
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

        var found = 0;
        var named = args.Skip(1).Where(a => a == QueriesName || RdfFormat.TryByName(a, out _)).ToList();
        foreach (var format in RdfFormat.All.Where(f => f.Name != "JSON-LD" && (named.Count == 0 || named.Any(n => RdfFormat.TryByName(n, out var other) && other == f))))
        {
            var fuzz = new ReaderFuzz(format, Seeds(data, format), seed);
            found += Say(format.ToString()!, fuzz.Run(time), fuzz.Counts);
        }

        if (named.Count > 0 && !named.Contains(QueriesName))
            return found == 0 ? 0 : 1;
        var queries = new QueryFuzz(Queries(data), seed);
        found += Say(QueriesName, queries.Run(time), queries.Counts);
        return found == 0 ? 0 : 1;
    }

    /// <summary>The suites' documents of a format, the small ones.</summary>
    public static IReadOnlyList<byte[]> Seeds(string data, RdfFormat format) => [.. format.Extensions.SelectMany(e => Small(Path.Combine(data, "rdf-tests", "rdf"), e))];

    /// <summary>The suites' queries and updates, the small ones.</summary>
    public static IReadOnlyList<byte[]> Queries(string data) => [.. Small(Path.Combine(data, "rdf-tests", "sparql"), "rq"), .. Small(Path.Combine(data, "rdf-tests", "sparql"), "ru")];

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
