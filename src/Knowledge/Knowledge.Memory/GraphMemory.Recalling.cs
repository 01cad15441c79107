using Microsoft.Extensions.AI;

namespace Knowledge.Memory;

/// <content>Recalling.</content>
public sealed partial class GraphMemory
{
    /// <summary>Most contradictions that one answer names.</summary>
    public const int MaxContradictions = 1_000;

    /// <summary>What is known about a question: facts around the entities that it names, and turns that speak about it, ranked, each with its evidence.</summary>
    /// <param name="question">In words.</param>
    /// <param name="options">Limits and times; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<Recall> RecallAsync(string question, RecallOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        options ??= new RecallOptions();
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Hops, 4, nameof(options));
        var vector = _options.Embeddings is { } embeddings ? (await embeddings.GenerateAsync([question], cancellationToken: cancellationToken))[0].Vector : (ReadOnlyMemory<float>?)null;
        using var snapshot = Quads.Snapshot(options.AsOf);
        using var claims = options.AsOf.Known is { } known ? _store.Snapshot(new AsOf(Known: known)) : _store.Snapshot();
        var facts = RecallFacts(question, options, new ClaimReader(snapshot), new ClaimReader(claims));
        return new Recall
        {
            Question = question,
            Facts = facts,
            Turns = RecallTurns(question, options, facts, vector),
            Purged = options.AsOf.Known is { } then ? _quads.Purges(then) : [],
        };
    }

    /// <summary>Who says that a fact is so, now or as it was known at a time.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="asOf">Which times are asked about.</param>
    public IReadOnlyList<Claim> ClaimsOf(Triple fact, AsOf asOf = default)
    {
        using var snapshot = asOf.Known is { } known ? _store.Snapshot(new AsOf(Known: known)) : _store.Snapshot();
        return ClaimsOf(fact, new ClaimReader(snapshot));
    }

    /// <summary>What was believed of each claim of a fact, and when: claims that were taken back included.</summary>
    /// <param name="fact">The fact.</param>
    public IReadOnlyList<ClaimHistory> History(Triple fact)
    {
        using var snapshot = _store.Snapshot();
        var reader = new ClaimReader(snapshot);
        return [.. Claims(fact, reader, onlyBelieved: false).SelectMany(c => _store.History(Belief(c.Id)).Select(b => new ClaimHistory(c, b.KnownFrom, b.KnownTo))).OrderBy(h => h.KnownFrom)];
    }

    /// <summary>All claims that cannot be so together, the preferred of each two first.</summary>
    /// <exception cref="MemoryLimitException">There are more than <see cref="MaxContradictions"/>.</exception>
    public IReadOnlyList<Contradiction> Contradictions()
    {
        using var snapshot = _store.Snapshot();
        var reader = new ClaimReader(snapshot);
        var keyed = _options.Schema.Properties.Where(p => _options.Schema.IsFunctional(p.Iri) || _options.Schema.IsInverseFunctional(p.Iri)).Select(p => reader.Find(p.Iri)).Where(p => !p.IsNone);
        var claims = keyed.SelectMany(p => reader.With(RdfVocabulary.Namespace + "predicate", p)).Where(reader.IsBelieved).Select(c => _projection.Merged(reader, reader.Read(c)));
        return Contradicting([.. claims]);
    }

    private static Quad Belief(Iri claim) => new(claim, new Iri(RdfVocabulary.Type), new Iri(MemoryVocabulary.Namespace + "Claim"), new Iri(MemoryVocabulary.Claims));

    private List<RecalledFact> RecallFacts(string question, RecallOptions options, ClaimReader reader, ClaimReader claims)
    {
        var named = Named(question, options, reader);
        if (named.Count == 0)
            return [];
        var found = Neighbourhood.Of(reader.Snapshot, named, options, id => reader.Snapshot.Terms.Kind(id) != TermKind.Literal);
        var terms = new Dictionary<TermId, Term>();
        var stems = TextAnalysis.Stems(question).ToHashSet(StringComparer.Ordinal);
        foreach (var name in named.SelectMany(n => TextAnalysis.Stems(Words(Term(n)))))
            stems.Remove(name);
        var words = new Dictionary<TermId, int>();
        // A fact counts by the words that the question shares with it and with the facts that lead to it, and less with each step.
        var shares = new int[found.Count];
        for (var i = 0; i < found.Count; i++)
            shares[i] = Shared(found[i].Fact.Predicate, predicate: true) + Shared(found[i].Fact.Subject) + Shared(found[i].Fact.Object) + (found[i].Via >= 0 ? shares[found[i].Via] : 0);
        return [.. found.Select((f, i) => (f.Fact, Score: Math.Pow(_options.Ranking.Hop, f.Hop) + shares[i])).Where(f => !EntityIndex.IsLabel(((Iri)Term(f.Fact.Predicate)).Value))
            .OrderByDescending(f => f.Score).ThenBy(f => f.Fact.Subject).ThenBy(f => f.Fact.Predicate).ThenBy(f => f.Fact.Object)
            .Take(options.MaxFacts).Select(f => Recalled(new Triple(Term(f.Fact.Subject), Term(f.Fact.Predicate), Term(f.Fact.Object)), f.Score, claims))
            .OrderByDescending(f => f.Score * f.Confidence)];

        Term Term(TermId id) => terms.TryGetValue(id, out var term) ? term : terms[id] = reader.Term(id);

        int Shared(TermId id, bool predicate = false)
        {
            if (!words.TryGetValue(id, out var shared))
                words[id] = shared = TextAnalysis.Stems(predicate ? Described(_options.Schema[(Iri)Term(id)]) : Words(Term(id))).Distinct().Count(stems.Contains);
            return shared;
        }
    }

    /// <summary>Facts with their claims, in no order.</summary>
    internal IReadOnlyList<RecalledFact> Recalled(IEnumerable<Triple> facts)
    {
        using var snapshot = _store.Snapshot();
        var reader = new ClaimReader(snapshot);
        return [.. facts.Select(f => Recalled(f, 1, reader))];
    }

    private List<TermId> Named(string question, RecallOptions options, ClaimReader reader)
    {
        List<TermId> named;
        using var now = _store.Snapshot();
        var names = new ClaimReader(now);
        lock (_indexing)
        {
            named = _entities.In(question);
            if (options.Speaker is { } speaker && TextAnalysis.Words(question).Any(w => w is "i" or "my" or "me" or "mine"))
                named.AddRange(_entities.Find(speaker));
        }

        // Names lead to the entity that stands for all that are one with it; a past view may number its terms in its own way.
        return [.. named.Select(n => reader.Find(names.Canonical(names.Term(n)))).Concat(named.Select(n => reader.Find(names.Term(n)))).Where(n => !n.IsNone).Distinct().Take(options.MaxEntities)];
    }

    private RecalledFact Recalled(Triple fact, double score, ClaimReader claims)
    {
        var own = ClaimsOf(fact, claims);
        var property = _options.Schema[(Iri)fact.Predicate];
        var isKeyed = own.Count > 0 && (_options.Schema.IsFunctional(own[0].Predicate) || _options.Schema.IsInverseFunctional(own[0].Predicate));
        var contradictions = isKeyed ? ContradictionsOf(own, claims).Where(c => c.Preferred.Triple == own[0].Triple || own.Contains(c.Preferred)).ToList() : [];
        return new RecalledFact(fact, $"{Words(fact.Subject)} {property.Verbalised} {Words(fact.Object)}{Times(own)}", score, own, own.Count == 0 ? Proof(fact) : null, contradictions);
    }

    /// <summary>Why a fact follows by rules, now; null where it was loaded, or followed at another time.</summary>
    private string? Proof(Triple fact) => _inferred?.Explain(fact) is { Rule: not null } proof ? proof.ToString() : null;

    private List<RecalledTurn> RecallTurns(string question, RecallOptions options, List<RecalledFact> facts, ReadOnlyMemory<float>? vector)
    {
        var evidence = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var fact in facts)
            foreach (var turn in fact.Claims.Select(c => c.Turn?.Value).OfType<string>().Distinct())
                evidence[turn] = Math.Max(evidence.GetValueOrDefault(turn), fact.Score);
        var about = TimeExpressions.In(question, _options.Time.GetUtcNow());
        lock (_indexing)
        {
            var scores = _turns.Scores(question, about, vector, evidence);
            return [.. TurnIndex.Ordered(scores).Where(p => options.AsOf.Known is not { } known || _turns[p].At <= known).Take(options.MaxTurns).Select(p => _turns[p] with { Score = scores[p] })];
        }
    }

    private List<Claim> ClaimsOf(Triple fact, ClaimReader reader) => [.. Claims(fact, reader, onlyBelieved: true).Where(c => !c.IsEnd)];

    private IEnumerable<Claim> Claims(Triple fact, ClaimReader reader, bool onlyBelieved)
    {
        if (fact is not { Subject: Iri subject, Predicate: Iri predicate })
            return [];
        var normal = _options.Schema.Normalise(new MemoryFact(subject, predicate, fact.Object));
        return Directions(normal).SelectMany(d => Said(d.Subject, d.Object)).DistinctBy(c => c.Id);

        IEnumerable<Claim> Said(Term from, Term to)
        {
            var (start, end, property) = (reader.Find(from), reader.Find(to), reader.Find(normal.Predicate));
            if (start.IsNone || end.IsNone || property.IsNone)
                return [];
            var ends = reader.Merged(end, !onlyBelieved);
            return reader.Merged(start, !onlyBelieved).SelectMany(s => reader.With(RdfVocabulary.Namespace + "subject", s))
                .Where(c => reader.Has(c, RdfVocabulary.Namespace + "predicate", property) && ends.Any(e => reader.Has(c, RdfVocabulary.Namespace + "object", e)))
                .Where(c => !onlyBelieved || reader.IsBelieved(c))
                .Select(reader.Read);
        }
    }

    private IEnumerable<(Term Subject, Term Object)> Directions(MemoryFact fact) =>
        _options.Schema[fact.Predicate].IsSymmetric ? [(fact.Subject, fact.Object), (fact.Object, fact.Subject)] : [(fact.Subject, fact.Object)];

    private List<Contradiction> ContradictionsOf(IReadOnlyList<Claim> claims)
    {
        using var snapshot = _store.Snapshot();
        return ContradictionsOf(claims, new ClaimReader(snapshot));
    }

    private List<Contradiction> ContradictionsOf(IReadOnlyList<Claim> claims, ClaimReader reader)
    {
        var keyed = claims.Where(c => _options.Schema.IsFunctional(c.Predicate) || _options.Schema.IsInverseFunctional(c.Predicate)).Select(c => reader.Find(c.Id)).Where(c => !c.IsNone).ToList();
        if (keyed.Count == 0)
            return [];
        var ids = claims.Select(c => c.Id).ToHashSet();
        var component = _projection.Component(reader, keyed).Where(reader.IsBelieved).Select(c => _projection.Merged(reader, reader.Read(c)));
        return [.. Contradicting([.. component]).Where(c => ids.Contains(c.Preferred.Id) || ids.Contains(c.Other.Id))];
    }

    private List<Contradiction> Contradicting(IReadOnlyCollection<Claim> claims)
    {
        List<Contradiction> found = [];
        foreach (var group in claims.GroupBy(c => c.Predicate))
        {
            var pieces = PreferredRepair.Pieces([.. group]);
            for (var i = 0; i < pieces.Count; i++)
            {
                for (var j = i + 1; j < pieces.Count; j++)
                {
                    if (!Clash(pieces[i].Claim, pieces[j].Claim) || pieces[i].Times.Intersect(pieces[j].Times) is not { IsEmpty: false } both)
                        continue;
                    if (found.Any(f => f.Preferred.Id == pieces[i].Claim.Id && f.Other.Id == pieces[j].Claim.Id))
                        continue;
                    var (from, to) = (TimeSet.Time(both.Intervals[0].From), TimeSet.Time(both.Intervals[^1].To));
                    found.Add(new Contradiction(pieces[i].Claim, pieces[j].Claim, from, to, PreferredRepair.Reason(pieces[i], pieces[j])));
                    if (found.Count > MaxContradictions)
                        throw new MemoryLimitException($"There are more than {MaxContradictions:N0} contradictions; ask about single facts.");
                }
            }
        }

        return found;
    }

    private bool Clash(Claim one, Claim other)
    {
        if (one.Triple == other.Triple)
            return false;
        var isSymmetric = _options.Schema[one.Predicate].IsSymmetric;
        if (isSymmetric && _options.Schema.IsFunctional(one.Predicate))
            return one.Subject == other.Subject || one.Object == other.Object || one.Subject == other.Object || one.Object == other.Subject;
        return (_options.Schema.IsFunctional(one.Predicate) && one.Subject == other.Subject) || (_options.Schema.IsInverseFunctional(one.Predicate) && one.Object == other.Object);
    }

    internal static string Words(Term term) => term switch
    {
        Literal literal => literal.Lexical,
        Iri iri => Capitalised(Uri.UnescapeDataString(MemorySchema.LocalName(iri)).Replace('_', ' ')),
        _ => term.ToString(),
    };

    private static string Capitalised(string name) => name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name[1..];

    private static string Described(MemoryProperty property) => string.Join(' ', property.Words.Concat(property.Begins).Append(MemorySchema.LocalName(property.Iri)).Append(property.Verbalised));

    private static string Times(List<Claim> claims)
    {
        var from = claims.Select(c => c.From).Min();
        var to = claims.Count == 0 || claims.Any(c => c.To is null) ? null : claims.Max(c => c.To);
        return FormattableString.Invariant($"{(from is { } f ? $" since {f:yyyy-MM-dd}" : "")}{(to is { } t ? $" until {t:yyyy-MM-dd}" : "")}");
    }
}

/// <summary>A time during which a claim was believed.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="KnownFrom">Since when.</param>
/// <param name="KnownTo">When it was taken back; null where it is believed still.</param>
public sealed record ClaimHistory(Claim Claim, DateTimeOffset KnownFrom, DateTimeOffset? KnownTo);
