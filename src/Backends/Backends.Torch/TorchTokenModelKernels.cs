using System.Numerics;
using System.Runtime.CompilerServices;

namespace Backends.Torch;

/// <summary>The row-wise parts of a Llama block in plain vector code: what one library call each would spend most of its time on overhead.</summary>
/// <remarks>Shape legend: C = channels, D = head width, F = feed-forward width, T = tokens held. No method allocates.</remarks>
internal static class TorchTokenModelKernels
{
    /// <summary>RMSNorm of one row. Source: Zhang and Sennrich 2019, arXiv:1910.07467.</summary>
    /// <param name="row">Input, <c>[C]</c>.</param>
    /// <param name="scale">Learned scale, <c>[C]</c>.</param>
    /// <param name="epsilon">Added to the mean square.</param>
    /// <param name="result">Receives the normalised row, <c>[C]</c>.</param>
    public static void Normalise(ReadOnlySpan<float> row, ReadOnlySpan<float> scale, float epsilon, Span<float> result)
    {
        var factor = 1f / MathF.Sqrt((Dot(row, row) / row.Length) + epsilon);
        var at = 0;
        for (; at <= row.Length - Vector<float>.Count; at += Vector<float>.Count)
            (Load(row, at) * factor * Load(scale, at)).CopyTo(result[at..]);
        for (; at < row.Length; at++)
            result[at] = row[at] * factor * scale[at];
    }

    /// <summary>Causal depthwise convolution of consecutive rows of one sequence, in place, plus its input.</summary>
    /// <remarks>y[t] = x[t] + sum over j of w[j] * x[t - 1 - j]; the state holds the rows before the first one, oldest first.</remarks>
    /// <param name="rows">Input and output, <c>[T, C]</c>.</param>
    /// <param name="weights">Weights of the rows before, nearest first, <c>[S, C]</c>.</param>
    /// <param name="state">The S rows before these; afterwards the last S rows of the input, <c>[S, C]</c>.</param>
    /// <param name="next">Scratch, <c>[S, C]</c>.</param>
    /// <param name="channels">C.</param>
    public static void Convolve(Span<float> rows, ReadOnlySpan<float> weights, Span<float> state, Span<float> next, int channels)
    {
        var taps = state.Length / channels;
        var count = rows.Length / channels;
        for (var j = 0; j < taps; j++) // the next state, taken before the rows change
            Before(rows, state, count - taps + j, channels).CopyTo(next[(j * channels)..]);

        for (var t = count - 1; t >= 0; t--)
        {
            var target = rows.Slice(t * channels, channels);
            for (var j = 0; j < taps; j++)
                MultiplyAdd(Before(rows, state, t - 1 - j, channels), weights.Slice(j * channels, channels), target);
        }

        next.CopyTo(state);
    }

    /// <summary>Rotary embedding of one head in place: element i turns with element i + D/2. Source: Su et al. 2021, arXiv:2104.09864.</summary>
    /// <param name="head">Query or key of one head, <c>[D]</c>.</param>
    /// <param name="cosines">Of this position, <c>[D/2]</c>.</param>
    /// <param name="sines">Of this position, <c>[D/2]</c>.</param>
    public static void Rotate(Span<float> head, ReadOnlySpan<float> cosines, ReadOnlySpan<float> sines)
    {
        var half = head.Length / 2;
        for (var i = 0; i < half; i++)
        {
            var (x, y) = (head[i], head[i + half]);
            head[i] = (x * cosines[i]) - (y * sines[i]);
            head[i + half] = (y * cosines[i]) + (x * sines[i]);
        }
    }

    /// <summary>Attention of one query over the first T keys of one head.</summary>
    /// <param name="query">The query, <c>[D]</c>.</param>
    /// <param name="keys">Keys, <c>[T, D]</c>.</param>
    /// <param name="values">Values, <c>[T, D]</c>.</param>
    /// <param name="scores">Scratch, <c>[T]</c>.</param>
    /// <param name="result">Receives the weighted mean of the values, <c>[D]</c>.</param>
    public static void Attend(ReadOnlySpan<float> query, ReadOnlySpan<float> keys, ReadOnlySpan<float> values, Span<float> scores, Span<float> result)
    {
        Scores(query, keys, 1f / MathF.Sqrt(query.Length), scores);
        var sum = ExponentialsOf(scores, Largest(scores));
        WeightedSum(scores, values, 1f / sum, result);
    }

    /// <summary>SwiGLU of one row: silu(gate) * up. Source: Shazeer 2020, arXiv:2002.05202.</summary>
    /// <param name="gateUp">Gate, then up, <c>[2 F]</c>.</param>
    /// <param name="result">Receives the product, <c>[F]</c>.</param>
    public static void Gate(ReadOnlySpan<float> gateUp, Span<float> result)
    {
        var gate = gateUp[..result.Length];
        var up = gateUp[result.Length..];
        var at = 0;
        for (; at <= result.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            var g = Load(gate, at);
            (g / (Vector<float>.One + Vector.Exp(-g)) * Load(up, at)).CopyTo(result[at..]);
        }

        for (; at < result.Length; at++)
            result[at] = gate[at] / (1f + MathF.Exp(-gate[at])) * up[at];
    }

    private static ReadOnlySpan<float> Before(ReadOnlySpan<float> rows, ReadOnlySpan<float> state, int t, int channels) =>
        t >= 0 ? rows.Slice(t * channels, channels) : state.Slice(state.Length + (t * channels), channels);

    private static float ExponentialsOf(Span<float> scores, float largest)
    {
        var at = 0;
        var sums = Vector<float>.Zero;
        for (; at <= scores.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            var powers = Vector.Exp(Load(scores, at) - new Vector<float>(largest));
            powers.CopyTo(scores[at..]);
            sums += powers;
        }

        var sum = Vector.Sum(sums);
        for (; at < scores.Length; at++)
            sum += scores[at] = MathF.Exp(scores[at] - largest);
        return sum;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var at = 0;
        var sums = Vector<float>.Zero;
        for (; at <= a.Length - Vector<float>.Count; at += Vector<float>.Count)
            sums = Vector.FusedMultiplyAdd(Load(a, at), Load(b, at), sums);
        var sum = Vector.Sum(sums);
        for (; at < a.Length; at++)
            sum += a[at] * b[at];
        return sum;
    }

    /// <summary>scores[t] = scale * query . keys[t], four keys at a time so that their sums do not wait for one another.</summary>
    private static void Scores(ReadOnlySpan<float> query, ReadOnlySpan<float> keys, float scale, Span<float> scores)
    {
        var width = query.Length;
        var t = 0;
        for (; t <= scores.Length - 4; t += 4)
        {
            var (k0, k1) = (t * width, (t + 1) * width);
            var (k2, k3) = (k1 + width, k1 + (2 * width));
            var (s0, s1, s2, s3) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            var at = 0;
            for (; at <= width - Vector<float>.Count; at += Vector<float>.Count)
            {
                var q = Load(query, at);
                s0 = Vector.FusedMultiplyAdd(q, Load(keys, k0 + at), s0);
                s1 = Vector.FusedMultiplyAdd(q, Load(keys, k1 + at), s1);
                s2 = Vector.FusedMultiplyAdd(q, Load(keys, k2 + at), s2);
                s3 = Vector.FusedMultiplyAdd(q, Load(keys, k3 + at), s3);
            }

            var (r0, r1, r2, r3) = (Vector.Sum(s0), Vector.Sum(s1), Vector.Sum(s2), Vector.Sum(s3));
            for (; at < width; at++)
            {
                var q = query[at];
                (r0, r1, r2, r3) = (r0 + (q * keys[k0 + at]), r1 + (q * keys[k1 + at]), r2 + (q * keys[k2 + at]), r3 + (q * keys[k3 + at]));
            }

            (scores[t], scores[t + 1], scores[t + 2], scores[t + 3]) = (r0 * scale, r1 * scale, r2 * scale, r3 * scale);
        }

        for (; t < scores.Length; t++)
            scores[t] = Dot(query, keys.Slice(t * width, width)) * scale;
    }

    /// <summary>result = factor * sum over t of weights[t] * values[t], in column blocks that stay in registers.</summary>
    private static void WeightedSum(ReadOnlySpan<float> weights, ReadOnlySpan<float> values, float factor, Span<float> result)
    {
        var width = result.Length;
        var step = Vector<float>.Count;
        var column = 0;
        for (; column <= width - (4 * step); column += 4 * step)
        {
            var (s0, s1, s2, s3) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
            for (var t = 0; t < weights.Length; t++)
            {
                var weight = new Vector<float>(weights[t]);
                var at = (t * width) + column;
                s0 = Vector.FusedMultiplyAdd(weight, Load(values, at), s0);
                s1 = Vector.FusedMultiplyAdd(weight, Load(values, at + step), s1);
                s2 = Vector.FusedMultiplyAdd(weight, Load(values, at + (2 * step)), s2);
                s3 = Vector.FusedMultiplyAdd(weight, Load(values, at + (3 * step)), s3);
            }

            (s0 * factor).CopyTo(result[column..]);
            (s1 * factor).CopyTo(result[(column + step)..]);
            (s2 * factor).CopyTo(result[(column + (2 * step))..]);
            (s3 * factor).CopyTo(result[(column + (3 * step))..]);
        }

        for (; column <= width - step; column += step)
        {
            var sums = Vector<float>.Zero;
            for (var t = 0; t < weights.Length; t++)
                sums = Vector.FusedMultiplyAdd(new Vector<float>(weights[t]), Load(values, (t * width) + column), sums);
            (sums * factor).CopyTo(result[column..]);
        }

        for (; column < width; column++)
        {
            var sum = 0f;
            for (var t = 0; t < weights.Length; t++)
                sum += weights[t] * values[(t * width) + column];
            result[column] = sum * factor;
        }
    }

    private static float Largest(ReadOnlySpan<float> values)
    {
        var largest = float.NegativeInfinity;
        foreach (var value in values)
            largest = MathF.Max(largest, value);
        return largest;
    }

    private static void MultiplyAdd(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> sum)
    {
        var at = 0;
        for (; at <= a.Length - Vector<float>.Count; at += Vector<float>.Count)
            Vector.FusedMultiplyAdd(Load(a, at), Load(b, at), Load(sum, at)).CopyTo(sum[at..]);
        for (; at < a.Length; at++)
            sum[at] += a[at] * b[at];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Load(ReadOnlySpan<float> span, int at) => new(span.Slice(at, Vector<float>.Count)); // checked: never past the end
}
