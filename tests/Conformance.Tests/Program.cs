using Conformance.Tests.Fuzz;
using Conformance.Tests.Harness;

// dotnet run --project tests/Conformance.Tests -- --summary [suite ...]     a line for each suite
//                                                 --failures [suite ...]    and one for each test that failed, with the reason
//                                                 --skipped [suite ...]     and one for each that is not run, with the reason
//                                                 --only TEXT               tests whose ids hold a text
//                                                 fuzz [--seconds N] [--seed N] [--memory MB] [format ... | results | queries]
//                                                                           mutants of the suites' documents, N seconds for each reader and for queries, in a heap of so many MB
if (args is ["fuzz", ..])
    return FuzzCommand.Run(args);

var only = Array.IndexOf(args, "--only") is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;
var names = args.Where(a => !a.StartsWith('-') && a != only).ToList();
if (names.FirstOrDefault(n => Suites.All.All(s => !Named(s, n))) is { } unknown)
{
    Console.Error.WriteLine($"There is no suite '{unknown}'. There are: {string.Join(", ", Suites.All.Select(s => s.Name))}.");
    return 2;
}

var isGood = true;
foreach (var suite in Suites.All.Where(s => names.Count == 0 || names.Any(n => Named(s, n))))
{
    if (Suites.FolderOf(suite) is not { } folder)
    {
        Console.WriteLine($"{suite.Name}: its files ({suite.Folder}) are not here; set HUB_SHARED_DATA");
        continue;
    }

    var result = await Suites.RunAsync(suite, folder, Skips.Default, only);
    isGood &= result.IsGood;
    Console.WriteLine(result);
    if (args.Contains("--failures"))
        foreach (var (id, reason) in result.Failures)
            Console.WriteLine($"  {id}: {reason}");
    if (args.Contains("--skipped"))
        foreach (var (id, reason) in result.Skipped)
            Console.WriteLine($"  {id}: {reason}");
    foreach (var unused in result.UnusedSkips)
        Console.WriteLine($"  the list of skips names {unused}, which is no test");
}

return isGood ? 0 : 1;

// A name is a suite's own, or the beginning of several: "sparql" is all of SPARQL's.
static bool Named(ISuite suite, string name) => suite.Name == name || suite.Name.StartsWith(name + "-", StringComparison.Ordinal);
