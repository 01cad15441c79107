namespace Knowledge.Memory;

/// <summary>Two claims that cannot both be so; both are kept.</summary>
/// <param name="Preferred">The one that is held.</param>
/// <param name="Other">The one that is not held at those times.</param>
/// <param name="From">First time at which both claim to be so; null for ever.</param>
/// <param name="To">First time at which they do not any more; null for ever.</param>
/// <param name="Reason">Why the one is preferred.</param>
public sealed record Contradiction(Claim Preferred, Claim Other, DateTimeOffset? From, DateTimeOffset? To, string Reason)
{
    /// <summary>The contradiction in words.</summary>
    public override string ToString() => $"{Preferred}\n  against {Other}\n  the first is held: {Reason}";
}
