using Hub.Abstractions;

namespace Hub.Core;

/// <summary>A run as stored, without its events.</summary>
/// <param name="Id">Its row.</param>
/// <param name="Header">Stored form of the header: the root of the chain is its hash.</param>
/// <param name="Status">Where it stands when nobody writes it.</param>
/// <param name="Events">How many events it had when a writer of it stopped the last time.</param>
/// <param name="Lease">Who holds the lease, or null.</param>
/// <param name="Cancel">Whether somebody asked to cancel it.</param>
internal sealed record SqliteRunRow(long Id, byte[] Header, RunStatus Status, long Events, SqliteLease? Lease, bool Cancel)
{
    public static SqliteRunRow Read(SqliteStatement row) => new(
        row.Int64(0),
        row.Bytes(1).ToArray(),
        RunStatuses.Parse(row.Text(2)),
        row.Int64(3),
        SqliteLease.Read(row, 4),
        row.Int64(9) != 0);
}
