namespace Conformance.Tests.Harness;

/// <summary>All suites, and how one is run.</summary>
internal static class Suites
{
    private static readonly TimeSpan s_longestTest = TimeSpan.FromSeconds(60);

    /// <summary>Every suite of this assembly, by name.</summary>
    public static IReadOnlyList<ISuite> All { get; } = [.. typeof(Suites).Assembly.GetTypes()
        .Where(t => t is { IsClass: true, IsAbstract: false } && typeof(ISuite).IsAssignableFrom(t) && t.GetConstructor([]) is not null)
        .Select(t => (ISuite)Activator.CreateInstance(t)!).OrderBy(s => s.Name, StringComparer.Ordinal)];

    /// <summary>Where a suite's files are; null where they are not on this machine.</summary>
    public static string? FolderOf(ISuite suite) =>
        Corpus.SharedData is { } data && Directory.Exists(Path.Combine(data, suite.Folder)) ? Path.Combine(data, suite.Folder) : null;

    /// <summary>Runs a suite.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="folder">Where its files are.</param>
    /// <param name="skips">Tests that are not run.</param>
    /// <param name="only">Part of the ids of those that are; null for all.</param>
    public static async Task<SuiteResult> RunAsync(ISuite suite, string folder, Skips skips, string? only = null)
    {
        var passed = 0;
        var failures = new List<(string Id, string Reason)>();
        var skipped = new List<(string Id, string Reason)>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var test in suite.Tests(folder).Where(t => only is null || t.Id.Contains(only, StringComparison.OrdinalIgnoreCase)))
        {
            if (!ids.Add(test.Id))
                failures.Add((test.Id, "Two tests have this id."));
            else if (skips.ReasonFor(suite.Name, test.Id) is { } reason)
                skipped.Add((test.Id, reason));
            else if (await FailureAsync(test) is { } failure)
                failures.Add((test.Id, failure));
            else
                passed++;
        }

        return new SuiteResult(suite.Name, passed, failures, skipped, only is null ? skips.Unused(suite.Name, ids) : []);
    }

    private static async Task<string?> FailureAsync(ConformanceTest test)
    {
        try
        {
            await Task.Run(test.Run).WaitAsync(s_longestTest);
            return null;
        }
        catch (TimeoutException)
        {
            return $"It took more than {s_longestTest.TotalSeconds} seconds.";
        }
        catch (TestFailedException failure)
        {
            return failure.Message;
        }
        catch (Exception failure) // A test that throws something else has failed too, and says where.
        {
            return $"{failure.GetType().Name}: {failure.Message} {failure.StackTrace?.Split('\n').FirstOrDefault(l => l.Contains("/src/", StringComparison.Ordinal))?.Trim()}";
        }
    }
}

/// <summary>What came out of a suite.</summary>
/// <param name="Name">The suite.</param>
/// <param name="Passed">Number of tests that passed.</param>
/// <param name="Failures">Tests that failed, with reasons.</param>
/// <param name="Skipped">Tests that were not run, with reasons.</param>
/// <param name="UnusedSkips">Entries of the list of skips that name no test.</param>
internal sealed record SuiteResult(string Name, int Passed, IReadOnlyList<(string Id, string Reason)> Failures, IReadOnlyList<(string Id, string Reason)> Skipped, IReadOnlyList<string> UnusedSkips)
{
    /// <summary>Number of tests of the suite.</summary>
    public int Total => Passed + Failures.Count + Skipped.Count;

    /// <summary>Whether every test passed that was not skipped, and every skip names one.</summary>
    public bool IsGood => Failures.Count == 0 && UnusedSkips.Count == 0 && Total > 0;

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Passed}/{Total}{(Skipped.Count > 0 ? $" ({Skipped.Count} skipped)" : "")}";
}
