using System.Numerics.Tensors;
using Backends.Abstractions;

namespace Knowledge.Memory;

/// <summary>Vectors of one length, each of length 1, side by side, so that a device can score all of them at once.</summary>
/// <remarks>Not for several threads while one of them adds.</remarks>
/// <param name="dimension">Numbers of a vector.</param>
internal sealed class VectorTable(int dimension)
{
    private readonly List<int> _places = [];
    private float[] _values = [];

    /// <summary>Adds a vector; one without a direction is passed over.</summary>
    /// <param name="place">What it stands for.</param>
    /// <param name="vector">The vector.</param>
    public void Add(int place, ReadOnlySpan<float> vector)
    {
        var norm = TensorPrimitives.Norm(vector);
        if (!float.IsFinite(norm) || norm == 0)
            return;
        var from = _places.Count * dimension;
        if (from + dimension > _values.Length)
            Array.Resize(ref _values, Math.Max(from + dimension, 2 * _values.Length));
        TensorPrimitives.Divide(vector, norm, _values.AsSpan(from, dimension));
        _places.Add(place);
    }

    /// <summary>Places whose vectors point most into a direction, the best first; of equal ones that which was added first. Those at a right angle or beyond are left out.</summary>
    /// <param name="vector">The direction.</param>
    /// <param name="count">The most places.</param>
    /// <param name="offload">What scores them; null to do it here.</param>
    public IEnumerable<int> Nearest(ReadOnlySpan<float> vector, int count, IGraphOffload? offload)
    {
        if (_places.Count == 0)
            return [];
        var query = vector.ToArray();
        if (offload is null)
        {
            return Enumerable.Range(0, _places.Count).Select(row => (Row: row, Score: TensorPrimitives.Dot(query, _values.AsSpan(row * dimension, dimension))))
                .Where(r => r.Score > 0).OrderByDescending(r => r.Score).ThenBy(r => r.Row).Take(count).Select(r => _places[r.Row]);
        }

        // The product of a relation of ones with head and tail is the inner product.
        var ones = new float[dimension];
        Array.Fill(ones, 1);
        var table = new EmbeddingTable(_values.AsMemory(0, _places.Count * dimension), dimension);
        return offload.BestTails(EmbeddingModel.DistMult, table, query, ones, Math.Min(count, _places.Count)).Where(r => r.Score > 0).Select(r => _places[r.Row]);
    }
}
