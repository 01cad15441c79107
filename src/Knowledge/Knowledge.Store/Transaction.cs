using System.Buffers;
using System.Collections.Immutable;

namespace Knowledge.Store;

/// <summary>Changes that become visible together, or not at all. Not for several threads at once.</summary>
/// <remarks>
/// Disposing without <see cref="Commit"/> drops the changes. What is believed of a quad is a set of times; a quad without times holds always. <see cref="Add(Quad, DateTimeOffset?, DateTimeOffset?)"/>
/// adds times, <see cref="End(Quad, DateTimeOffset)"/> cuts off those from a time on, <see cref="Retract(Quad)"/> says that it never was so.
/// </remarks>
public sealed class Transaction : IDisposable
{
    private readonly QuadDataset _dataset;
    private readonly StoreState _base;
    private readonly Dictionary<QuadIds, ValidTimes> _beliefs = [];
    private readonly HashSet<QuadIds> _erased = [];
    private ImmutableSortedDictionary<string, string> _prefixes;
    private bool _isDone;

    internal Transaction(QuadDataset dataset, StoreState state)
    {
        _dataset = dataset;
        _base = state;
        _prefixes = state.Prefixes;
    }

    /// <summary>Says that a quad holds, always or from and to a time.</summary>
    /// <param name="quad">Terms: the subject and the graph an IRI or a blank node, the predicate an IRI.</param>
    /// <param name="validFrom">First time at which it is so; null where no beginning is known.</param>
    /// <param name="validTo">First time at which it is not so any more; null where no end is known.</param>
    /// <returns>Whether this changes what is believed.</returns>
    /// <exception cref="ArgumentException">A term stands where its kind may not, or the times do not ascend.</exception>
    public bool Add(Quad quad, DateTimeOffset? validFrom = null, DateTimeOffset? validTo = null) => Add(Intern(quad), validFrom, validTo);

    /// <summary>Says that a quad holds, from and to the beginning of a day in UTC.</summary>
    /// <inheritdoc cref="Add(Quad, DateTimeOffset?, DateTimeOffset?)"/>
    public bool Add(Quad quad, DateOnly? validFrom, DateOnly? validTo = null) => Add(quad, Start(validFrom), Start(validTo));

    /// <summary>Says that a triple of the default graph holds.</summary>
    /// <param name="triple">Terms: the subject an IRI or a blank node, the predicate an IRI.</param>
    /// <param name="validFrom">First time at which it is so; null where no beginning is known.</param>
    /// <param name="validTo">First time at which it is not so any more; null where no end is known.</param>
    /// <returns>Whether this changes what is believed.</returns>
    /// <exception cref="ArgumentException">A term stands where its kind may not, or the times do not ascend.</exception>
    public bool Add(Triple triple, DateTimeOffset? validFrom = null, DateTimeOffset? validTo = null) => Add(InDefaultGraph(triple), validFrom, validTo);

    /// <summary>Says that a triple of the default graph holds, from and to the beginning of a day in UTC.</summary>
    /// <param name="triple">Terms: the subject an IRI or a blank node, the predicate an IRI.</param>
    /// <param name="validFrom">First time at which it is so; null where no beginning is known.</param>
    /// <param name="validTo">First time at which it is not so any more; null where no end is known.</param>
    /// <returns>Whether this changes what is believed.</returns>
    /// <exception cref="ArgumentException">A term stands where its kind may not, or the times do not ascend.</exception>
    public bool Add(Triple triple, DateOnly? validFrom, DateOnly? validTo = null) => Add(InDefaultGraph(triple), Start(validFrom), Start(validTo));

    /// <summary>Says that a quad of ids holds; its terms' kinds are the caller's care.</summary>
    /// <param name="quad">Ids of this data set.</param>
    /// <param name="validFrom">First time at which it is so; null where no beginning is known.</param>
    /// <param name="validTo">First time at which it is not so any more; null where no end is known.</param>
    /// <returns>Whether this changes what is believed.</returns>
    /// <exception cref="ArgumentException">A part of the quad is missing, or the times do not ascend.</exception>
    public bool Add(QuadIds quad, DateTimeOffset? validFrom = null, DateTimeOffset? validTo = null)
    {
        var from = validFrom?.UtcTicks ?? ValidTimes.Ever;
        var to = validTo?.UtcTicks ?? ValidTimes.Forever;
        if (from >= to)
            throw new ArgumentException($"Valid from {validFrom:O} to {validTo:O} is no time; the end must come after the beginning.", nameof(validTo));
        return Set(quad, Belief(quad).With(from, to));
    }

    /// <summary>Says that a quad does not hold any more from a time on; before it, nothing changes.</summary>
    /// <param name="quad">Terms.</param>
    /// <param name="on">First time at which it is not so.</param>
    /// <returns>Whether this changes what is believed.</returns>
    public bool End(Quad quad, DateTimeOffset on) => _dataset.TryIds(quad, out var ids) && End(ids, on);

    /// <summary>Says that a quad does not hold any more from the beginning of a day in UTC on.</summary>
    /// <inheritdoc cref="End(Quad, DateTimeOffset)"/>
    public bool End(Quad quad, DateOnly on) => End(quad, Start(on)!.Value);

    /// <summary>Says that a triple of the default graph does not hold any more from a time on.</summary>
    /// <param name="triple">Terms.</param>
    /// <param name="on">First time, or day, at which it is not so.</param>
    /// <returns>Whether this changes what is believed.</returns>
    public bool End(Triple triple, DateTimeOffset on) => End(InDefaultGraph(triple), on);

    /// <summary>Says that a triple of the default graph does not hold any more from the beginning of a day in UTC on.</summary>
    /// <param name="triple">Terms.</param>
    /// <param name="on">First time, or day, at which it is not so.</param>
    /// <returns>Whether this changes what is believed.</returns>
    public bool End(Triple triple, DateOnly on) => End(InDefaultGraph(triple), Start(on)!.Value);

    /// <summary>Says that a quad of ids does not hold any more from a time on.</summary>
    /// <param name="quad">Ids of this data set.</param>
    /// <param name="on">First time at which it is not so.</param>
    /// <returns>Whether this changes what is believed.</returns>
    public bool End(QuadIds quad, DateTimeOffset on) => Set(quad, Belief(quad).Until(on.UtcTicks));

    /// <summary>Says that a quad never was so.</summary>
    /// <param name="quad">Terms.</param>
    /// <returns>Whether this changes what is believed.</returns>
    public bool Retract(Quad quad) => _dataset.TryIds(quad, out var ids) && Retract(ids);

    /// <summary>Says that a triple of the default graph never was so.</summary>
    /// <param name="triple">Terms.</param>
    /// <returns>Whether this changes what is believed.</returns>
    public bool Retract(Triple triple) => Retract(InDefaultGraph(triple));

    /// <summary>Says that a quad of ids never was so.</summary>
    /// <param name="quad">Ids of this data set.</param>
    /// <returns>Whether this changes what is believed.</returns>
    public bool Retract(QuadIds quad) => Set(quad, ValidTimes.Never);

    /// <summary>Forgets a quad and all that was ever believed of it, as if it had never been said. Its bytes leave the folder with the next <see cref="QuadStore.Compact"/>.</summary>
    /// <param name="quad">Terms.</param>
    /// <returns>Whether there was anything to forget.</returns>
    /// <exception cref="NotSupportedException">The transaction is one of a branch: what its parent knows is not its to forget.</exception>
    public bool Erase(Quad quad) => _dataset.TryIds(quad, out var ids) && Erase(ids);

    /// <summary>Forgets a quad of ids and all that was ever believed of it.</summary>
    /// <param name="quad">Ids of this data set.</param>
    /// <returns>Whether there was anything to forget.</returns>
    /// <exception cref="NotSupportedException">The transaction is one of a branch: what its parent knows is not its to forget.</exception>
    public bool Erase(QuadIds quad)
    {
        NeedOpen();
        if (_dataset is Branch)
            throw new NotSupportedException("A branch cannot erase what the data set knows that it was forked from. Erase it there.");
        var isKnown = _base.History(quad).Count > 0 && _erased.Add(quad);
        return _beliefs.Remove(quad) || isKnown;
    }

    /// <summary>Says what a prefix stands for; one that is there gets another IRI.</summary>
    /// <param name="prefix">Without the colon.</param>
    /// <param name="iri">What it stands for.</param>
    public void SetPrefix(string prefix, string iri)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(iri);
        NeedOpen();
        _prefixes = _prefixes.SetItem(prefix, iri);
    }

    /// <summary>The id of a term, given to it now if it has none. A term without quads is kept, and harms nobody.</summary>
    /// <param name="text">Canonical text, see <see cref="TermText"/>.</param>
    /// <exception cref="StoreLimitException">The text is too long, or there are too many terms.</exception>
    public TermId Intern(ReadOnlySpan<byte> text)
    {
        NeedOpen();
        return text.IsEmpty ? throw new ArgumentException("An empty text is no term.", nameof(text)) : new TermId(_dataset.Dictionary.Intern(text));
    }

    /// <summary>The id of a term, given to it now if it has none.</summary>
    /// <param name="term">A term.</param>
    public TermId Intern(Term term)
    {
        var text = new ArrayBufferWriter<byte>();
        TermText.Write(term, text);
        return Intern(text.WrittenSpan);
    }

    /// <summary>The quads as they are with the changes of this transaction so far.</summary>
    /// <remarks>Cost: all changes so far.</remarks>
    public IQuadSnapshot Snapshot()
    {
        NeedOpen();
        var edit = new StateEdit(_base, _base.Time, _base.Moment, collectDelta: false);
        Apply(edit);
        return new StoreSnapshot(edit.Build(), _dataset.Dictionary);
    }

    /// <summary>Makes the changes visible to others, and as durable as the data set's options say.</summary>
    /// <returns>The version after it; the one before where nothing changed.</returns>
    /// <exception cref="StoreException">They could not be kept; nothing changed.</exception>
    public long Commit()
    {
        NeedOpen();
        _isDone = true;
        return _dataset.CommitAndLeave(Apply, _prefixes);
    }

    /// <summary>Drops the changes if they were not committed.</summary>
    public void Dispose()
    {
        if (_isDone)
            return;
        _isDone = true;
        _dataset.Leave();
        _dataset.Tell();
    }

    private void Apply(StateEdit edit)
    {
        foreach (var group in _erased.GroupBy(q => (q.Graph, q.Predicate)))
            edit.Erase(group.Key.Graph.Value, group.Key.Predicate.Value, [.. group.Select(q => PackedPair.Of(q.Subject, q.Object)).Order()]);
        BeliefSet.Apply(_beliefs, edit);
    }

    private ValidTimes Belief(QuadIds quad)
    {
        if (_beliefs.TryGetValue(quad, out var times))
            return times;
        return _erased.Contains(quad) ? ValidTimes.Never : _base.Belief(quad);
    }

    private bool Set(QuadIds quad, ValidTimes after)
    {
        NeedOpen();
        if (quad.Subject.IsNone || quad.Predicate.IsNone || quad.Object.IsNone)
            throw new ArgumentException($"{quad} has a wildcard; a quad to change has subject, predicate and object.", nameof(quad));
        if (!IsTerm(quad.Subject) || !IsTerm(quad.Predicate) || !IsTerm(quad.Object) || !(quad.Graph.IsNone || IsTerm(quad.Graph)))
            throw new ArgumentException($"{quad} has an id that is no term's here. Get ids from Intern, or from a snapshot of this data set.", nameof(quad));
        if (Belief(quad).Equals(after))
            return false;
        _beliefs[quad] = after;
        return true;
    }

    private bool IsTerm(TermId id) => id.Value <= (uint)_dataset.Dictionary.Count || InlineTerm.IsInline(id.Value);

    private QuadIds Intern(Quad quad)
    {
        if (quad.Subject is not (Iri or BlankNode) || quad.Predicate is not Iri || quad.Object is null || quad.Graph is not (null or Iri or BlankNode))
            throw new ArgumentException($"{quad} is no quad: the subject and the graph must be IRIs or blank nodes, the predicate an IRI.", nameof(quad));
        return new QuadIds(Intern(quad.Subject), Intern(quad.Predicate), Intern(quad.Object), quad.Graph is null ? default : Intern(quad.Graph));
    }

    private void NeedOpen() => ObjectDisposedException.ThrowIf(_isDone, this);

    private static Quad InDefaultGraph(Triple triple) => new(triple.Subject, triple.Predicate, triple.Object);

    private static DateTimeOffset? Start(DateOnly? day) => day is { } date ? new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;
}
