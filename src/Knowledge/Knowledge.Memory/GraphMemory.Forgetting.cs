using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hub.Abstractions;

namespace Knowledge.Memory;

/// <content>Forgetting.</content>
public sealed partial class GraphMemory
{
    /// <summary>Forgets what fits a policy, with its past.</summary>
    /// <param name="policy">What is to be forgotten.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<ForgettingReport> ForgetAsync(ForgettingPolicy policy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        await _writer.WaitAsync(cancellationToken);
        try
        {
            var (claims, turns, kept) = Fitting(policy);
            if (claims.Count + turns.Count > 0)
                Erase(claims, turns, (null, _options.Time.GetUtcNow(), _options.Time.GetUtcNow()));
            return new ForgettingReport(claims.Count, turns.Count, kept, IsConsistent());
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Erases a source: its claims, its turns, its merges, whatever followed only from them, their past, and the payloads of the run of that name.</summary>
    /// <remarks>
    /// Afterwards the store is compacted, so that no file of it holds a byte of the source. Facts that others claim too stay, and are known since when the others said them.
    /// What is asked about a time before the purge is answered with a note that something was purged. Cost: a look at every claim, for the proof.
    /// </remarks>
    /// <param name="source">The source's id.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The store is purged, but somebody else reads the run log and its files keep bytes of the source for now. Purge the source again when that is done.</exception>
    public async Task<PurgeCertificate> PurgeAsync(string source, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        await _writer.WaitAsync(cancellationToken);
        try
        {
            return Purge(source);
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <summary>Whether the facts that are held are those that follow from the claims, computed anew.</summary>
    /// <remarks>Cost: a look at every claim.</remarks>
    public bool IsConsistent()
    {
        using var snapshot = _store.Snapshot();
        var reader = new ClaimReader(snapshot);
        return HeldHash(reader, out var computed) == computed;
    }

    private PurgeCertificate Purge(string source)
    {
        List<TermId> claims, turns;
        string before;
        DateTimeOffset? knownFrom;
        using (var snapshot = _store.Snapshot())
        {
            var reader = new ClaimReader(snapshot);
            var nodes = reader.With(MemoryVocabulary.Source, reader.Find(ClaimWriter.SourceName(source))).ToHashSet();
            claims = [.. nodes.Where(n => !reader.Value(n, RdfVocabulary.Namespace + "predicate").IsNone)];
            turns = [.. nodes.Where(n => !reader.Value(n, MemoryVocabulary.Ordinal).IsNone)];
            before = OthersHash(reader, nodes);
            knownFrom = claims.SelectMany(c => _store.History(Belief((Iri)reader.Term(c)))).Select(h => (DateTimeOffset?)h.KnownFrom)
                .Concat(turns.Select(t => ClaimReader.Time(reader.Text(t, MemoryVocabulary.At)))).Min();
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)));
        var now = _options.Time.GetUtcNow();
        var facts = claims.Count + turns.Count == 0 ? 0 : Erase(claims, turns, (hash, now, knownFrom ?? now));
        _store.Compact();
        var payloads = _options.Runs?.EraseRun(source) ?? 0;
        using var after = _store.Snapshot();
        var left = new ClaimReader(after);
        return new PurgeCertificate
        {
            SourceHash = hash,
            At = now,
            KnownFrom = knownFrom,
            Claims = claims.Count,
            Turns = turns.Count,
            Facts = facts,
            Payloads = payloads,
            OthersBefore = before,
            OthersAfter = OthersHash(left, []),
            FactsAfter = HeldHash(left, out var computed),
            FactsComputed = computed,
            Left = left.With(MemoryVocabulary.Source, left.Find(ClaimWriter.SourceName(source))).Count(),
        };
    }

    /// <summary>Forgets claims and turns, and computes anew what depended on them.</summary>
    /// <returns>Facts that are not held any more.</returns>
    private int Erase(List<TermId> claims, List<TermId> turns, (string? Source, DateTimeOffset At, DateTimeOffset From) erasure)
    {
        using var snapshot = _store.Snapshot();
        var before = new ClaimReader(snapshot);
        using var transaction = _store.Begin();
        var writer = new ClaimWriter(transaction);
        var seeds = new HashSet<TermId>(claims);
        foreach (var merge in claims.Where(c => IsMerge(before, c)))
            seeds.UnionWith(AboutMerged(before, merge));
        var component = _projection.Component(before, seeds);
        var touched = _projection.Triples(before, component);
        // Facts may bear traces of the claims under names that entities had in the past, through merges that were undone since.
        touched.UnionWith(component.SelectMany(c => EverNamed(before, c)));
        var heldBefore = touched.Count(t => before.Snapshot.Contains(new QuadIds(before.Find(t.Subject), before.Find(t.Predicate), before.Find(t.Object), default)));
        foreach (var claim in claims.Concat(turns))
            writer.Erase(before, claim);
        foreach (var triple in touched)
            transaction.Erase(new Quad(triple.Subject, triple.Predicate, triple.Object));
        // That something was erased stays known: what the store says about times before it is not all that was so.
        var node = transaction.Intern(new Iri($"urn:hub:purge:{ClaimWriter.Hash(erasure.Source ?? "", erasure.At.ToString("O", CultureInfo.InvariantCulture))}"));
        if (erasure.Source is { } source)
            writer.Set(node, MemoryVocabulary.PurgedSource, new Literal(source));
        writer.Set(node, MemoryVocabulary.PurgedAt, ClaimWriter.Time(erasure.At));
        writer.Set(node, MemoryVocabulary.PurgedFrom, ClaimWriter.Time(erasure.From));

        using var remaining = transaction.Snapshot();
        var after = new ClaimReader(remaining);
        var left = component.Except(claims).ToHashSet();
        var keyed = _projection.Component(after, left);
        Projection.Apply(transaction, _projection.Triples(after, keyed), _projection.Held(after, keyed));
        transaction.Commit();
        Reindex();
        using var now = _store.Snapshot();
        return heldBefore - touched.Count(t => now.Contains(new QuadIds(before.Find(t.Subject), before.Find(t.Predicate), before.Find(t.Object), default)));
    }

    private IEnumerable<Triple> EverNamed(ClaimReader reader, TermId claim)
    {
        var predicate = (Iri)reader.Term(reader.Value(claim, RdfVocabulary.Namespace + "predicate"));
        var objects = reader.Merged(reader.Value(claim, RdfVocabulary.Namespace + "object"), everBelieved: true).Select(reader.Term).ToList();
        foreach (var subject in reader.Merged(reader.Value(claim, RdfVocabulary.Namespace + "subject"), everBelieved: true).Select(reader.Term))
        {
            foreach (var @object in objects)
            {
                var triple = new Triple(subject, predicate, @object);
                yield return triple;
                if (_options.Schema[predicate].IsSymmetric && @object is Iri)
                    yield return new Triple(@object, predicate, subject);
                foreach (var mirror in _options.Schema.Mirrors(triple))
                    yield return mirror;
            }
        }
    }

    private (List<TermId> Claims, List<TermId> Turns, int Kept) Fitting(ForgettingPolicy policy)
    {
        using var snapshot = _store.Snapshot();
        var reader = new ClaimReader(snapshot);
        var source = policy.Source is { } name ? reader.Find(ClaimWriter.SourceName(name)) : default;
        var before = policy.OlderThan is { } age ? _options.Time.GetUtcNow() - age : DateTimeOffset.MinValue;
        var all = reader.All(RdfVocabulary.Namespace + "predicate").Select(c => (Id: c.Subject, Claim: reader.Read(c.Subject))).OrderByDescending(c => c.Claim.SaidAt).ThenBy(c => c.Claim.Id.Value, StringComparer.Ordinal).ToList();
        List<TermId> claims = [];
        var kept = 0;
        foreach (var (id, claim) in all)
        {
            var isAsked = policy.Source is null || claim.Source == policy.Source;
            var fits = isAsked && (claim.SaidAt < before || claim.Confidence * claim.Trust < policy.BelowConfidence || kept >= policy.KeepClaims);
            if (fits)
                claims.Add(id);
            else if (isAsked)
                kept++;
        }

        var turns = policy.OlderThan is null ? [] : reader.All(MemoryVocabulary.Ordinal).Select(t => t.Subject)
            .Where(t => (policy.Source is null || reader.Has(t, MemoryVocabulary.Source, source)) && ClaimReader.Time(reader.Text(t, MemoryVocabulary.At)) < before).ToList();
        return (claims, turns, all.Count - claims.Count);
    }

    /// <summary>A hash of the claims and turns in a snapshot but for some, in no order.</summary>
    private static string OthersHash(ClaimReader reader, HashSet<TermId> without)
    {
        var sum = new SetHash();
        var isPurge = reader.All(MemoryVocabulary.PurgedAt).Select(p => p.Subject).ToHashSet();
        foreach (var counts in reader.Graph.IsNone ? [] : reader.Snapshot.Predicates(reader.Graph))
        {
            var predicate = reader.Term(counts.Predicate).ToString();
            using var cursor = reader.Snapshot.Pairs(reader.Graph, counts.Predicate, PairOrder.SubjectObject);
            for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
                foreach (var pair in block)
                    if (!without.Contains(PackedPair.First(pair)) && !isPurge.Contains(PackedPair.First(pair)))
                        sum.Add($"{reader.Term(PackedPair.First(pair))} {predicate} {reader.Term(PackedPair.Second(pair))}");
        }

        return sum.ToString();
    }

    /// <summary>Hashes of the facts with their times, as they are held and as they follow from the claims; facts that nobody ever claimed are in neither.</summary>
    private string HeldHash(ClaimReader reader, out string computed)
    {
        var claims = reader.All(RdfVocabulary.Namespace + "predicate").Select(c => c.Subject).ToList();
        SetHash held = new(), anew = new();
        foreach (var (triple, times) in _projection.Held(reader, claims))
            foreach (var (from, to) in times.Intervals)
                anew.Add($"{triple} {from} {to}");
        foreach (var triple in _projection.Triples(reader, claims))
            foreach (var now in _store.History(triple).Where(h => h.KnownTo is null))
                held.Add($"{triple} {TimeSet.Ticks(now.ValidFrom, TimeSet.Ever)} {TimeSet.Ticks(now.ValidTo, TimeSet.Forever)}");
        computed = anew.ToString();
        return held.ToString();
    }

    /// <summary>A hash of a set of texts: the sum of their SHA-256, so that their order does not count.</summary>
    private sealed class SetHash
    {
        private readonly byte[] _sum = new byte[32];
        private long _count;

        public void Add(string text)
        {
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
            var carry = 0;
            for (var i = 0; i < _sum.Length; i++)
            {
                carry += _sum[i] + hash[i];
                _sum[i] = (byte)carry;
                carry >>= 8;
            }

            _count++;
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_count}:{Convert.ToHexStringLower(_sum)}");
    }
}
