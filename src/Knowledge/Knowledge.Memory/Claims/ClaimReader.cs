using System.Buffers;
using System.Globalization;

namespace Knowledge.Memory;

/// <summary>Reads claims from one snapshot of a store.</summary>
/// <param name="snapshot">The snapshot; the caller disposes it.</param>
internal sealed class ClaimReader(IQuadSnapshot snapshot)
{
    /// <summary>Most terms that are taken to be one; a larger class is a mistake in the data.</summary>
    public const int MaxMerged = 10_000;

    private readonly Dictionary<string, TermId> _ids = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> _buffer = new();

    /// <summary>What is read.</summary>
    public IQuadSnapshot Snapshot => snapshot;

    /// <summary>The graph of claims, or none where nothing was ever claimed.</summary>
    public TermId Graph => Id(MemoryVocabulary.Claims);

    /// <summary>The id of an IRI, or none.</summary>
    public TermId Id(string iri)
    {
        if (_ids.TryGetValue(iri, out var id))
            return id;
        id = Find(new Iri(iri));
        if (!id.IsNone)
            _ids[iri] = id;
        return id;
    }

    /// <summary>The id of a term, or none.</summary>
    public TermId Find(Term term)
    {
        _buffer.ResetWrittenCount();
        TermText.Write(term, _buffer);
        return snapshot.Terms.TryFind(_buffer.WrittenSpan, out var id) ? id : default;
    }

    /// <summary>The term of an id.</summary>
    public Term Term(TermId id)
    {
        _buffer.ResetWrittenCount();
        snapshot.Terms.Write(id, _buffer);
        return TermText.Parse(_buffer.WrittenSpan);
    }

    /// <summary>Subjects of the graph of claims that have a value.</summary>
    public IEnumerable<TermId> With(string property, TermId value) => value.IsNone ? [] : Seconds(property, PairOrder.ObjectSubject, value);

    /// <summary>All subjects that have a property, with its values.</summary>
    public IEnumerable<(TermId Subject, TermId Value)> All(string property)
    {
        if (Graph.IsNone || Id(property) is not { IsNone: false } predicate)
            yield break;
        using var cursor = snapshot.Pairs(Graph, predicate, PairOrder.SubjectObject);
        for (var block = cursor.Next().ToArray(); block.Length > 0; block = cursor.Next().ToArray())
            foreach (var pair in block)
                yield return (PackedPair.First(pair), PackedPair.Second(pair));
    }

    /// <summary>The first value of a property, or none.</summary>
    public TermId Value(TermId subject, string property)
    {
        if (subject.IsNone || Graph.IsNone || Id(property) is not { IsNone: false } predicate)
            return default;
        using var cursor = snapshot.Pairs(Graph, predicate, PairOrder.SubjectObject, subject);
        return cursor.Next() is [var pair, ..] ? PackedPair.Second(pair) : default;
    }

    /// <summary>The text of a literal value, or null.</summary>
    public string? Text(TermId subject, string property) => Value(subject, property) is { IsNone: false } id && Term(id) is Literal literal ? literal.Lexical : null;

    /// <summary>Whether a claim is believed in this snapshot.</summary>
    public bool IsBelieved(TermId claim) => snapshot.Contains(new QuadIds(claim, Id(RdfVocabulary.Type), Id(MemoryVocabulary.Namespace + "Claim"), Graph));

    /// <summary>How many claims have a subject, or an object.</summary>
    public long Count(string property, TermId value) =>
        Graph.IsNone || value.IsNone || Id(property).IsNone ? 0 : snapshot.Count(new QuadIds(default, Id(property), value, Graph));

    /// <summary>Whether a claim has a value.</summary>
    public bool Has(TermId claim, string property, TermId value) => !value.IsNone && snapshot.Contains(new QuadIds(claim, Id(property), value, Graph));

    /// <summary>A claim, believed or not.</summary>
    public Claim Read(TermId claim)
    {
        var turn = Value(claim, MemoryVocabulary.Turn);
        return new Claim
        {
            Id = (Iri)Term(claim),
            Subject = (Iri)Term(Value(claim, RdfVocabulary.Namespace + "subject")),
            Predicate = (Iri)Term(Value(claim, RdfVocabulary.Namespace + "predicate")),
            Object = Term(Value(claim, RdfVocabulary.Namespace + "object")),
            Source = SourceName(Value(claim, MemoryVocabulary.Source)),
            Turn = turn.IsNone ? null : (Iri)Term(turn),
            Span = Text(claim, MemoryVocabulary.Span),
            From = Time(Text(claim, MemoryVocabulary.ValidFrom)),
            To = Time(Text(claim, MemoryVocabulary.ValidTo)),
            SaidAt = Time(Text(claim, MemoryVocabulary.At))!.Value,
            Confidence = Number(Text(claim, MemoryVocabulary.Confidence)) ?? 1,
            Trust = Number(Text(claim, MemoryVocabulary.Namespace + "trust")) ?? 1,
            IsEnd = !Value(claim, MemoryVocabulary.Namespace + "isEnd").IsNone,
        };
    }

    /// <summary>The name of a source from its id.</summary>
    public string SourceName(TermId source) => Uri.UnescapeDataString(((Iri)Term(source)).Value[MemoryVocabulary.Sources.Length..]);

    /// <summary>The terms that are one with a term, itself included, by the merges that are believed here, or that ever were.</summary>
    public List<TermId> Merged(TermId term, bool everBelieved = false)
    {
        List<TermId> merged = [term];
        var sameAs = Id(Merging.SameAs);
        if (sameAs.IsNone || term.IsNone)
            return merged;
        for (var i = 0; i < merged.Count; i++)
            foreach (var other in Merges(merged[i], sameAs, everBelieved).SelectMany(m => new[] { m.From, m.Into }))
                if (!merged.Contains(other))
                    merged.Add(other);
        return merged.Count <= MaxMerged ? merged : throw new MemoryLimitException($"More than {MaxMerged:N0} entities are merged with {Term(term)}; undo some of the merges.");
    }

    /// <summary>The term that stands for all that are one with it.</summary>
    public Term Canonical(Term term)
    {
        if (term is not Iri || Find(term) is not { IsNone: false } id || Id(Merging.SameAs) is not { IsNone: false } sameAs)
            return term;
        var merged = Merged(id);
        if (merged.Count == 1)
            return term;
        // The one that was not merged into another stands for all; in a circle, or among several, the first by name.
        var names = merged.Select(m => (Id: m, Iri: (Iri)Term(m))).OrderBy(m => m.Iri.Value, StringComparer.Ordinal).ToList();
        return names.FirstOrDefault(n => Merges(n.Id, sameAs, false).All(m => m.From != n.Id), names[0]).Iri;
    }

    private IEnumerable<(TermId From, TermId Into)> Merges(TermId term, TermId sameAs, bool everBelieved)
    {
        const string Subject = RdfVocabulary.Namespace + "subject", Object = RdfVocabulary.Namespace + "object", Predicate = RdfVocabulary.Namespace + "predicate";
        if (Count(Predicate, sameAs) == 0)
            return [];
        return With(Subject, term).Concat(With(Object, term))
            .Where(c => Has(c, Predicate, sameAs) && (everBelieved || IsBelieved(c)))
            .Select(c => (Value(c, Subject), Value(c, Object)));
    }

    private List<TermId> Seconds(string property, PairOrder order, TermId first)
    {
        List<TermId> seconds = [];
        if (Graph.IsNone || Id(property) is not { IsNone: false } predicate)
            return seconds;
        using var cursor = snapshot.Pairs(Graph, predicate, order, first);
        for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
            foreach (var pair in block)
                seconds.Add(PackedPair.Second(pair));
        return seconds;
    }

    internal static DateTimeOffset? Time(string? lexical) =>
        lexical is null ? null : DateTimeOffset.Parse(lexical, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);

    private static double? Number(string? lexical) => lexical is null ? null : double.Parse(lexical, CultureInfo.InvariantCulture);
}
