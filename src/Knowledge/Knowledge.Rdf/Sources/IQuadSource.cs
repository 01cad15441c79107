namespace Knowledge.Rdf;

/// <summary>
/// Quads that can be asked: a store, a graph with what follows from it, a what-if branch. Queries and rules see only this.
/// </summary>
public interface IQuadSource
{
    /// <summary>The version that a snapshot taken now would have; it grows by one or more with each commit.</summary>
    long Version { get; }

    /// <summary>Prefixes that texts about this source need not declare, with their IRIs.</summary>
    IReadOnlyDictionary<string, string> Prefixes => System.Collections.Immutable.ImmutableDictionary<string, string>.Empty;

    /// <summary>The quads as they are now, or as they were believed and held at other times.</summary>
    /// <param name="asOf">Which times are asked about.</param>
    /// <returns>A view that never changes. It must be disposed, as it may keep memory or files from being freed.</returns>
    /// <exception cref="NotSupportedException">A time is given and this source keeps none.</exception>
    IQuadSnapshot Snapshot(AsOf asOf = default);

    /// <summary>Tells a listener of every commit after this call, in order, once each, on the committing thread after the commit is visible.</summary>
    /// <param name="listener">Must return soon; what it throws ends its subscription and is reported by the source.</param>
    /// <returns>Dispose it to end the subscription.</returns>
    IDisposable Subscribe(Action<QuadDelta> listener);
}

/// <summary>A what-if: quads as another source had them, with changes of its own. Ids of terms mean the same in both.</summary>
public interface IForkedSource : IQuadSource
{
    /// <summary>Where it was forked from.</summary>
    IQuadSource Origin { get; }

    /// <summary>The version at which it was forked: its own until something changes in it.</summary>
    long OriginVersion { get; }
}

/// <summary>The two times of a bi-temporal question. The default asks for what is held now about now.</summary>
/// <param name="Valid">When it was so in the world; null: statements whose valid time is open or includes the moment of the snapshot.</param>
/// <param name="Known">When the store knew it; null: now, the newest version.</param>
public readonly record struct AsOf(DateTimeOffset? Valid = null, DateTimeOffset? Known = null);

/// <summary>What one commit changed.</summary>
/// <param name="Version">The version after the commit.</param>
/// <param name="Added">Quads that were not there before and are now; no duplicates.</param>
/// <param name="Removed">Quads that were there before and are not now; no duplicates.</param>
public sealed record QuadDelta(long Version, ReadOnlyMemory<QuadIds> Added, ReadOnlyMemory<QuadIds> Removed);
