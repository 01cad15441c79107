namespace Hub.Abstractions;

/// <summary>A memory that is a graph, as a person looks at it.</summary>
public interface IMemoryGraph
{
    /// <summary>What is remembered of a user around a question, with evidence and history. Looking makes no memory where there is none.</summary>
    /// <param name="owner">Whose memory.</param>
    /// <param name="question">In words; empty for whatever there is.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>What was found; null where nothing was ever remembered.</returns>
    Task<MemoryGraphView?> LookAsync(MemoryOwner owner, string question, CancellationToken cancellationToken);
}

/// <summary>Whose memory it is.</summary>
/// <param name="Tenant">The tenant, or null.</param>
/// <param name="UserId">The user.</param>
public sealed record MemoryOwner(string? Tenant, string UserId);

/// <summary>What a person sees of a memory.</summary>
/// <param name="Facts">Facts, the best first.</param>
/// <param name="Turns">What was said, the best first.</param>
public sealed record MemoryGraphView(IReadOnlyList<MemoryGraphFact> Facts, IReadOnlyList<string> Turns);

/// <summary>A remembered fact with where it comes from.</summary>
public sealed record MemoryGraphFact
{
    /// <summary>The fact in N-Triples: its name on pages.</summary>
    public required string Key { get; init; }

    /// <summary>Whom it is about, in words.</summary>
    public required string Subject { get; init; }

    /// <summary>What is said of it, in words.</summary>
    public required string Predicate { get; init; }

    /// <summary>The value, in words.</summary>
    public required string Object { get; init; }

    /// <summary>The fact in a line, with its times.</summary>
    public required string Text { get; init; }

    /// <summary>How sure it is, 0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>Who says so: a line for each claim.</summary>
    public required IReadOnlyList<string> Claims { get; init; }

    /// <summary>Why it follows, where it was inferred; null otherwise.</summary>
    public string? Proof { get; init; }

    /// <summary>Claims against it that are kept and not held, with the reason.</summary>
    public required IReadOnlyList<string> Against { get; init; }

    /// <summary>What was believed of it, and when.</summary>
    public required IReadOnlyList<MemoryGraphBelief> History { get; init; }
}

/// <summary>A time during which a claim was believed.</summary>
/// <param name="Claim">The claim in a line.</param>
/// <param name="From">Since when.</param>
/// <param name="To">Until when; null where it is believed still.</param>
public sealed record MemoryGraphBelief(string Claim, DateTimeOffset From, DateTimeOffset? To);
