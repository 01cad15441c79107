namespace Knowledge.Store;

/// <content>Dumps.</content>
public abstract partial class QuadDataset
{
    /// <summary>Gives all quads to a sink, such as a writer; prefixes first, then graph by graph, predicate by predicate, subject by subject.</summary>
    /// <param name="sink">Where they go.</param>
    /// <param name="asOf">Which times are asked about.</param>
    /// <returns>Number of quads.</returns>
    public long Dump(IQuadSink sink, AsOf asOf = default)
    {
        ArgumentNullException.ThrowIfNull(sink);
        using var snapshot = (StoreSnapshot)Snapshot(asOf);
        return new StoreDump(snapshot.State, Dictionary, sink).Quads();
    }

    /// <summary>
    /// Gives all quads that hold now to a sink, and for each quad that has valid times, whether it holds now or not, a reifier (RDF 1.2) for each interval in which it is so;
    /// see <see cref="TimeVocabulary"/>.
    /// </summary>
    /// <param name="sink">Where they go; its format must know triple terms.</param>
    /// <returns>Number of quads, those about reifiers included.</returns>
    public long DumpWithTimes(IQuadSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        var dump = new StoreDump(Current(), Dictionary, sink);
        return dump.Quads() + dump.Reifiers();
    }
}
