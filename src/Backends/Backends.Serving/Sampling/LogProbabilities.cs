using System.Numerics;

namespace Backends.Serving.Sampling;

/// <summary>Log-probabilities of tokens from their logits.</summary>
/// <remarks>
/// log p(i) = x(i) - m - log(sum over j of exp(x(j) - m)) with m the largest logit, in double precision. The same token of the same logits gives the
/// same number wherever it is asked for. Shape legend: V = vocabulary. Cost: O(V) for the sum, O(V + V' k) for the top k, V' tokens having entered it.
/// Thread safety: all members.
/// </remarks>
public static class LogProbabilities
{
    /// <summary>What is subtracted from a logit to give its log-probability: the logarithm of the sum of all exponentials.</summary>
    /// <param name="logits">Logits, <c>[V]</c>, at least one of them finite.</param>
    public static double LogSum(ReadOnlySpan<float> logits)
    {
        var largest = double.NegativeInfinity;
        foreach (var logit in logits) largest = Math.Max(largest, logit);
        var at = 0;
        var sums = Vector<double>.Zero;
        Span<double> lanes = stackalloc double[Vector<double>.Count];
        for (; at <= logits.Length - lanes.Length; at += lanes.Length)
        {
            for (var lane = 0; lane < lanes.Length; lane++) lanes[lane] = logits[at + lane] - largest;
            sums += Vector.Exp(new Vector<double>(lanes));
        }

        var sum = Vector.Sum(sums);
        for (; at < logits.Length; at++) sum += Math.Exp(logits[at] - largest);
        return largest + Math.Log(sum);
    }

    /// <summary>The likeliest tokens, the likeliest first; ties go to the lower id.</summary>
    /// <param name="logits">Logits, <c>[V]</c>.</param>
    /// <param name="count">How many, 0 or more; fewer where the vocabulary has fewer.</param>
    public static int[] Top(ReadOnlySpan<float> logits, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var top = new int[Math.Min(count, logits.Length)];
        var held = 0;
        for (var id = 0; id < logits.Length && top.Length > 0; id++)
        {
            if (held == top.Length && logits[id] <= logits[top[held - 1]]) continue;
            var place = held < top.Length ? held++ : held - 1;
            while (place > 0 && logits[top[place - 1]] < logits[id])
            {
                top[place] = top[place - 1];
                place--;
            }

            top[place] = id;
        }

        return top;
    }
}
