namespace Hub.Core;

/// <summary>Where a <see cref="SqliteRunStore"/> lives and how it behaves.</summary>
public sealed class SqliteRunStoreOptions
{
    /// <summary>The database file. It is created, with its folder, where it does not exist.</summary>
    public required string Path { get; set; }

    /// <summary>What a committed event survives.</summary>
    /// <value>The default is <see cref="RunDurability.Process"/>.</value>
    public RunDurability Durability { get; set; } = RunDurability.Process;

    /// <summary>How long a lease lasts without a sign of life, where its owner cannot be looked up (it runs on another machine).</summary>
    /// <value>The default is 30 seconds. The lease of a dead process of this machine ends at once.</value>
    public TimeSpan LeaseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a writer that is waiting looks whether somebody asked to cancel its run.</summary>
    /// <value>The default is one second.</value>
    public TimeSpan CancelPoll { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long to wait for another process that is writing the file.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock of leases.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;
}
