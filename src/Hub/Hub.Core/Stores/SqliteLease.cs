namespace Hub.Core;

/// <summary>A lease as stored.</summary>
internal sealed record SqliteLease(long Id, LeaseOwner Owner, DateTimeOffset Renewed)
{
    /// <summary>From the columns lease, machine, pid, process, renewed; null where there is none.</summary>
    public static SqliteLease? Read(SqliteStatement row, int first) => row.IsNull(first) ? null : new SqliteLease(
        row.Int64(first),
        new LeaseOwner(row.Text(first + 1), (int)row.Int64(first + 2), row.Text(first + 3)),
        new DateTimeOffset(row.Int64(first + 4), TimeSpan.Zero));

    /// <summary>Whether its owner can still write.</summary>
    public bool IsAlive(SqliteRunStoreOptions options) => Owner.IsAlive(Id, options.Time.GetUtcNow() - Renewed, options.LeaseTimeout);
}
