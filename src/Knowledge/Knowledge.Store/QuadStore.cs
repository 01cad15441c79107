namespace Knowledge.Store;

/// <summary>A store of quads, in memory or in a folder.</summary>
/// <remarks>
/// <para>Everything is in memory; a folder holds a log of transactions and what it was compacted to. Columns are read at opening rather than mapped: they are
/// 16 bytes a quad and read at the speed of a copy, and no query ever waits for a page of a file.</para>
/// <para>One process has a folder open at a time.</para>
/// </remarks>
public sealed class QuadStore : QuadDataset
{
    private readonly StoreFiles? _files;
    private readonly long _compactAtLogBytes;

    private QuadStore(StoreState state, TermDictionary dictionary, TimeProvider time)
        : base(state, dictionary, time)
    {
    }

    private QuadStore((StoreFiles Files, StoreState State, TermDictionary Dictionary) opened, StoreOptions options)
        : base(opened.State, opened.Dictionary, options.Time)
    {
        _files = opened.Files;
        _compactAtLogBytes = options.CompactAtLogBytes;
    }

    /// <summary>What a compaction that a commit began ended with, or null where the last one succeeded; the next commit tries again.</summary>
    public StoreException? CompactionFailure { get; private set; }

    /// <summary>A store that is gone when its process is.</summary>
    /// <param name="time">The clock; the system's where nothing is said.</param>
    public static QuadStore InMemory(TimeProvider? time = null) => new(StoreState.Empty, new TermDictionary(), time ?? TimeProvider.System);

    /// <summary>Opens the store in a folder; where there is none, an empty one is made. A transaction that a crash broke off is not there.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="options">How it behaves; null for the defaults.</param>
    /// <exception cref="StoreBusyException">The folder is open already, here or in another process.</exception>
    /// <exception cref="StoreDamagedException">A file does not hold what was written to it.</exception>
    /// <exception cref="StoreFormatException">A newer library wrote it.</exception>
    public static QuadStore Open(string path, StoreOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Open(DiskFolder.Open(path), options ?? new StoreOptions());
    }

    /// <summary>Opens the store of a folder, which is taken over.</summary>
    internal static QuadStore Open(IStoreFolder folder, StoreOptions options)
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Stores are read and written as they lie in memory, which is little-endian; this machine is not.");
        try
        {
            return new QuadStore(StoreFiles.Open(folder, options.Durability == StoreDurability.Power), options);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Puts every column in one piece and, in a folder, writes them to files of their own and begins a new log. Readers go on, transactions wait.</summary>
    /// <remarks>
    /// Terms that no quad uses any more, now or in what is known of the past, are not in the new files. So what was retracted is gone from the folder once its past is forgotten too.
    /// </remarks>
    /// <param name="forgetBefore">What was believed before this time is forgotten, and cannot be asked about any more; null to forget nothing. What holds now stays, whenever it was said.</param>
    /// <exception cref="StoreException">The files could not be written; the store goes on with those that it has.</exception>
    public void Compact(DateTimeOffset? forgetBefore = null)
    {
        Enter(TimeSpan.FromSeconds(30));
        try
        {
            CompactNow(forgetBefore?.UtcTicks ?? ValidTimes.Ever);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Writes the store as it is now into another folder, as a store of its own. Readers and transactions go on.</summary>
    /// <param name="path">A folder without files, or one that is not there.</param>
    /// <exception cref="StoreException">The folder has files.</exception>
    public void Backup(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var state = Current().Flattened();
        using var folder = DiskFolder.Open(path);
        StoreFiles.Write(folder, state, Dictionary);
    }

    /// <summary>Sizes of the store as it is now.</summary>
    public StoreStatistics Statistics()
    {
        var state = Current();
        var predicates = state.NamedGraphs.Values.Prepend(state.DefaultGraph).SelectMany(g => g.States.ToArray()).ToList();
        return new StoreStatistics
        {
            Version = state.Version,
            Quads = state.Quads,
            NamedGraphs = state.Graphs.Count,
            Predicates = state.NamedGraphs.Values.Prepend(state.DefaultGraph).SelectMany(g => g.Counts).Select(c => c.Predicate).Distinct().Count(),
            Terms = Dictionary.Count,
            TermBytes = Dictionary.MemoryBytes,
            ColumnBytes = predicates.Sum(p => sizeof(ulong) * ((long)p.BySubject.Count + p.ByObject.Count)),
            TimedQuads = predicates.Sum(p => (long)(p.Timed?.Count ?? 0)),
            LogBytes = _files?.LogBytes ?? 0,
        };
    }

    /// <inheritdoc/>
    private protected override void Keep(StateEdit edit, StoreState next) => _files?.Append(edit, next);

    /// <inheritdoc/>
    private protected override void Kept()
    {
        if (_files is null || _files.LogBytes < _compactAtLogBytes)
            return;
        try
        {
            CompactNow(ValidTimes.Ever);
            CompactionFailure = null;
        }
        catch (StoreException failure)
        {
            CompactionFailure = failure; // the transaction is kept; who wants to know why the log grows reads this
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _files?.Dispose();
    }

    private void CompactNow(long forgetBefore)
    {
        var state = Advanced();
        var flat = state.Forgetting(Math.Min(forgetBefore, Math.Max(state.Time + 1, Time.GetUtcNow().UtcTicks))).Flattened();
        _files?.Compact(flat);
        Replace(state, flat);
    }
}
