namespace Knowledge.Memory;

/// <summary>What is to be forgotten: claims and turns that any of the conditions fits.</summary>
public sealed record ForgettingPolicy
{
    /// <summary>What was said longer ago than this.</summary>
    /// <value>The default is no limit.</value>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>All but so many claims, those that were said last staying.</summary>
    /// <value>The default is no limit.</value>
    public int? KeepClaims { get; init; }

    /// <summary>Claims whose confidence, times the trust in their source, is below this.</summary>
    /// <value>The default is no limit.</value>
    public double? BelowConfidence { get; init; }

    /// <summary>Only of this source; null for all.</summary>
    /// <value>The default is all.</value>
    public string? Source { get; init; }
}

/// <summary>What was forgotten, and that what stays is what it should be.</summary>
/// <param name="Claims">Claims that were forgotten.</param>
/// <param name="Turns">Turns that were forgotten.</param>
/// <param name="Kept">Claims that stay.</param>
/// <param name="IsConsistent">Whether the facts that are held now are those that follow from the claims that stay, computed anew.</param>
public sealed record ForgettingReport(int Claims, int Turns, int Kept, bool IsConsistent);
