namespace Knowledge.Memory;

/// <summary>Keeps the default graph what is preferred among the claims.</summary>
/// <remarks>
/// What is held of a triple depends on the claims that share its key alone: those of the same triple, of the same subject where the property is functional,
/// of the same value where it is inverse functional.
/// So a change is followed by computing anew the keys that it touches, and <see cref="PreferredRepair"/> says what comes out. The slow twin computes all.
/// </remarks>
internal sealed class Projection(MemorySchema schema)
{
    /// <summary>Most claims with one key; more are a mistake in the schema.</summary>
    public const int MaxComponent = 1_000_000;

    private const string Subject = RdfVocabulary.Namespace + "subject";
    private const string Predicate = RdfVocabulary.Namespace + "predicate";
    private const string Object = RdfVocabulary.Namespace + "object";

    /// <summary>Claims that share a key with some others, those included, whether believed or not.</summary>
    public HashSet<TermId> Component(ClaimReader reader, IEnumerable<TermId> seeds)
    {
        var component = new HashSet<TermId>(seeds);
        var open = new Queue<TermId>(component);
        var visited = new HashSet<(TermId, TermId, TermId)>();
        while (open.TryDequeue(out var claim))
        {
            foreach (var other in Sharing(reader, claim, visited))
                if (component.Add(other))
                    open.Enqueue(other);
            if (component.Count > MaxComponent)
                throw new MemoryLimitException($"More than {MaxComponent:N0} claims depend on each other, from {reader.Read(claim)} on. Declare its property as one of many values, or forget some of them.");
        }

        return component;
    }

    /// <summary>Triples that claims say, by the merges of a snapshot.</summary>
    public HashSet<Triple> Triples(ClaimReader reader, IEnumerable<TermId> claims)
    {
        var triples = new HashSet<Triple>();
        foreach (var claim in claims)
        {
            if (reader.Value(claim, Predicate).IsNone)
                continue;
            var triple = Merged(reader, reader.Read(claim)).Triple;
            triples.Add(triple);
            triples.UnionWith(schema.Mirrors(triple));
        }

        return triples;
    }

    /// <summary>What is held of the keys of some claims.</summary>
    public Dictionary<Triple, TimeSet> Held(ClaimReader reader, IEnumerable<TermId> claims)
    {
        var believed = claims.Where(reader.IsBelieved).Select(c => Merged(reader, reader.Read(c))).Where(c => c.Predicate.Value != Merging.SameAs).ToList();
        var held = PreferredRepair.Of(believed, schema);
        foreach (var (triple, times) in held.ToList())
            foreach (var mirror in schema.Mirrors(triple))
                held[mirror] = held.TryGetValue(mirror, out var before) ? before.Union(times) : times;
        return held;
    }

    /// <summary>Makes a transaction's default graph hold what is to be held, and nothing else of some triples.</summary>
    public static void Apply(Transaction transaction, IEnumerable<Triple> touched, IReadOnlyDictionary<Triple, TimeSet> held)
    {
        foreach (var triple in touched.Concat(held.Keys).Distinct())
        {
            transaction.Retract(triple);
            if (!held.TryGetValue(triple, out var times))
                continue;
            var quad = new QuadIds(transaction.Intern(triple.Subject), transaction.Intern(triple.Predicate), transaction.Intern(triple.Object), default);
            foreach (var (from, to) in times.Intervals)
                transaction.Add(quad, TimeSet.Time(from), TimeSet.Time(to));
        }
    }

    /// <summary>A claim about the entities that stand for its own.</summary>
    public Claim Merged(ClaimReader reader, Claim claim)
    {
        if (claim.Predicate.Value == Merging.SameAs)
            return claim;
        var (subject, @object) = ((Iri)reader.Canonical(claim.Subject), reader.Canonical(claim.Object));
        // Of a symmetric property the lesser end stands first, also after a merge.
        return schema[claim.Predicate].IsSymmetric && @object is Iri other && string.CompareOrdinal(other.Value, subject.Value) < 0
            ? claim with { Subject = other, Object = subject }
            : claim with { Subject = subject, Object = @object };
    }

    private IEnumerable<TermId> Sharing(ClaimReader reader, TermId claim, HashSet<(TermId, TermId, TermId)> visited)
    {
        var predicate = reader.Value(claim, Predicate);
        if (predicate.IsNone)
            yield break;
        var property = schema[(Iri)reader.Term(predicate)];
        var subjects = reader.Merged(reader.Value(claim, Subject));
        var objects = reader.Merged(reader.Value(claim, Object));
        var isKeyed = schema.IsFunctional(property.Iri) || schema.IsInverseFunctional(property.Iri);
        List<TermId> bySubject = [], byObject = [];
        if (isKeyed && property.IsSymmetric)
            bySubject = byObject = [.. subjects, .. objects];
        else if (isKeyed)
            (bySubject, byObject) = (schema.IsFunctional(property.Iri) ? subjects : [], schema.IsInverseFunctional(property.Iri) ? objects : []);
        foreach (var other in bySubject.SelectMany(s => About(Subject, s, default)).Concat(byObject.SelectMany(o => About(Object, o, default))))
            yield return other;
        if (isKeyed)
            yield break;
        foreach (var (subject, @object) in subjects.SelectMany(s => objects.Select(o => (s, o))))
        {
            foreach (var other in About(Subject, subject, @object))
                yield return other;
            if (property.IsSymmetric)
                foreach (var other in About(Subject, @object, subject))
                    yield return other;
        }

        // Claims of the predicate with an end, or with both; found from the end that has fewer.
        IEnumerable<TermId> About(string end, TermId value, TermId other)
        {
            if (!visited.Add((predicate, end == Subject ? value : default, end == Object ? value : other)))
                return [];
            if (other.IsNone)
                return reader.With(end, value).Where(c => reader.Has(c, Predicate, predicate));
            var fromSubject = reader.Count(Subject, value) <= reader.Count(Object, other);
            return (fromSubject ? reader.With(Subject, value) : reader.With(Object, other))
                .Where(c => reader.Has(c, Predicate, predicate) && reader.Has(c, fromSubject ? Object : Subject, fromSubject ? other : value));
        }
    }
}
