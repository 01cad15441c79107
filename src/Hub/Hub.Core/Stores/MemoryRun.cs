using Hub.Abstractions;

namespace Hub.Core;

/// <summary>One run of a <see cref="MemoryRunStore"/>.</summary>
internal sealed class MemoryRun(RunHeader header)
{
    private readonly Lock _lock = new();
    private readonly List<RunEvent> _events = [];
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private Action? _cancelWriter;
    private RunStatus _status = RunStatus.Interrupted;

    public RunHeader Header { get; } = header;

    public RunStatus Status
    {
        get
        {
            lock (_lock)
                return _cancelWriter is null ? _status : RunStatus.Running;
        }
    }

    public List<RunEvent> Committed()
    {
        lock (_lock)
            return [.. _events];
    }

    public IReadOnlyCollection<string> Used()
    {
        lock (_lock)
            return [.. _used];
    }

    public IRunWriter Lease(MemoryPayloads payloads)
    {
        lock (_lock)
        {
            if (_cancelWriter is not null)
                throw new RunLeaseException(Header.RunId, "another writer of this process");
            var writer = new Writer(this, payloads);
            _cancelWriter = writer.RequestCancel;
            if (_status == RunStatus.Suspended)
                _status = RunStatus.Interrupted;
            return writer;
        }
    }

    /// <summary>Marks a run for its writer to end; false where nobody writes it.</summary>
    public bool RequestCancel()
    {
        lock (_lock)
        {
            if (_cancelWriter is null)
                return false;
            _cancelWriter();
            return true;
        }
    }

    /// <summary>Says that the run uses a payload.</summary>
    private void Use(string hash)
    {
        lock (_lock)
            _used.Add(hash);
    }

    private sealed class Writer(MemoryRun run, MemoryPayloads payloads) : IRunWriter
    {
        private readonly List<RunEvent> _pending = [];
        private long _next = run._events.Count;
        private LazyLink? _link = run._events.Count == 0 ? null : (LazyLink?)run._events[^1].Link;
        private volatile bool _cancelRequested;
        private bool _closed;

        public RunHeader Header => run.Header;

        public IReadOnlyList<RunEvent> Past { get; } = run._events.Count == 0 ? [] : [.. run._events];

        public bool IsInMemory => true;

        public bool CancelRequested => _cancelRequested;

        public void RequestCancel() => _cancelRequested = true;

        public RunEvent Append(RunEvent entry)
        {
            lock (run._lock)
            {
                ObjectDisposedException.ThrowIf(_closed, this);
                _link = new LazyLink(run.Header, _link);
                var stored = entry with { Sequence = _next++, Link = _link };
                _link.Event = stored;
                _pending.Add(stored);
                return stored;
            }
        }

        public void Commit()
        {
            lock (run._lock)
            {
                run._events.AddRange(_pending);
                _pending.Clear();
            }
        }

        public void Close(RunStatus status)
        {
            Commit();
            lock (run._lock)
            {
                run._status = status;
                _closed = true;
                run._cancelWriter = null;
            }
        }

        public string Put(byte[] content)
        {
            var hash = EventCodec.PayloadHash(content);
            payloads.Put(hash, content, run.Use);
            return hash;
        }

        public bool Contains(string hash)
        {
            lock (run._lock)
                return run._used.Contains(hash);
        }

        public byte[] Get(string hash) => payloads.Get(hash) ?? throw new PayloadErasedException(hash);

        public void Dispose()
        {
            lock (run._lock)
            {
                if (_closed)
                    return;
                _closed = true;
                run._cancelWriter = null;
            }
        }
    }
}
