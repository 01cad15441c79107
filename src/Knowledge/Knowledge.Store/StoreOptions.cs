namespace Knowledge.Store;

/// <summary>How a store in a folder behaves.</summary>
public sealed class StoreOptions
{
    /// <summary>What a committed transaction survives.</summary>
    /// <value>The default is <see cref="StoreDurability.Process"/>.</value>
    public StoreDurability Durability { get; set; } = StoreDurability.Process;

    /// <summary>Size of the log, in bytes, from which on a commit also compacts: the log is then read at opening, which costs time.</summary>
    /// <value>The default is 256 MiB. <see cref="long.MaxValue"/> leaves compaction to <see cref="QuadStore.Compact"/>.</value>
    public long CompactAtLogBytes { get; set; } = 256L << 20;

    /// <summary>The clock of transactions and of what holds now.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}

/// <summary>What a committed transaction survives.</summary>
public enum StoreDurability
{
    /// <summary>The end of the process, however it ends. A loss of power may take the last transactions, whole ones.</summary>
    Process,

    /// <summary>A loss of power as well: each commit waits for the disk.</summary>
    Power,
}
