namespace Knowledge.Memory;

/// <summary>What a purge took away, and the proof that it took away all that depended on the source and nothing else.</summary>
public sealed record PurgeCertificate
{
    /// <summary>SHA-256 of the source's name: the certificate does not name what was purged.</summary>
    public required string SourceHash { get; init; }

    /// <summary>When it was.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Earliest time at which something was known of the source; null where nothing was.</summary>
    public DateTimeOffset? KnownFrom { get; init; }

    /// <summary>Claims of the source.</summary>
    public required int Claims { get; init; }

    /// <summary>Turns of the source.</summary>
    public required int Turns { get; init; }

    /// <summary>Facts that are not held any more, as nobody else claims them.</summary>
    public required int Facts { get; init; }

    /// <summary>Payloads of the run log that were erased.</summary>
    public required int Payloads { get; init; }

    /// <summary>Hash of all claims and turns of other sources before the purge.</summary>
    public required string OthersBefore { get; init; }

    /// <summary>The same hash after it.</summary>
    public required string OthersAfter { get; init; }

    /// <summary>Hash of the facts that are held after the purge.</summary>
    public required string FactsAfter { get; init; }

    /// <summary>Hash of the facts that follow from the claims that are left, computed anew.</summary>
    public required string FactsComputed { get; init; }

    /// <summary>Nodes in the graph of claims that still name the source.</summary>
    public required int Left { get; init; }

    /// <summary>Whether all and only what depended on the source is gone.</summary>
    public bool IsProven => Left == 0 && OthersBefore == OthersAfter && FactsAfter == FactsComputed;
}
