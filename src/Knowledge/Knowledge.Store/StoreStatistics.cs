namespace Knowledge.Store;

/// <summary>Sizes of a store at one version.</summary>
public sealed record StoreStatistics
{
    /// <summary>The version that the sizes are those of.</summary>
    public long Version { get; init; }

    /// <summary>Quads that hold.</summary>
    public long Quads { get; init; }

    /// <summary>Named graphs that have quads.</summary>
    public int NamedGraphs { get; init; }

    /// <summary>Distinct predicates of quads that hold.</summary>
    public int Predicates { get; init; }

    /// <summary>Entries of the dictionary; literals that are kept in their ids are none.</summary>
    public int Terms { get; init; }

    /// <summary>Memory of the dictionary in bytes.</summary>
    public long TermBytes { get; init; }

    /// <summary>Memory of the columns in bytes, both orders.</summary>
    public long ColumnBytes { get; init; }

    /// <summary>Quads that have valid times, those that do not hold now included.</summary>
    public long TimedQuads { get; init; }

    /// <summary>Size of the log in bytes; 0 in memory.</summary>
    public long LogBytes { get; init; }
}
