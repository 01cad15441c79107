namespace Reasoners.ReWoo;

/// <summary>A plan: its steps, and the levels in which they can run.</summary>
/// <param name="Steps">Steps in the order of the plan.</param>
/// <param name="Levels">The same steps, level by level: a step needs only results of earlier levels. In a level, the order of the plan.</param>
public sealed record ReWooPlan(IReadOnlyList<ReWooStep> Steps, IReadOnlyList<IReadOnlyList<ReWooStep>> Levels)
{
    /// <summary>The most steps of a plan.</summary>
    public const int MaxSteps = 100;

    /// <summary>Orders steps by what they need.</summary>
    /// <param name="steps">Steps in the order of the plan.</param>
    /// <param name="plan">The plan, where there is one.</param>
    /// <returns>Null; or why the steps make no plan, in words for the planner.</returns>
    /// <remarks>Source: Kahn 1962, Topological sorting of large networks, CACM 5(11), one level at a time.</remarks>
    public static string? TryOrder(IReadOnlyList<ReWooStep> steps, out ReWooPlan plan)
    {
        ArgumentNullException.ThrowIfNull(steps);
        plan = new ReWooPlan([], []);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            if (!names.Add(step.Placeholder))
                return $"Two steps have the placeholder {step.Placeholder}. Give each step its own.";
        }

        var needs = steps.ToDictionary(
            step => step.Placeholder, step => new HashSet<string>(Placeholders.In(step.Input), StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var step in steps)
        {
            if (Placeholders.In(step.Input).FirstOrDefault(name => !names.Contains(name)) is { } unknown)
                return $"The step {step.Placeholder} uses {unknown}, which no step has. The placeholders are: {List(steps)}.";
        }

        List<IReadOnlyList<ReWooStep>> levels = [];
        for (IReadOnlyList<ReWooStep> left = steps; left.Count > 0; left = [.. left.Except(levels[^1])])
        {
            IReadOnlyList<ReWooStep> ready = [.. left.Where(step => needs[step.Placeholder].Count == 0)];
            if (ready.Count == 0)
            {
                return $"The steps {List(left)} wait for each other or for themselves. " +
                    "A step may use results of other steps only, and not in a circle.";
            }

            levels.Add(ready);
            foreach (var step in left)
                needs[step.Placeholder].ExceptWith(ready.Select(r => r.Placeholder));
        }

        plan = new ReWooPlan(steps, levels);
        return null;
    }

    private static string List(IEnumerable<ReWooStep> steps) => string.Join(", ", steps.Select(step => step.Placeholder));
}
