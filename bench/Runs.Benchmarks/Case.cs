namespace Runs.Benchmarks;

/// <summary>Something that is measured.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Steps">Steps of one run of it.</param>
/// <param name="Measure">Runs it once.</param>
internal sealed record Case(string Name, int Steps, Func<int, Task<Sample>> Measure);

/// <summary>What a case measured: medians over all rounds but the first ones, which warm up.</summary>
internal sealed record Result(string Name, int Steps, int Rounds, double Microseconds, double Fastest, double CpuMicroseconds, double AllocatedBytes, double LogBytes)
{
    /// <summary>Measures cases in turns, so that whatever else the machine does hits all of them alike.</summary>
    public static async Task<List<Result>> OfAsync(IReadOnlyList<Case> cases, int rounds, int warmUps, Action<string> progress)
    {
        var samples = cases.ToDictionary(c => c, _ => new List<Sample>());
        for (var round = -warmUps; round < rounds; round++)
        {
            foreach (var one in cases)
            {
                GC.Collect();
                var sample = await one.Measure(one.Steps);
                if (round >= 0)
                    samples[one].Add(sample);
                progress($"round {round + 1}/{rounds}: {one.Name} {sample.Microseconds:F1} us a step");
            }
        }

        return [.. cases.Select(c => Of(c, samples[c]))];
    }

    private static Result Of(Case one, List<Sample> samples) => new(
        one.Name,
        one.Steps,
        samples.Count,
        Median(samples.Select(s => s.Microseconds)),
        samples.Min(s => s.Microseconds),
        Median(samples.Select(s => s.CpuMicroseconds)),
        Median(samples.Select(s => s.AllocatedBytes)),
        Median(samples.Select(s => s.LogBytes)));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
