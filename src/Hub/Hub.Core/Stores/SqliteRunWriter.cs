using Hub.Abstractions;

namespace Hub.Core;

/// <summary>The writer of one run: collects events and payloads, and hands them to the database in one transaction.</summary>
internal sealed class SqliteRunWriter : IRunWriter
{
    private readonly Lock _lock = new();
    private readonly SqliteRunStore _store;
    private readonly long _run;
    private readonly List<(byte[] Content, string Chain)> _events = [];
    private readonly Dictionary<string, byte[]> _payloads = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known;
    private string _link;
    private long _committed;
    private long _payloadId;
    private DateTimeOffset _renewed;
    private volatile bool _cancelRequested;
    private bool _closed;

    /// <param name="store">Where the run lives.</param>
    /// <param name="run">Its row.</param>
    /// <param name="lease">The lease that was just taken.</param>
    /// <param name="header">The run's header.</param>
    /// <param name="root">Chain hash before the first event.</param>
    /// <param name="past">Events stored before.</param>
    /// <param name="known">Payloads that the run uses already, with their ids.</param>
    public SqliteRunWriter(
        SqliteRunStore store, long run, long lease, RunHeader header, string root, IReadOnlyList<RunEvent> past, IReadOnlyList<(long Id, string Hash)> known)
    {
        _store = store;
        _run = run;
        Lease = lease;
        Header = header;
        Past = past;
        _link = past.Count == 0 ? root : past[^1].ChainHash;
        _committed = past.Count;
        _known = new HashSet<string>(known.Select(k => k.Hash), StringComparer.Ordinal);
        _payloadId = known.Aggregate((run << SqliteSchema.RunShift) - 1, (most, k) => Math.Max(most, k.Id));
        _renewed = store.Options.Time.GetUtcNow();
    }

    public RunHeader Header { get; }

    public IReadOnlyList<RunEvent> Past { get; }

    public bool CancelRequested => _cancelRequested;

    public long Lease { get; }

    public RunEvent Append(RunEvent entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            var sequence = _committed + _events.Count;
            var content = EventJson.Encode(entry, sequence);
            _link = EventCodec.Link(_link, content);
            _events.Add((content, _link));
            return entry with { Sequence = sequence, ChainHash = _link };
        }
    }

    public void Commit()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            if (_events.Count > 0)
                Write(status: null);
        }
    }

    public void Close(RunStatus status)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_closed, this);
            Write(status);
            _closed = true;
            _store.Forget(this);
        }
    }

    public string Put(byte[] content)
    {
        ArgumentNullException.ThrowIfNull(content);
        var hash = EventCodec.PayloadHash(content);
        lock (_lock)
        {
            if (_known.Add(hash))
                _payloads.Add(hash, content);
        }

        return hash;
    }

    public bool Contains(string hash)
    {
        lock (_lock)
            return _known.Contains(hash);
    }

    public byte[] Get(string hash)
    {
        lock (_lock)
        {
            if (_payloads.TryGetValue(hash, out var pending))
                return pending;
        }

        return _store.Payload(hash) ?? throw new PayloadErasedException(hash);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (_closed)
                return;
            _closed = true;
            try
            {
                _store.Database.Write(w =>
                {
                    w.Release(_run, Lease);
                    return true;
                });
            }
            catch (Exception e) when (e is RunLogException or ObjectDisposedException)
            {
                // The file cannot be written, and whoever wrote last was told so. The lease ends with Forget: this process holds it no more.
            }
            finally
            {
                _store.Forget(this);
            }
        }
    }

    /// <summary>Looks whether somebody asked to cancel, and shows that this writer is alive.</summary>
    public void Poll(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_closed)
                return;
            if (now - _renewed > _store.Options.LeaseTimeout / 4)
            {
                _store.Database.Write(w =>
                {
                    w.Renew(_run, Lease, now);
                    return true;
                });
                _renewed = now;
            }

            _cancelRequested |= _store.Database.Read(r => r.Run(Header.RunId))?.Cancel == true;
        }
    }

    private void Write(RunStatus? status)
    {
        _cancelRequested |= _store.Database.Write(w => Write(w, status));
        _committed += _events.Count;
        _payloadId += _payloads.Count;
        _events.Clear();
        _payloads.Clear();
    }

    private bool Write(SqliteWrites writes, RunStatus? status)
    {
        var cancel = writes.Check(_run, Lease)
            ?? throw new RunLeaseException(Header.RunId, writes.Lease(_run)?.Owner.ToString() ?? "nobody: its lease was taken over and given back");
        var id = _payloadId;
        foreach (var (hash, content) in _payloads)
            writes.InsertPayload(_run, ++id, hash, content);
        Span<byte> chain = stackalloc byte[32];
        for (var i = 0; i < _events.Count; i++)
        {
            Convert.FromHexString(_events[i].Chain, chain, out _, out _);
            writes.InsertEvent(_run, _committed + i, _events[i].Content, chain);
        }

        if (status is { } stands)
        {
            writes.SetStatus(_run, Lease, stands, _committed + _events.Count);
            writes.Release(_run, Lease);
        }

        return cancel;
    }
}
