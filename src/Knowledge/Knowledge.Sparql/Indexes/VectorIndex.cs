using System.Globalization;
using System.Numerics.Tensors;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>Nearest vectors: <c>(?literal ?score) vector:nearest ("[0.1, 0.2]"^^vector:floats limit)</c>, with <c>PREFIX vector: &lt;urn:knowledge:vector#&gt;</c>.</summary>
/// <remarks>
/// Literals of the datatype <c>vector:floats</c> are indexed: numbers in square brackets, separated by commas. The score is the cosine of the angle, so lengths do not matter; vectors of another
/// number of dimensions than the one that is asked with are not compared, nor are zero vectors. Exact: all vectors are looked at. Equal scores stand in the order of the literals' ids.
/// </remarks>
public sealed class VectorIndex : IPropertyFunction, IDisposable
{
    /// <summary>Namespace of the function and of the datatype.</summary>
    public const string Namespace = "urn:knowledge:vector#";

    /// <summary>Datatype of vectors.</summary>
    public const string Floats = Namespace + "floats";

    private readonly LiteralIndex<VectorSegment> _index;

    /// <summary>An index of a source, built when it is first asked.</summary>
    /// <param name="source">The quads.</param>
    /// <param name="predicates">Predicates whose literals are indexed; null for all.</param>
    public VectorIndex(IQuadSource source, IReadOnlyCollection<Iri>? predicates = null) => _index = new LiteralIndex<VectorSegment>(source, predicates, Build, s => s.Literals);

    /// <inheritdoc/>
    public string Iri => Namespace + "nearest";

    /// <inheritdoc/>
    public int Width => 2;

    /// <inheritdoc/>
    public double ExpectedRows => 20;

    /// <summary>The literal of a vector.</summary>
    /// <param name="vector">The numbers.</param>
    public static Literal ToLiteral(ReadOnlySpan<float> vector) =>
        new($"[{string.Join(", ", vector.ToArray().Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}]", Floats);

    /// <summary>Ends the keeping up with changes.</summary>
    public void Dispose() => _index.Dispose();

    /// <inheritdoc/>
    public IEnumerable<Term[]> Evaluate(PropertyFunctionCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var limit = TextIndex.LimitOf(Iri, call.Arguments);
        if (call.Arguments[0] is not Literal { Datatype: Floats } literal || Parse(literal.Lexical) is not { } vector)
            throw new PropertyFunctionException(Iri, $"{call.Arguments[0]} is no vector; one like \"[0.1, 0.2]\"^^<{Floats}> is needed.");
        return Nearest(call.Snapshot, vector, limit, call.IsNow).Select(m => new Term[] { m.Literal, new Literal(m.Score.ToString("R", CultureInfo.InvariantCulture), XsdVocabulary.Double) });
    }

    /// <summary>The nearest vectors, the nearest first.</summary>
    /// <param name="snapshot">A snapshot of the index's source, of now.</param>
    /// <param name="vector">What to be near to.</param>
    /// <param name="limit">How many at most.</param>
    public IReadOnlyList<(Literal Literal, double Score)> Nearest(IQuadSnapshot snapshot, ReadOnlySpan<float> vector, int limit = TextIndex.DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        return Nearest(snapshot, vector.ToArray(), limit, isNow: true);
    }

    private List<(Literal Literal, double Score)> Nearest(IQuadSnapshot snapshot, float[] vector, int limit, bool isNow)
    {
        var length = TensorPrimitives.Norm<float>(vector);
        if (length == 0)
            return [];
        var found = new PriorityQueue<uint, (double Score, uint Order)>();
        foreach (var part in _index.At(snapshot, isNow))
        {
            for (var i = 0; i < part.Segment.Literals.Length; i++)
            {
                if (part.Segment.Vectors[i].Length != vector.Length || part.Gone.Contains(i))
                    continue;
                var score = (double)TensorPrimitives.Dot<float>(part.Segment.Vectors[i], vector) / length;

                // The least of those that are kept comes out first: of equal ones that with the largest id.
                found.Enqueue(part.Segment.Literals[i], (score, uint.MaxValue - part.Segment.Literals[i]));
                if (found.Count > limit)
                    found.Dequeue();
            }
        }

        var best = new List<(Literal, double)>();
        while (found.TryDequeue(out var literal, out var priority))
            best.Add((LiteralIndex<VectorSegment>.LiteralOf(snapshot.Terms, literal), priority.Score));
        best.Reverse();
        return best;
    }

    private static float[]? Parse(string text)
    {
        var inner = text.AsSpan().Trim();
        if (inner is not ['[', .., ']'])
            return null;
        inner = inner[1..^1];
        var vector = new List<float>();
        foreach (var part in inner.Split(','))
        {
            if (!float.TryParse(inner[part].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !float.IsFinite(number))
                return null;
            vector.Add(number);
        }

        return [.. vector];
    }

    private static VectorSegment? Build(ITermDictionary terms, IEnumerable<uint> literals)
    {
        var entries = new List<(uint Id, float[] Vector)>();
        foreach (var id in literals)
        {
            if (LiteralIndex<VectorSegment>.LiteralOf(terms, id) is not { Datatype: Floats } literal || Parse(literal.Lexical) is not { } vector)
                continue;
            var length = TensorPrimitives.Norm<float>(vector);
            if (length == 0)
                continue;
            TensorPrimitives.Divide(vector, length, vector);
            entries.Add((id, vector));
        }

        return entries.Count == 0 ? null : new VectorSegment([.. entries.Select(e => e.Id)], [.. entries.Select(e => e.Vector)]);
    }
}

/// <summary>An unchanging part of a vector index.</summary>
internal sealed class VectorSegment
{
    public VectorSegment(uint[] literals, float[][] vectors) => (Literals, Vectors) = (literals, vectors);

    /// <summary>Ids of the literals, ascending.</summary>
    public uint[] Literals { get; }

    /// <summary>Their vectors, of length 1.</summary>
    public float[][] Vectors { get; }
}
