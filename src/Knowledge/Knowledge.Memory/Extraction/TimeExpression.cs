namespace Knowledge.Memory;

/// <summary>Words that name a time, such as "in May 2024" or "yesterday".</summary>
/// <param name="From">First moment of the time that is named.</param>
/// <param name="To">First moment after it.</param>
/// <param name="Relation">How what is said lies to it.</param>
/// <param name="Index">Where the words begin in the text, preposition included.</param>
/// <param name="Length">How long they are.</param>
public readonly record struct TimeExpression(DateTimeOffset From, DateTimeOffset To, TimeRelation Relation, int Index, int Length)
{
    /// <summary>Whether a moment lies within the time that is named.</summary>
    /// <param name="time">The moment.</param>
    public bool Contains(DateTimeOffset time) => time >= From && time < To;
}

/// <summary>How something lies to a time.</summary>
public enum TimeRelation
{
    /// <summary>In it: "in May", "on 3 May", "yesterday".</summary>
    During,

    /// <summary>From it on: "since May".</summary>
    Since,

    /// <summary>Up to it: "until May".</summary>
    Until,
}
