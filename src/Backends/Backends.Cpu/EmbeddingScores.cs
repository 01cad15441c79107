using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Backends.Abstractions;

namespace Backends.Cpu;

/// <summary>Scores of all tails at once: head and relation become one query vector, which is compared with each row.</summary>
/// <remarks>Sources: those of <see cref="EmbeddingModel"/>. Cost: rows times dimension, read once.</remarks>
internal static class EmbeddingScores
{
    public static IReadOnlyList<ScoredRow> BestTails(EmbeddingModel model, EmbeddingTable entities, ReadOnlySpan<float> head, ReadOnlySpan<float> relation, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var d = entities.Dimension;
        if (head.Length != d || relation.Length != d)
            throw new ArgumentException($"The head has {head.Length} numbers and the relation {relation.Length}; the entities have {d}, and both need as many.", nameof(head));
        if (model is EmbeddingModel.ComplEx or EmbeddingModel.RotatE && d % 2 != 0)
            throw new ArgumentException($"{model} needs an even number of numbers, real parts and imaginary parts; the entities have {d}.", nameof(entities));
        if (!Enum.IsDefined(model))
            throw new ArgumentOutOfRangeException(nameof(model), model, $"The models are {string.Join(", ", Enum.GetNames<EmbeddingModel>())}.");
        var query = Query(model, head, relation);
        var best = new PriorityQueue<int, (float Score, int Row)>(Comparer<(float Score, int Row)>.Create((a, b) => a.Score != b.Score ? a.Score.CompareTo(b.Score) : b.Row.CompareTo(a.Row)));
        var values = entities.Values.Span;
        for (var row = 0; row < entities.Rows; row++)
        {
            var score = Score(model, query, values.Slice(row * d, d));
            if (best.Count < count)
                best.Enqueue(row, (score, row));
            else if (best.TryPeek(out _, out var worst) && score > worst.Score)
                best.EnqueueDequeue(row, (score, row));
        }

        var ranked = new List<ScoredRow>(best.Count);
        while (best.TryDequeue(out var row, out var entry))
            ranked.Add(new ScoredRow(row, entry.Score));
        ranked.Reverse();
        return ranked;
    }

    private static float[] Query(EmbeddingModel model, ReadOnlySpan<float> head, ReadOnlySpan<float> relation)
    {
        var query = new float[head.Length];
        if (model == EmbeddingModel.TransE)
            TensorPrimitives.Add(head, relation, query);
        else if (model == EmbeddingModel.DistMult)
            TensorPrimitives.Multiply(head, relation, query);
        else
        {
            // The product of complex numbers; the conjugate of the tail in ComplEx makes the real part of the sum a plain inner product with it.
            var half = head.Length / 2;
            for (var i = 0; i < half; i++)
            {
                query[i] = (head[i] * relation[i]) - (head[half + i] * relation[half + i]);
                query[half + i] = (head[i] * relation[half + i]) + (head[half + i] * relation[i]);
            }
        }

        return query;
    }

    private static float Score(EmbeddingModel model, ReadOnlySpan<float> query, ReadOnlySpan<float> tail) => model switch
    {
        EmbeddingModel.TransE => -TensorPrimitives.Distance(query, tail),
        EmbeddingModel.RotatE => -Moduli(query, tail),
        _ => TensorPrimitives.Dot(query, tail),
    };

    private static float Moduli(ReadOnlySpan<float> query, ReadOnlySpan<float> tail)
    {
        var half = query.Length / 2;
        var whole = half - (half % Vector<float>.Count);
        var queryReal = MemoryMarshal.Cast<float, Vector<float>>(query[..whole]);
        var queryImaginary = MemoryMarshal.Cast<float, Vector<float>>(query.Slice(half, whole));
        var tailReal = MemoryMarshal.Cast<float, Vector<float>>(tail[..whole]);
        var tailImaginary = MemoryMarshal.Cast<float, Vector<float>>(tail.Slice(half, whole));
        var sum = Vector<float>.Zero;
        for (var i = 0; i < queryReal.Length; i++)
        {
            var (real, imaginary) = (queryReal[i] - tailReal[i], queryImaginary[i] - tailImaginary[i]);
            sum += Vector.SquareRoot((real * real) + (imaginary * imaginary));
        }

        var total = Vector.Sum(sum);
        for (var i = whole; i < half; i++)
        {
            var (real, imaginary) = (query[i] - tail[i], query[half + i] - tail[half + i]);
            total += MathF.Sqrt((real * real) + (imaginary * imaginary));
        }

        return total;
    }
}
