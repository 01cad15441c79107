namespace Backends.Serving.Sampling;

/// <summary>Chooses a token from logits.</summary>
/// <remarks>
/// The same logits, options, mask and random state give the same token; ties go to the lower id. Buffers are kept between calls.
/// Shape legend: V = vocabulary. Cost: O(V) greedy, unfiltered or with min-p alone; top-k sorts V numbers, top-p the likeliest of them. Thread safety: none.
/// Source: top-p: Holtzman et al. 2020 (arXiv 1904.09751) 3.1; min-p: Nguyen et al. 2024 (arXiv 2407.01082) 3.
/// </remarks>
public sealed class Sampler
{
    private int[] _ids = [];
    private double[] _weights = [];

    /// <summary>Chooses one token.</summary>
    /// <param name="logits">Logits, <c>[V]</c>; minus infinity excludes a token.</param>
    /// <param name="options">Validated options.</param>
    /// <param name="random">Source of one number in [0, 1); not used at temperature 0.</param>
    /// <param name="allowed">True for tokens that may be chosen, <c>[V]</c>; empty allows all.</param>
    /// <returns>A token id.</returns>
    /// <exception cref="ArgumentException">The mask has another length, or no token is left.</exception>
    /// <exception cref="InvalidOperationException">A logit is NaN or plus infinity: the model is broken.</exception>
    public int Next(ReadOnlySpan<float> logits, SamplingOptions options, Random random, ReadOnlySpan<bool> allowed = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(random);
        if (!allowed.IsEmpty && allowed.Length != logits.Length)
            throw new ArgumentException($"The mask has {allowed.Length} entries and there are {logits.Length} logits.", nameof(allowed));

        var best = Best(logits, allowed);
        if (options.Temperature == 0) return best;

        var count = Weigh(logits, allowed, logits[best], options.Temperature);
        if (options.TopK > 0 || options.TopP < 1 || options.MinP > 0) count = Truncate(count, options);
        return Draw(count, random.NextDouble());
    }

    private static int Best(ReadOnlySpan<float> logits, ReadOnlySpan<bool> allowed)
    {
        var best = -1;
        for (var id = 0; id < logits.Length; id++)
        {
            if (float.IsNaN(logits[id]) || float.IsPositiveInfinity(logits[id]))
                throw new InvalidOperationException($"The model's logit for token {id} is {logits[id]}; its weights or its arithmetic are damaged.");
            if (!allowed.IsEmpty && !allowed[id]) continue;
            if (float.IsNegativeInfinity(logits[id])) continue;
            if (best < 0 || logits[id] > logits[best]) best = id;
        }
        return best >= 0 ? best : throw new ArgumentException("The mask leaves no token to choose from.", nameof(allowed));
    }

    // Probabilities up to a factor: the likeliest token weighs 1.
    private int Weigh(ReadOnlySpan<float> logits, ReadOnlySpan<bool> allowed, float highest, double temperature)
    {
        if (_ids.Length < logits.Length) (_ids, _weights) = (new int[logits.Length], new double[logits.Length]);
        var count = 0;
        for (var id = 0; id < logits.Length; id++)
        {
            if (!allowed.IsEmpty && !allowed[id]) continue;
            _ids[count] = id;
            _weights[count++] = Math.Exp(((double)logits[id] - highest) / temperature);
        }
        return count;
    }

    // Each rule keeps a beginning of the tokens in order of weight, so what is certainly cut need not be sorted.
    private int Truncate(int count, SamplingOptions options)
    {
        var mass = Sum(count);
        var threshold = 0.0;
        if (options.TopK == 0 || options.TopP == 1) threshold = options.MinP;
        if (options.TopK == 0) threshold = Math.Max(threshold, CertainlyOutside(count, mass, options.TopP));
        count = Drop(count, threshold);
        if (options.TopK == 0 && options.TopP == 1) return count;

        SortByWeight(count);
        if (options.TopK > 0)
        {
            count = Math.Min(count, options.TopK);
            mass = Sum(count);
        }
        if (options.TopP < 1) count = Nucleus(count, options.TopP * mass);
        while (count > 1 && _weights[count - 1] < options.MinP) count--;
        return count;
    }

    // All tokens lighter than this together weigh less than what top-p cuts off.
    private static double CertainlyOutside(int count, double mass, double topP) => (1 - topP) * mass / count * (1 - 1e-9);

    private int Drop(int count, double threshold)
    {
        var kept = 0;
        for (var i = 0; i < count; i++)
        {
            if (_weights[i] < threshold) continue;
            (_ids[kept], _weights[kept]) = (_ids[i], _weights[i]);
            kept++;
        }
        return kept;
    }

    private int Nucleus(int count, double needed)
    {
        var kept = 0;
        for (var mass = 0.0; kept < count && mass < needed; kept++) mass += _weights[kept];
        return Math.Max(1, kept);
    }

    private void SortByWeight(int count)
    {
        var ids = _ids.AsSpan(0, count);
        var weights = _weights.AsSpan(0, count);
        Negate(weights);      // Sorting numbers as they are is several times faster than sorting by a comparison.
        weights.Sort(ids);
        Negate(weights);
        // The sort is not stable: order equal weights by id, so that ties are cut the same way everywhere.
        for (var start = 0; start < count;)
        {
            var end = start + 1;
            while (end < count && weights[end] == weights[start]) end++;
            if (end - start > 1) ids[start..end].Sort();
            start = end;
        }
    }

    private static void Negate(Span<double> values)
    {
        foreach (ref var value in values) value = -value;
    }

    private int Draw(int count, double uniform)
    {
        var target = uniform * Sum(count);
        var last = 0;
        for (var i = 0; i < count; i++)
        {
            if (_weights[i] <= 0) continue;
            last = i;
            target -= _weights[i];
            if (target < 0) break;
        }
        return _ids[last];
    }

    private double Sum(int count)
    {
        var sum = 0.0;
        for (var i = 0; i < count; i++) sum += _weights[i];
        return sum;
    }
}
