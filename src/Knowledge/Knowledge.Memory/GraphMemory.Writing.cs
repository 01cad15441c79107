using System.Globalization;
using Microsoft.Extensions.AI;

namespace Knowledge.Memory;

/// <content>Writing.</content>
public sealed partial class GraphMemory
{
    /// <summary>Keeps what was said, and the facts that the extractor finds in it.</summary>
    /// <param name="source">Who said it.</param>
    /// <param name="text">What was said.</param>
    /// <param name="cancellationToken">Ends the waiting; what was not written then is not written.</param>
    /// <returns>What was written; the same text of the same source, turn and speaker is written once.</returns>
    /// <exception cref="MemoryLimitException">The text is too long.</exception>
    public async Task<MemoryWrite> WriteAsync(MemorySource source, string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (text.Length > _options.MaxTurnLength)
            throw new MemoryLimitException($"The text has {text.Length:N0} characters; a turn has at most {_options.MaxTurnLength:N0} ({nameof(GraphMemoryOptions.MaxTurnLength)}). Write it in parts.");
        var turn = Turn(source, text);
        var embedding = _options.Embeddings is { } embeddings ? (await embeddings.GenerateAsync([text], cancellationToken: cancellationToken))[0].Vector.ToArray() : null;
        await _writer.WaitAsync(cancellationToken);
        try
        {
            var named = new Dictionary<string, Iri>(StringComparer.Ordinal);
            var facts = _extractor is null ? [] : await _extractor.ExtractAsync(turn, Context(named), cancellationToken);
            return Commit(source with { At = turn.At }, turn, embedding, [.. facts, .. Labels(named, facts)]);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Keeps facts.</summary>
    /// <param name="source">Who states them.</param>
    /// <param name="facts">The facts.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ArgumentException">A confidence is not between 0 and 1, or times do not ascend; nothing is written.</exception>
    public async Task<MemoryWrite> WriteAsync(MemorySource source, IReadOnlyList<MemoryFact> facts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(facts);
        await _writer.WaitAsync(cancellationToken);
        try
        {
            return Commit(source with { At = source.At ?? _options.Time.GetUtcNow() }, null, null, facts);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Keeps facts that are written in JSON, see <see cref="FactJson"/>. No model takes part.</summary>
    /// <param name="source">Who states them.</param>
    /// <param name="json">An array of facts.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="MemoryFormatException">The text is not an array of facts of the schema; nothing is written.</exception>
    public async Task<MemoryWrite> WriteJsonAsync(MemorySource source, string json, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        await _writer.WaitAsync(cancellationToken);
        try
        {
            var named = new Dictionary<string, Iri>(StringComparer.Ordinal);
            var facts = FactJson.Parse(json, Context(named));
            return Commit(source with { At = source.At ?? _options.Time.GetUtcNow() }, null, null, [.. facts, .. Labels(named, facts)]);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Says that one entity is another: what is known of either is then known of the one. <see cref="UnmergeAsync"/> undoes it.</summary>
    /// <param name="source">Who says so; when the source is purged, the merge is undone.</param>
    /// <param name="from">The entity whose name is given up.</param>
    /// <param name="into">The entity that stands for both.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<MemoryWrite> MergeAsync(MemorySource source, Iri from, Iri into, CancellationToken cancellationToken = default) =>
        WriteAsync(source, [new MemoryFact(from, new Iri(Merging.SameAs), into)], cancellationToken);

    /// <summary>Takes a merge back; what was said of each is known of each again, and nothing else.</summary>
    /// <param name="source">Who said that they are one.</param>
    /// <param name="from">The entity whose name was given up.</param>
    /// <param name="into">The entity that stood for both.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<MemoryWrite> UnmergeAsync(MemorySource source, Iri from, Iri into, CancellationToken cancellationToken = default) =>
        WriteAsync(source, [new MemoryFact(from, new Iri(Merging.SameAs), into) { Change = FactChange.Retracts }], cancellationToken);

    private RecalledTurn Turn(MemorySource source, string text)
    {
        // A turn without a name is named by what is said, so that a resumed run that says it again says it once.
        var name = source.Turn ?? ClaimWriter.Hash(source.Session ?? "", source.Speaker ?? "", CanonicalComposition.Compose(text))[..12];
        return new RecalledTurn(ClaimWriter.TurnName(source.Id, name), source.Id, name, source.Session ?? "", source.Speaker, source.At ?? _options.Time.GetUtcNow(), text)
        {
            Keywords = source.Keywords,
            Metadata = source.Metadata,
        };
    }

    private ExtractionContext Context(Dictionary<string, Iri> named) => new(_options.Schema, name => named[name] = Entity(name));

    // Names of entities that facts use are claims too, so that they go with their source.
    private static IEnumerable<MemoryFact> Labels(Dictionary<string, Iri> named, IReadOnlyList<MemoryFact> facts)
    {
        var used = facts.SelectMany(f => new[] { f.Subject, f.Object }).ToHashSet();
        return named.Where(n => used.Contains(n.Value) && n.Value.Value.StartsWith(MemoryVocabulary.Entities, StringComparison.Ordinal))
            .Select(n => new MemoryFact(n.Value, new Iri("http://www.w3.org/2000/01/rdf-schema#label"), new Literal(n.Key)));
    }

    private MemoryWrite Commit(MemorySource source, RecalledTurn? turn, float[]? embedding, IReadOnlyList<MemoryFact> facts)
    {
        foreach (var fact in facts)
            Check(fact);
        using var before = _store.Snapshot();
        var known = new ClaimReader(before);
        using var transaction = _store.Begin();
        var writer = new ClaimWriter(transaction);
        var isNewTurn = turn is not null && known.Value(known.Find(turn.Id), MemoryVocabulary.Ordinal).IsNone;
        if (isNewTurn)
            Write(writer, transaction, turn!, embedding, known);
        var written = new Written([], []);
        foreach (var fact in facts)
            Write(fact, source, turn, known, writer, written);
        Project(transaction, known, written.Changed);
        transaction.Commit();
        if (isNewTurn)
            lock (_indexing)
                _turns.Add(turn!, embedding);
        return new MemoryWrite(turn?.Id, written.Claims, written.Claims.Count == 0 ? [] : ContradictionsOf(written.Claims));
    }

    private void Write(MemoryFact stated, MemorySource source, RecalledTurn? turn, ClaimReader known, ClaimWriter writer, Written written)
    {
        var fact = _options.Schema.Normalise(stated);
        if (fact.Change == FactChange.Retracts)
        {
            var own = known.With(RdfVocabulary.Namespace + "subject", known.Find(fact.Subject)).Where(c => known.IsBelieved(c) && known.Has(c, RdfVocabulary.Namespace + "predicate", known.Find(fact.Predicate))
                && known.Has(c, RdfVocabulary.Namespace + "object", known.Find(fact.Object)) && known.Has(c, MemoryVocabulary.Source, known.Find(ClaimWriter.SourceName(source.Id))));
            foreach (var taken in own)
            {
                writer.Disbelieve(taken);
                written.Changed.Add(taken);
            }

            return;
        }

        var isLabel = EntityIndex.IsLabel(fact.Predicate.Value);
        if (fact is { Change: FactChange.Ends, To: null })
            fact = fact with { To = source.At };
        var name = ClaimWriter.Name(source, isLabel ? null : turn?.Name ?? source.Turn, fact);
        var id = known.Find(name);
        if (!id.IsNone && known.IsBelieved(id))
        {
            written.Claims.Add(known.Read(id));
            return;
        }

        var claim = new Claim
        {
            Id = name,
            Subject = fact.Subject,
            Predicate = fact.Predicate,
            Object = fact.Object,
            Source = source.Id,
            Turn = isLabel ? null : turn?.Id,
            Span = fact.Span is { } span ? string.Create(CultureInfo.InvariantCulture, $"{span.Start.Value}-{span.End.Value}") : null,
            From = fact.From,
            To = fact.To,
            SaidAt = source.At!.Value,
            Confidence = fact.Confidence,
            Trust = source.Trust,
            IsEnd = fact.Change == FactChange.Ends,
        };
        // A claim that was taken back before is the same claim again; its other properties are there.
        if (!id.IsNone && !known.Value(id, RdfVocabulary.Namespace + "predicate").IsNone)
        {
            writer.Believe(id);
            claim = known.Read(id);
        }
        else
        {
            id = writer.Write(claim);
        }

        written.Claims.Add(claim);
        written.Changed.Add(id);
    }

    private static void Write(ClaimWriter writer, Transaction transaction, RecalledTurn turn, float[]? embedding, ClaimReader known)
    {
        var id = transaction.Intern(turn.Id);
        writer.Set(id, MemoryVocabulary.Source, ClaimWriter.SourceName(turn.Source));
        writer.Set(id, MemoryVocabulary.TurnName, new Literal(turn.Name));
        writer.Set(id, MemoryVocabulary.Text, new Literal(turn.Text));
        writer.Set(id, MemoryVocabulary.At, ClaimWriter.Time(turn.At!.Value));
        writer.Set(id, MemoryVocabulary.Ordinal, new Literal(known.Snapshot.Version.ToString(CultureInfo.InvariantCulture), XsdVocabulary.Integer));
        if (turn.Session.Length > 0)
            writer.Set(id, MemoryVocabulary.Namespace + "session", new Literal(turn.Session));
        if (turn.Speaker is { } speaker)
            writer.Set(id, MemoryVocabulary.Speaker, new Literal(speaker));
        if (turn.Keywords.Count > 0)
            writer.Set(id, MemoryVocabulary.Namespace + "keywords", new Literal(string.Join('\n', turn.Keywords)));
        if (turn.Metadata is { } metadata)
            writer.Set(id, MemoryVocabulary.Namespace + "metadata", new Literal(metadata));
        if (embedding is not null)
            writer.Set(id, MemoryVocabulary.Embedding, new Literal(Convert.ToBase64String(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(embedding)), XsdVocabulary.Namespace + "base64Binary"));
    }

    /// <summary>Makes the default graph follow a change of claims.</summary>
    private void Project(Transaction transaction, ClaimReader before, List<TermId> changed)
    {
        if (changed.Count == 0)
            return;
        using var snapshot = transaction.Snapshot();
        var after = new ClaimReader(snapshot);
        var seeds = new HashSet<TermId>(changed);
        foreach (var merge in changed.Where(c => IsMerge(after, c) || IsMerge(before, c)))
            seeds.UnionWith(AboutMerged(before, merge).Concat(AboutMerged(after, merge)));
        seeds.UnionWith(_projection.Component(before, seeds));
        var component = _projection.Component(after, seeds);
        var touched = _projection.Triples(before, component);
        touched.UnionWith(_projection.Triples(after, component));
        Projection.Apply(transaction, touched, _projection.Held(after, component));
    }

    private static bool IsMerge(ClaimReader reader, TermId claim) => reader.Has(claim, RdfVocabulary.Namespace + "predicate", reader.Id(Merging.SameAs));

    private static IEnumerable<TermId> AboutMerged(ClaimReader reader, TermId merge) =>
        new[] { reader.Value(merge, RdfVocabulary.Namespace + "subject"), reader.Value(merge, RdfVocabulary.Namespace + "object") }.Where(e => !e.IsNone).SelectMany(e => reader.Merged(e)).Distinct()
            .SelectMany(e => reader.With(RdfVocabulary.Namespace + "subject", e).Concat(reader.With(RdfVocabulary.Namespace + "object", e)));

    private sealed record Written(List<Claim> Claims, List<TermId> Changed);

    private static void Check(MemoryFact fact)
    {
        if (!(fact.Confidence is >= 0 and <= 1))
            throw new ArgumentException($"The confidence of {fact} is {fact.Confidence.ToString(CultureInfo.InvariantCulture)}; it must be from 0 to 1.", nameof(fact));
        if (fact.From >= fact.To && fact.Change == FactChange.Holds)
            throw new ArgumentException($"{fact} is to hold from {fact.From:O} to {fact.To:O}; the end must come after the beginning.", nameof(fact));
    }
}

/// <summary>What a write did.</summary>
/// <param name="Turn">The turn that was kept, or null where there was no text.</param>
/// <param name="Claims">Claims, those that were known already included.</param>
/// <param name="Contradictions">Claims, new or old, that cannot be so together with them.</param>
public sealed record MemoryWrite(Iri? Turn, IReadOnlyList<Claim> Claims, IReadOnlyList<Contradiction> Contradictions);
