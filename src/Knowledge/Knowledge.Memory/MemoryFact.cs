namespace Knowledge.Memory;

/// <summary>A fact as somebody states it: the unit of writing.</summary>
/// <param name="Subject">Whom it is about.</param>
/// <param name="Predicate">A property, preferably one of the schema.</param>
/// <param name="Object">A thing or a value.</param>
public sealed record MemoryFact(Iri Subject, Iri Predicate, Term Object)
{
    /// <summary>First time at which it is so; null where no beginning is known.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>First time at which it is not so any more; null where no end is known.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>How sure it is, 0 to 1.</summary>
    /// <value>The default is 1.</value>
    public double Confidence { get; init; } = 1;

    /// <summary>Where it stands in the text of its turn; null where there is no text.</summary>
    public Range? Span { get; init; }

    /// <summary>What is said of the fact.</summary>
    /// <value>The default is that it is so.</value>
    public FactChange Change { get; init; }

    /// <summary>The fact in N-Triples.</summary>
    public override string ToString() => $"{Subject} {Predicate} {Object} .";
}

/// <summary>What a statement does to what the same source said before.</summary>
public enum FactChange
{
    /// <summary>It is so, from <see cref="MemoryFact.From"/> to <see cref="MemoryFact.To"/>.</summary>
    Holds,

    /// <summary>It is not so any more from <see cref="MemoryFact.To"/> on, whoever said it; before, nothing changes.</summary>
    Ends,

    /// <summary>The source takes back what it said: it never was so.</summary>
    Retracts,
}
