using System.Numerics;
using System.Numerics.Tensors;
using Backends.Abstractions;

namespace Backends.Cpu;

/// <summary>Transitive closure: components are condensed, then each reaches what its successors reach.</summary>
/// <remarks>
/// <para>Components are numbered so that edges lead to lower numbers. Where the closure is dense, each has a row of bits, which is the union of the rows of its successors; a row is no longer than its
/// number, as it reaches nothing higher. Where it is sparse, each has a sorted row of numbers: the rows of its successors one after another
/// where these lie apart, as in trees, else their union (<see cref="RowUnion"/>).</para>
/// <para>Source: E. Nuutila, "Efficient transitive closure computation in large digraphs", 1995, for condensing first. Which of both is faster is told by a sample of <see cref="Sample"/> searches: rows of bits
/// from a density of 1/64 on, where a word of bits holds one edge on average.</para>
/// <para>Cost: nodes times edges / 64 words for rows of bits, the sum of the successors' rows for the other. Edges to what a row holds already cost nothing more.</para>
/// </remarks>
internal static class TransitiveClosure
{
    /// <summary>Searches by which the density is told.</summary>
    public const int Sample = 64;

    private const int DenseFrom = 64;

    public static IReachability Of(GraphColumns graph, long maxBytes)
    {
        var components = Components.Find(graph);
        return IsDense(components) ? DenseRows(components, maxBytes) : SparseRows(components, maxBytes);
    }

    /// <summary>Rows of bits.</summary>
    public static IReachability DenseRows(Components components, long maxBytes)
    {
        var n = components.Count;
        var starts = new long[n + 1];
        for (var i = 0; i < n; i++)
            starts[i + 1] = starts[i] + (i / 64) + 1;
        if (starts[n] * sizeof(ulong) > maxBytes || starts[n] > Array.MaxLength)
            throw TooLarge(starts[n] * sizeof(ulong), maxBytes);
        var bits = new ulong[starts[n]];
        for (var component = 0; component < n; component++)
        {
            var row = bits.AsSpan((int)starts[component], (component / 64) + 1);
            var successors = components.Graph[component];
            // The last first: its number is often the highest, and what it reaches need not be looked at again.
            for (var i = successors.Length - 1; i >= 0; i--)
            {
                var to = successors[i];
                if ((row[to / 64] >> to & 1) != 0)
                    continue;
                var reached = bits.AsSpan((int)starts[to], (to / 64) + 1);
                TensorPrimitives.BitwiseOr(row[..reached.Length], reached, row[..reached.Length]);
                row[to / 64] |= 1UL << (to % 64);
            }

            if (components.IsCyclic[component])
                row[component / 64] |= 1UL << (component % 64);
        }

        return new BitReachability(components, starts, bits);
    }

    /// <summary>Rows of numbers, each made of its successors' rows.</summary>
    public static IReachability SparseRows(Components components, long maxBytes)
    {
        var n = components.Count;
        var rows = new RowUnion(n);
        for (var component = 0; component < n; component++)
        {
            var bytes = rows.Add(components.Graph[component], components.IsCyclic[component]) * sizeof(int);
            if (bytes > maxBytes)
                throw TooLarge(bytes, maxBytes);
        }

        return new ListReachability(components, rows.ToColumns());
    }

    /// <summary>Whether a word of bits would hold one edge or more on average.</summary>
    private static bool IsDense(Components components)
    {
        var n = components.Count;
        if (n <= DenseFrom)
            return true;
        // Every so-manyth component, neither the first nor the last, which often reach nothing and all: no chance, so that the same graph is always computed in the same way.
        int[] sample = [.. Enumerable.Range(0, Sample).Select(i => (int)(((2L * i) + 1) * n / (2 * Sample)))];
        var search = new Search(components);
        var left = sample.Sum(component => (long)component) / DenseFrom;
        foreach (var component in sample)
            if ((left -= search.Reached(component, left)) < 0)
                return true;
        return false;
    }

    private static GraphLimitException TooLarge(long bytes, long maxBytes) =>
        new($"The closure takes {bytes:N0} bytes or more; maxBytes is {maxBytes:N0}. Allow more, or ask for the nodes within some hops of those that matter.");

    /// <summary>Searches from one component after another.</summary>
    private sealed class Search(Components components)
    {
        private readonly int[] _stamps = new int[components.Count];
        private readonly Stack<int> _open = new();
        private int _stamp;

        /// <summary>How many components one reaches, or some number above <paramref name="enough"/> where it is more than that.</summary>
        public long Reached(int component, long enough)
        {
            _stamp++;
            _open.Clear();
            _stamps[component] = _stamp;
            _open.Push(component);
            var reached = components.IsCyclic[component] ? 1L : 0L;
            while (reached <= enough && _open.TryPop(out var next))
            {
                foreach (var to in components.Graph[next])
                {
                    if (_stamps[to] == _stamp)
                        continue;
                    _stamps[to] = _stamp;
                    _open.Push(to);
                    reached++;
                }
            }

            return reached;
        }
    }

    private abstract class ByComponent(Components components) : IReachability
    {
        public int Nodes => Components.Of.Length;

        public abstract string Layout { get; }

        public long Count
        {
            get
            {
                long count = 0;
                for (var component = 0; component < Components.Count; component++)
                    count += Components.Members[component].Length * ReachedNodes(component);
                return count;
            }
        }

        protected Components Components { get; } = components;

        public bool Contains(int from, int to) => Reaches(Components.Of[from], Components.Of[to]);

        public int[] Row(int from)
        {
            List<int> row = [];
            foreach (var component in Reached(Components.Of[from]))
                row.AddRange(Components.Members[component]);
            row.Sort();
            return [.. row];
        }

        protected abstract bool Reaches(int from, int to);

        protected abstract IEnumerable<int> Reached(int from);

        protected abstract long ReachedNodes(int from);
    }

    private sealed class BitReachability(Components components, long[] starts, ulong[] bits) : ByComponent(components)
    {
        private readonly bool _isOneToOne = components.Count == components.Of.Length;

        public override string Layout => "bitset rows";

        protected override bool Reaches(int from, int to) => to <= from && (bits[starts[from] + (to / 64)] >> (to % 64) & 1) != 0;

        protected override IEnumerable<int> Reached(int from)
        {
            for (var word = 0; word <= from / 64; word++)
                for (var left = bits[starts[from] + word]; left != 0; left &= left - 1)
                    yield return (word * 64) + BitOperations.TrailingZeroCount(left);
        }

        protected override long ReachedNodes(int from) =>
            _isOneToOne ? TensorPrimitives.PopCount<ulong>(bits.AsSpan((int)starts[from], (from / 64) + 1)) : Reached(from).Sum(c => (long)Components.Members[c].Length);
    }

    private sealed class ListReachability(Components components, GraphColumns rows) : ByComponent(components)
    {
        public override string Layout => "sorted rows";

        protected override bool Reaches(int from, int to) => rows[from].BinarySearch(to) >= 0;

        protected override IEnumerable<int> Reached(int from) => rows[from].ToArray();

        protected override long ReachedNodes(int from)
        {
            long count = 0;
            foreach (var to in rows[from])
                count += Components.Members[to].Length;
            return count;
        }
    }
}
