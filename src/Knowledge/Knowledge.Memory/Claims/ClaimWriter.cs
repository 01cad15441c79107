using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Knowledge.Memory;

/// <summary>Writes claims and turns in one transaction.</summary>
/// <param name="transaction">The transaction.</param>
internal sealed class ClaimWriter(Transaction transaction)
{
    private readonly Dictionary<string, TermId> _ids = new(StringComparer.Ordinal);

    /// <summary>The graph of claims.</summary>
    public TermId Graph => Id(MemoryVocabulary.Claims);

    /// <summary>The name of a claim: the same statement of the same source in the same turn has the same.</summary>
    public static Iri Name(MemorySource source, string? turn, MemoryFact fact) =>
        new($"urn:hub:claim:{Hash(source.Id, turn ?? "", fact.Subject.ToString(), fact.Predicate.ToString(), fact.Object.ToString(), Lexical(fact.From), Lexical(fact.To), fact.Change == FactChange.Ends ? "end" : "")}");

    /// <summary>What a turn of a source is called in the graph: a hash, so that the IRI does not say what was said.</summary>
    public static Iri TurnName(string source, string turn) => new($"urn:hub:turn:{Hash(source, turn)}");

    /// <summary>The IRI of a source.</summary>
    public static Iri SourceName(string source) => new(MemoryVocabulary.Sources + Uri.EscapeDataString(source));

    /// <summary>SHA-256 of strings, 32 hexadecimal digits of it.</summary>
    public static string Hash(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16));
    }

    /// <summary>The id of an IRI.</summary>
    public TermId Id(string iri)
    {
        if (!_ids.TryGetValue(iri, out var id))
            _ids[iri] = id = transaction.Intern(new Iri(iri));
        return id;
    }

    /// <summary>Writes a claim.</summary>
    /// <returns>Its id.</returns>
    public TermId Write(Claim claim)
    {
        var id = transaction.Intern(claim.Id);
        Set(id, RdfVocabulary.Namespace + "subject", claim.Subject);
        Set(id, RdfVocabulary.Namespace + "predicate", claim.Predicate);
        Set(id, RdfVocabulary.Namespace + "object", claim.Object);
        Set(id, MemoryVocabulary.Source, SourceName(claim.Source));
        Set(id, MemoryVocabulary.At, Time(claim.SaidAt));
        if (claim.Turn is { } turn)
            Set(id, MemoryVocabulary.Turn, turn);
        if (claim.Span is { } span)
            Set(id, MemoryVocabulary.Span, new Literal(span));
        if (claim.From is { } from)
            Set(id, MemoryVocabulary.ValidFrom, Time(from));
        if (claim.To is { } to)
            Set(id, MemoryVocabulary.ValidTo, Time(to));
        if (claim.Confidence != 1)
            Set(id, MemoryVocabulary.Confidence, Number(claim.Confidence));
        if (claim.Trust != 1)
            Set(id, MemoryVocabulary.Namespace + "trust", Number(claim.Trust));
        if (claim.IsEnd)
            Set(id, MemoryVocabulary.Namespace + "isEnd", new Literal("true", XsdVocabulary.Boolean));
        Believe(id);
        return id;
    }

    /// <summary>Says that a claim is believed.</summary>
    public void Believe(TermId claim) => transaction.Add(Belief(claim), (DateTimeOffset?)null);

    /// <summary>Says that a claim is not believed any more; what it was stays known.</summary>
    public void Disbelieve(TermId claim) => transaction.Retract(Belief(claim));

    /// <summary>Sets a property in the graph of claims.</summary>
    public void Set(TermId subject, string property, Term value) => transaction.Add(new QuadIds(subject, Id(property), transaction.Intern(value), Graph), (DateTimeOffset?)null);

    /// <summary>Forgets a node of the graph of claims, with all that was ever known of it.</summary>
    /// <param name="reader">A snapshot in which it has all its properties.</param>
    /// <param name="node">A claim or a turn.</param>
    /// <returns>Quads forgotten.</returns>
    public long Erase(ClaimReader reader, TermId node)
    {
        var erased = transaction.Erase(Belief(node)) ? 1L : 0;
        foreach (var counts in reader.Snapshot.Predicates(Graph))
        {
            using var cursor = reader.Snapshot.Pairs(Graph, counts.Predicate, PairOrder.SubjectObject, node);
            for (var block = cursor.Next(); !block.IsEmpty; block = cursor.Next())
                foreach (var pair in block)
                    erased += transaction.Erase(new QuadIds(node, counts.Predicate, PackedPair.Second(pair), Graph)) ? 1 : 0;
        }

        return erased;
    }

    /// <summary>A time as a literal.</summary>
    public static Literal Time(DateTimeOffset time) => new(Lexical(time), XsdVocabulary.DateTime);

    private static Literal Number(double value) => new(value.ToString("R", CultureInfo.InvariantCulture), XsdVocabulary.Double);

    private static string Lexical(DateTimeOffset? time) => time is { } there ? there.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture) : "";

    private QuadIds Belief(TermId claim) => new(claim, Id(RdfVocabulary.Type), Id(MemoryVocabulary.Namespace + "Claim"), Graph);
}
