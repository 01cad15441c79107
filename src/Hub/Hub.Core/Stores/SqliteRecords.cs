using System.Text.Json;
using Hub.Abstractions;

namespace Hub.Core;

/// <summary>What a run database stores, as what a reader of runs gets: headers, records, events and payloads; and what is said where they are damaged.</summary>
/// <param name="options">Of the store: where it is, and when a lease is alive.</param>
internal sealed class SqliteRecords(SqliteRunStoreOptions options)
{
    /// <summary>A run without its events.</summary>
    public RunRecord Record(SqliteRunRow row, SqliteReads reads)
    {
        var header = Header(row);
        var first = reads.Events(row.Id, 0, limit: 1);
        var last = reads.Last(row.Id);
        return new RunRecord
        {
            Header = header,
            Status = row.Lease is not { } lease ? row.Status
                : lease.IsAlive(options) ? RunStatus.Running
                : RunStatuses.IsEnd(row.Status) ? row.Status : RunStatus.Interrupted,
            Events = last.Sequence + 1,
            Updated = Updated(header, last),
            Question = first.Count == 0 ? "" : EventText.Summarise(Decode(header.RunId, first[0]), hash => Payload(reads, hash)).Summary,
        };
    }

    /// <exception cref="RunLogException">It cannot be decoded.</exception>
    public RunHeader Header(SqliteRunRow row)
    {
        try
        {
            return EventCodec.DecodeHeader(row.Header);
        }
        catch (JsonException e)
        {
            throw new RunLogException($"The header of run row {row.Id} in '{options.Path}' is damaged: {e.Message} Restore a copy of the file.", e);
        }
    }

    /// <summary>When something last happened in a run.</summary>
    /// <param name="row">The run.</param>
    /// <param name="reads">Where its last event is.</param>
    public DateTimeOffset Updated(SqliteRunRow row, SqliteReads reads) => Updated(Header(row), reads.Last(row.Id));

    /// <summary>A run's events from a sequence on, summaries filled in.</summary>
    /// <exception cref="RunLogException">One is missing or cannot be decoded.</exception>
    public IReadOnlyList<RunEvent> Events(SqliteRunRow row, string runId, long from, SqliteReads reads)
    {
        var events = reads.Events(row.Id, from);
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Sequence != Math.Max(0, from) + i)
                throw Damaged(runId, Math.Max(0, from) + i);
        }

        return events.ConvertAll(e => EventText.Summarise(Decode(runId, e), hash => Payload(reads, hash)));
    }

    /// <summary>A run's whole log, for a writer that goes on with it.</summary>
    /// <exception cref="RunLogException">The chain is broken, or an event cannot be decoded.</exception>
    public List<RunEvent> Whole(SqliteRunRow row, string runId, List<(long Sequence, byte[] Content, string Chain)> events, long count) =>
        FirstBreak(row, events, count) is { } broken ? throw Damaged(runId, broken) : [.. events.Select(e => Decode(runId, e))];

    /// <summary>Sequence of the first event of a run that does not fit, or null where all do.</summary>
    public long? FirstBad(SqliteRunRow row, string runId, SqliteReads reads)
    {
        var events = reads.Events(row.Id, 0);
        return FirstBreak(row, events, reads.Run(runId)!.Events)
            ?? RunChain.FirstBadPayload(events.Select(e => Decode(runId, e)), hash => Payload(reads, hash));
    }

    /// <summary>Bytes of a payload, or null where it is not there or the hash is none.</summary>
    public static byte[]? Payload(SqliteReads reads, string hash) => IsHash(hash) ? reads.Payload(Convert.FromHexString(hash)) : null;

    public static bool IsHash(string hash) => hash.Length == 64 && hash.All(char.IsAsciiHexDigit);

    private static long? FirstBreak(SqliteRunRow row, List<(long Sequence, byte[] Content, string Chain)> events, long count)
    {
        if (RunChain.FirstBreak(row.Header, events.Select(e => (e.Content, e.Chain))) is { } broken)
            return broken;
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i].Sequence != i)
                return i;
        }

        return events.Count < count ? events.Count : null;
    }

    private DateTimeOffset Updated(RunHeader header, (long Sequence, byte[] Content, string Chain) last) =>
        last.Sequence < 0 ? header.Started : Decode(header.RunId, last).Time;

    private RunEvent Decode(string runId, (long Sequence, byte[] Content, string Chain) stored)
    {
        try
        {
            return EventCodec.Decode(stored.Content, stored.Chain);
        }
        catch (JsonException e)
        {
            throw Damaged(runId, stored.Sequence, e);
        }
    }

    private RunLogException Damaged(string runId, long sequence, Exception? cause = null) => new(
        $"Event {sequence} of run {runId} in '{options.Path}' is missing or was changed after it was written. What is before it is intact. " +
        "Restore a copy of the file, or ask again in a new run.",
        cause);
}
