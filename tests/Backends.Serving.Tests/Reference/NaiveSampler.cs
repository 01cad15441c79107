using Backends.Serving.Sampling;

namespace Backends.Serving.Tests.Reference;

/// <summary>The obvious sampler: the whole distribution as a list, one rule after the other, in double precision.</summary>
internal static class NaiveSampler
{
    public static Dictionary<int, double> Distribution(float[] logits, SamplingOptions options, bool[]? allowed)
    {
        var tokens = logits.Select((logit, id) => (id, logit: (double)logit))
            .Where(t => allowed is null || allowed[t.id]).Where(t => !double.IsNegativeInfinity(t.logit)).ToList();
        if (options.Temperature == 0)
            return new() { [tokens.OrderByDescending(t => t.logit).ThenBy(t => t.id).First().id] = 1 };

        var highest = tokens.Max(t => t.logit);
        var likely = Normalised(tokens.Select(t => (t.id, p: Math.Exp((t.logit - highest) / options.Temperature))))
            .OrderByDescending(t => t.p).ThenBy(t => t.id).ToList();
        var threshold = options.MinP * likely[0].p;
        if (options.TopK > 0) likely = likely.Take(options.TopK).ToList();

        var renormalised = Normalised(likely).ToList();
        var kept = 1;
        while (kept < renormalised.Count && renormalised.Take(kept).Sum(t => t.p) < options.TopP - 1e-12) kept++;
        var final = likely.Take(options.TopP < 1 ? kept : likely.Count).Where((t, i) => i == 0 || t.p >= threshold * (1 - 1e-12));
        return Normalised(final).ToDictionary(t => t.id, t => t.p);
    }

    private static IEnumerable<(int id, double p)> Normalised(IEnumerable<(int id, double p)> weights)
    {
        var list = weights.ToList();
        var sum = list.Sum(t => t.p);
        return list.Select(t => (t.id, t.p / sum));
    }
}
