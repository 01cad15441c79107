namespace Knowledge.Memory;

/// <summary>The facts of a memory as a source of quads.</summary>
/// <remarks>
/// The store itself knows what was believed when. A purge takes the past of the facts that it touches with it, so about a time before a purge the facts are
/// computed from the claims that were believed then, of which a purge leaves the others whole.
/// </remarks>
internal sealed class MemoryQuads(QuadStore store, Projection projection) : IQuadSource
{
    private Past? _past;

    /// <inheritdoc/>
    public long Version => store.Version;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Prefixes => store.Prefixes;

    /// <inheritdoc/>
    public IQuadSnapshot Snapshot(AsOf asOf = default)
    {
        if (asOf.Known is not { } known || !Erasures().Any(e => known < e.At))
            return store.Snapshot(asOf);
        var valid = asOf.Valid ?? known;
        var past = _past;
        if (past is null || past.Version != store.Version || past.Known != known || past.Valid != valid)
            _past = past = new Past(store.Version, known, valid, Computed(known, valid));
        return past.Store.Snapshot();
    }

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<QuadDelta> listener) => store.Subscribe(listener);

    /// <summary>Times of the purges after a time that took something away which was known then.</summary>
    public IReadOnlyList<DateTimeOffset> Purges(DateTimeOffset known)
        => [.. Erasures().Where(p => p.From <= known && known < p.At).Select(p => p.At).Distinct().Order()];

    private List<(DateTimeOffset At, DateTimeOffset From)> Erasures()
    {
        using var snapshot = store.Snapshot();
        var reader = new ClaimReader(snapshot);
        return [.. reader.All(MemoryVocabulary.PurgedAt)
            .Select(p => (ClaimReader.Time(reader.Text(p.Subject, MemoryVocabulary.PurgedAt))!.Value, ClaimReader.Time(reader.Text(p.Subject, MemoryVocabulary.PurgedFrom))!.Value))];
    }

    // In memory alone, for as long as nothing changes and the same time is asked about.
    private QuadStore Computed(DateTimeOffset known, DateTimeOffset valid)
    {
        using var snapshot = store.Snapshot(new AsOf(valid, known));
        var reader = new ClaimReader(snapshot);
        var held = projection.Held(reader, reader.With(RdfVocabulary.Type, reader.Id(MemoryVocabulary.Namespace + "Claim")));
        var computed = QuadStore.InMemory();
        using var transaction = computed.Begin();
        foreach (var (triple, times) in held)
            if (times.Contains(valid.UtcTicks))
                transaction.Add(triple, (DateTimeOffset?)null);
        transaction.Commit();
        return computed;
    }

    private sealed record Past(long Version, DateTimeOffset Known, DateTimeOffset Valid, QuadStore Store);
}
