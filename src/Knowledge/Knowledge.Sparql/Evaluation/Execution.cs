using System.Security.Cryptography;
using Knowledge.Rdf;

namespace Knowledge.Sparql;

/// <summary>What all parts of one evaluation share: terms, data set, limits, clock and chance.</summary>
internal sealed class Session
{
    private readonly long _deadline;
    private long _bytes;

    public Session(IQuadSnapshot snapshot, QueryOptions options, IReadOnlyList<Iri>? from, IReadOnlyList<Iri>? fromNamed)
    {
        Options = options;
        Pool = new TermPool(snapshot.Terms);
        var overridden = options.DefaultGraphs is not null || options.NamedGraphs is not null;
        View = GraphView.Of(snapshot, Pool, overridden ? options.DefaultGraphs : from, overridden ? options.NamedGraphs : fromNamed);
        Now = options.Time.GetUtcNow();
        _deadline = options.MaxTime is { } time ? options.Time.GetTimestamp() + (long)(time.TotalSeconds * options.Time.TimestampFrequency) : long.MaxValue;
    }

    public QueryOptions Options { get; }

    public TermPool Pool { get; }

    public GraphView View { get; }

    /// <summary>Property functions by IRI.</summary>
    public IReadOnlyDictionary<string, IPropertyFunction> PropertyFunctions => field ??= Options.PropertyFunctions.ToDictionary(f => f.Iri);

    /// <summary>One moment for the whole evaluation.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Chance of RAND, UUID and BNODE.</summary>
    public Random Random => field ??= new Random(Options.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue));

    /// <summary>Number of blank nodes made so far.</summary>
    public long BlankNodes { get; set; }

    /// <summary>Nodes of BNODE with a label, by row, for each batch as long as it lives.</summary>
    public System.Runtime.CompilerServices.ConditionalWeakTable<Batch, Dictionary<(int Row, string Label), BlankNode>> Labelled { get; } = [];

    /// <summary>A blank node that is in no data.</summary>
    public BlankNode NewBlankNode() => new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"q{View.Snapshot.Version:x}x{(uint)Random.Next():x8}x{++BlankNodes:x}"));

    /// <summary>Called once for each batch, in every loop.</summary>
    /// <exception cref="OperationCanceledException">The caller wants no result any more.</exception>
    /// <exception cref="QueryLimitException">The time is over.</exception>
    public void Check()
    {
        Options.CancellationToken.ThrowIfCancellationRequested();
        if (_deadline != long.MaxValue && Options.Time.GetTimestamp() > _deadline)
            throw new QueryLimitException(QueryLimit.Time, $"The query takes longer than {Options.MaxTime} ({nameof(QueryOptions)}.{nameof(QueryOptions.MaxTime)}).");
    }

    /// <summary>Counts memory that lives until the end of the evaluation.</summary>
    /// <exception cref="QueryLimitException">It is more than allowed.</exception>
    public void Allocate(long bytes)
    {
        if ((_bytes += bytes) > Options.MaxMemoryBytes)
            throw new QueryLimitException(QueryLimit.Memory, $"The query's tables need more than {Options.MaxMemoryBytes} bytes ({nameof(QueryOptions)}.{nameof(QueryOptions.MaxMemoryBytes)}).");
    }
}

/// <summary>Where a plan runs: in which graph, and with which variables given from outside (by EXISTS).</summary>
/// <param name="Session">What all parts share.</param>
/// <param name="Graphs">The active graph, as a union.</param>
/// <param name="Seed">Ids by slot that variables have already; 0 where they have none.</param>
internal sealed record Execution(Session Session, uint[] Graphs, ulong[] Seed)
{
    public TermPool Pool => Session.Pool;

    public GraphView View => Session.View;

    /// <summary>The id that a slot has in a row, or from outside.</summary>
    public ulong Id(Batch batch, int slot, int row) => batch[slot, row] is var id and not 0 ? id : Seed[slot];

    /// <summary>Leaves out rows that say something else than what is given from outside.</summary>
    public Batch MatchSeed(Batch batch, int slot)
    {
        if (Seed[slot] == 0 || batch.Columns[slot] is not { } column)
            return batch;
        var rows = new List<int>();
        for (var row = 0; row < batch.Count; row++)
            if (column[row] == 0 || column[row] == Seed[slot])
                rows.Add(row);
        return rows.Count == batch.Count ? batch : batch.Gather(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows), SlotSet.Of([.. Enumerable.Range(0, batch.Columns.Length)]));
    }
}
