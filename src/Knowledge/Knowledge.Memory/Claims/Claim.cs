namespace Knowledge.Memory;

/// <summary>What one source says: a fact with where it comes from, when it is so and how sure it is.</summary>
public sealed record Claim
{
    /// <summary>The claim's own name.</summary>
    public required Iri Id { get; init; }

    /// <summary>Whom it is about.</summary>
    public required Iri Subject { get; init; }

    /// <summary>The property.</summary>
    public required Iri Predicate { get; init; }

    /// <summary>What the property points at: an entity or a literal.</summary>
    public required Term Object { get; init; }

    /// <summary>Id of the source.</summary>
    public required string Source { get; init; }

    /// <summary>The turn in which it was said, or null.</summary>
    public Iri? Turn { get; init; }

    /// <summary>Where in the turn's text it stands, as <c>begin-end</c>; null where there is no text.</summary>
    public string? Span { get; init; }

    /// <summary>First time at which it is so; null where no beginning is known.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>First time at which it is not so any more; null where no end is known.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>When it was said.</summary>
    public required DateTimeOffset SaidAt { get; init; }

    /// <summary>How sure it is, 0 to 1.</summary>
    public double Confidence { get; init; } = 1;

    /// <summary>How far its source is believed, 0 to 1.</summary>
    public double Trust { get; init; } = 1;

    /// <summary>Whether it says that the fact is not so any more from <see cref="To"/> on.</summary>
    public bool IsEnd { get; init; }

    /// <summary>The fact.</summary>
    public Triple Triple => new(Subject, Predicate, Object);

    /// <summary>The fact with its times and source.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{Triple} {(IsEnd ? "ended" : $"from {Day(From)} to")} {Day(To)}, said by {Source} on {SaidAt:yyyy-MM-dd}, confidence {Confidence:0.##}");

    private static string Day(DateTimeOffset? time) => time is { } there ? there.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : "?";
}
