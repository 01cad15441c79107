namespace Knowledge.Store;

/// <summary>A store of quads, in memory or in a folder.</summary>
public sealed partial class QuadStore : QuadDataset
{
    private QuadStore(StoreState state, TermDictionary dictionary, TimeProvider time)
        : base(state, dictionary, time)
    {
    }

    /// <summary>A store that is gone when its process is.</summary>
    /// <param name="time">The clock; the system's where nothing is said.</param>
    public static QuadStore InMemory(TimeProvider? time = null) => new(StoreState.Empty, new TermDictionary(), time ?? TimeProvider.System);

    /// <inheritdoc/>
    private protected override void Keep(StateEdit edit, StoreState next)
    {
        // A store in memory keeps nothing.
    }
}
