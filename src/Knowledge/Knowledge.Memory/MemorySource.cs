namespace Knowledge.Memory;

/// <summary>Who said something, where and when.</summary>
public sealed record MemorySource
{
    /// <summary>What can be purged as one: a run's id, a document's name.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the turn within the source, e.g. <c>D1:3</c>; null numbers it.</summary>
    public string? Turn { get; init; }

    /// <summary>Who spoke: whom "I" means; null for nobody known.</summary>
    public string? Speaker { get; init; }

    /// <summary>What belongs together within the source, e.g. one meeting; turns of one session are each other's neighbours. Null for the source itself.</summary>
    public string? Session { get; init; }

    /// <summary>When it was said: what "yesterday" counts from. Null for now.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>How far the source is believed, 0 to 1; among claims that contradict each other the one of the more trusted source is preferred.</summary>
    /// <value>The default is 1.</value>
    public double Trust { get; init; } = 1;

    /// <summary>Further words by which a turn is found.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>JSON that is kept beside a turn and comes back with it; null for none.</summary>
    public string? Metadata { get; init; }

    /// <summary>A source by its id alone.</summary>
    /// <param name="id">The id.</param>
    public static implicit operator MemorySource(string id) => new() { Id = id };

    /// <summary>The run that is going on: its id, its user as the speaker.</summary>
    /// <param name="header">The run's header.</param>
    public static implicit operator MemorySource(global::Hub.Abstractions.RunHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return FromRunHeader(header);
    }

    /// <summary>A source by its id alone.</summary>
    /// <param name="id">The id.</param>
    public static MemorySource FromString(string id) => new() { Id = id };

    /// <summary>The run that is going on: its id, its user as the speaker.</summary>
    /// <param name="header">The run's header.</param>
    public static MemorySource FromRunHeader(global::Hub.Abstractions.RunHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);
        return new MemorySource { Id = header.RunId, Speaker = header.UserId };
    }
}
