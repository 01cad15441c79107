namespace Backends.Abstractions;

/// <summary>Graph work over columns of numbers: what a reasoner hands to a device instead of walking objects itself.</summary>
/// <remarks>
/// Every member gives the same answer on every device and in any number of processes, rows ascending. Thread safety: all members. What asks for more than a limit
/// gets a <see cref="GraphLimitException"/> and no part of an answer.
/// </remarks>
public interface IGraphOffload
{
    /// <summary>What does the work, for people, e.g. <c>cpu, 512 bits</c>.</summary>
    string Device { get; }

    /// <summary>Which nodes can be reached from which, over one edge or more. A node reaches itself only on a cycle.</summary>
    /// <param name="graph">The edges.</param>
    /// <param name="maxBytes">Most bytes that the answer may take.</param>
    /// <exception cref="GraphLimitException">The answer takes more.</exception>
    IReachability Closure(GraphColumns graph, long maxBytes = 1L << 30);

    /// <summary>Nodes within some steps of each source, the source itself included.</summary>
    /// <param name="graph">The edges.</param>
    /// <param name="sources">Nodes; row i of the answer belongs to source i.</param>
    /// <param name="hops">Most edges of a way, 0 or more.</param>
    /// <param name="maxPairs">Most pairs of a source and a node.</param>
    /// <returns>A row of nodes, ascending, for each source.</returns>
    /// <exception cref="GraphLimitException">There are more pairs.</exception>
    GraphColumns WithinHops(GraphColumns graph, ReadOnlySpan<int> sources, int hops, long maxPairs = 1L << 28);

    /// <summary>Joins two columns of pairs on their keys.</summary>
    /// <param name="left">Words with the key in the upper half and a value in the lower, ascending.</param>
    /// <param name="right">Words of the same form, ascending.</param>
    /// <param name="maxRows">Most rows.</param>
    /// <returns>For each two words with one key, the left value in the upper half and the right value in the lower; by key, then left value, then right value; duplicates stay.</returns>
    /// <exception cref="GraphLimitException">There are more rows.</exception>
    ulong[] Join(ReadOnlySpan<ulong> left, ReadOnlySpan<ulong> right, long maxRows = 1L << 28);

    /// <summary>The tails that fit a head and a relation best.</summary>
    /// <param name="model">How vectors are compared.</param>
    /// <param name="entities">Vectors of the entities that may be tails.</param>
    /// <param name="head">Vector of the head.</param>
    /// <param name="relation">Vector of the relation.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>Rows with their scores, the best first; of equal ones the lower row.</returns>
    /// <exception cref="ArgumentException">The vectors' lengths do not fit.</exception>
    IReadOnlyList<ScoredRow> BestTails(EmbeddingModel model, EmbeddingTable entities, ReadOnlySpan<float> head, ReadOnlySpan<float> relation, int count);
}

/// <summary>Who reaches whom.</summary>
public interface IReachability
{
    /// <summary>Nodes, numbered from 0.</summary>
    int Nodes { get; }

    /// <summary>Pairs of a node and one that it reaches.</summary>
    long Count { get; }

    /// <summary>How the answer is kept, for people and benchmarks, e.g. <c>bitset rows</c>.</summary>
    string Layout { get; }

    /// <summary>Whether one node reaches another.</summary>
    /// <param name="from">A node.</param>
    /// <param name="to">A node.</param>
    bool Contains(int from, int to);

    /// <summary>The nodes that a node reaches, ascending.</summary>
    /// <param name="from">A node.</param>
    int[] Row(int from);
}

/// <summary>How vectors of a knowledge graph's entities and relations say how true a triple is; higher is truer.</summary>
/// <remarks>In the complex models a vector of length d is d/2 real parts followed by d/2 imaginary parts.</remarks>
public enum EmbeddingModel
{
    /// <summary>-|h + r - t|. Source: A. Bordes et al., NIPS 2013.</summary>
    TransE,

    /// <summary>The sum of h r t. Source: B. Yang et al., ICLR 2015.</summary>
    DistMult,

    /// <summary>The real part of the sum of h r conj(t). Source: T. Trouillon et al., ICML 2016.</summary>
    ComplEx,

    /// <summary>Minus the sum of |h r - t|, where each r is a rotation of modulus 1. Source: Z. Sun et al., ICLR 2019.</summary>
    RotatE,
}

/// <summary>Vectors of one length, one after another.</summary>
public readonly struct EmbeddingTable
{
    /// <summary>A table.</summary>
    /// <param name="values">Rows of <paramref name="dimension"/> numbers each.</param>
    /// <param name="dimension">Length of a row, 1 or more.</param>
    /// <exception cref="ArgumentException">The values are not whole rows.</exception>
    public EmbeddingTable(ReadOnlyMemory<float> values, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimension, 1);
        if (values.Length % dimension != 0)
            throw new ArgumentException($"{values.Length} numbers are no whole rows of {dimension}.", nameof(values));
        (Values, Dimension) = (values, dimension);
    }

    /// <summary>All rows.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <summary>Length of a row.</summary>
    public int Dimension { get; }

    /// <summary>Number of rows.</summary>
    public int Rows => Dimension == 0 ? 0 : Values.Length / Dimension;
}

/// <summary>A row of a table with its score.</summary>
/// <param name="Row">The row, from 0.</param>
/// <param name="Score">Higher is better.</param>
public readonly record struct ScoredRow(int Row, float Score);

/// <summary>Graph work asked for more than a limit.</summary>
public sealed class GraphLimitException : Exception
{
    /// <summary>A limit was reached.</summary>
    /// <param name="message">Which, and what to do.</param>
    public GraphLimitException(string message)
        : base(message)
    {
    }
}
