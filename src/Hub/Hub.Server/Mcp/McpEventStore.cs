using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hub.Server.Mcp;

#pragma warning disable MCP9006 // what clients of the revisions with sessions resume by

/// <summary>Events of streams, kept for clients that lost a connection and come back with <c>Last-Event-ID</c>: nothing is lost, nothing comes twice.</summary>
/// <remarks>
/// An id is the stream's, 128 random bits, and the event's number in it. Limits: <see cref="MaxStreams"/> streams, of which those that ended longest ago go
/// first; <see cref="MaxEvents"/> events of one, of which the oldest go first. Whoever asks for what has gone is refused rather than given the rest. A
/// stream that ended is kept for <see cref="Kept"/>. Source: the protocol's revision 2025-11-25, Streamable HTTP, resumability. Thread safety: all members.
/// </remarks>
internal sealed class McpEventStore(TimeProvider time) : ISseEventStreamStore
{
    /// <summary>The most streams that are known at once.</summary>
    public const int MaxStreams = 10_000;

    /// <summary>The most events of one stream that are kept.</summary>
    public const int MaxEvents = 1000;

    /// <summary>How long a stream is kept after its end.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    /// <summary>How long a client that polls waits for something new, so that it need not ask over and over.</summary>
    private static readonly TimeSpan s_longPoll = TimeSpan.FromSeconds(20);

    private const int KeyBytes = 16;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, KeptStream> _streams = new(StringComparer.Ordinal);
    private readonly Queue<string> _ended = new(); // keys of streams that ended and are known, in that order

    /// <summary>Has the server's transport use one.</summary>
    public static void AddTo(IServiceCollection services, TimeProvider time) => services.AddSingleton<ISseEventStreamStore>(new McpEventStore(time));

    public ValueTask<ISseEventStreamWriter> CreateStreamAsync(SseEventStreamOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var stream = new KeptStream(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyBytes)), options, time, End);
        lock (_lock)
        {
            if (_streams.Count >= MaxStreams)
                MakeRoom();
            _streams[stream.Key] = stream;
        }

        return ValueTask.FromResult<ISseEventStreamWriter>(stream);
    }

    public ValueTask<ISseEventStreamReader?> GetStreamReaderAsync(string lastEventId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(lastEventId);
        var dash = lastEventId.LastIndexOf('-');
        if (dash <= 0 || !long.TryParse(lastEventId.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return ValueTask.FromResult<ISseEventStreamReader?>(null);
        lock (_lock)
        {
            return ValueTask.FromResult<ISseEventStreamReader?>(
                _streams.TryGetValue(lastEventId[..dash], out var stream) && stream.Has(number) && !(stream.Ended + Kept < time.GetUtcNow()) ? new Reader(stream, number + 1) : null);
        }
    }

    /// <summary>Forgets the stream that ended longest ago, and where none has ended one that goes on.</summary>
    private void MakeRoom() => _streams.Remove(_ended.TryDequeue(out var key) ? key : _streams.First().Key);

    private void End(string key)
    {
        lock (_lock)
        {
            if (_streams.ContainsKey(key))
                _ended.Enqueue(key);
        }
    }

    /// <summary>One stream: what was written into it, and whether more comes.</summary>
    private sealed class KeptStream(string key, SseEventStreamOptions options, TimeProvider time, Action<string> ended) : ISseEventStreamWriter
    {
        private readonly Lock _lock = new();
        private readonly Queue<SseItem<JsonRpcMessage?>> _events = new();
        private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private SseEventStreamMode _mode = options.Mode;
        private long _first;
        private long _next;

        public string Key => key;

        public string SessionId => options.SessionId;

        public string StreamId => options.StreamId;

        public TimeProvider Time => time;

        public DateTimeOffset? Ended { get; private set; }

        /// <summary>Whether everything after an event is here.</summary>
        public bool Has(long number)
        {
            lock (_lock)
                return number < _next && number + 1 >= _first;
        }

        /// <summary>What comes from a number on, whether the stream has ended or is polled, and what completes when that changes.</summary>
        public (IReadOnlyList<SseItem<JsonRpcMessage?>> Events, bool IsEnd, bool IsPolled, Task More) From(long number)
        {
            lock (_lock)
                return (_first > number ? throw new IOException("The client reads so slowly that events are gone.") : [.. _events.Skip((int)(number - _first))], Ended is not null, _mode == SseEventStreamMode.Polling, _more.Task);
        }

        public ValueTask SetModeAsync(SseEventStreamMode mode, CancellationToken cancellationToken = default)
        {
            Change(() => _mode = mode);
            return ValueTask.CompletedTask;
        }

        public ValueTask<SseItem<JsonRpcMessage?>> WriteEventAsync(SseItem<JsonRpcMessage?> sseItem, CancellationToken cancellationToken = default)
        {
            if (sseItem.EventId is not null)
                return ValueTask.FromResult(sseItem);
            Change(() =>
            {
                sseItem = sseItem with { EventId = string.Create(CultureInfo.InvariantCulture, $"{key}-{_next++}") };
                _events.Enqueue(sseItem);
                if (_events.Count > MaxEvents)
                {
                    _events.Dequeue();
                    _first++;
                }
            });
            return ValueTask.FromResult(sseItem);
        }

        public ValueTask DisposeAsync()
        {
            var isFirst = false;
            Change(() => (isFirst, Ended) = (Ended is null, Ended ?? time.GetUtcNow()));
            if (isFirst)
                ended(key);
            return ValueTask.CompletedTask;
        }

        private void Change(Action change)
        {
            TaskCompletionSource told;
            lock (_lock)
            {
                change();
                (told, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            }

            told.TrySetResult();
        }
    }

    private sealed class Reader(KeptStream stream, long next) : ISseEventStreamReader
    {
        public string SessionId => stream.SessionId;

        public string StreamId => stream.StreamId;

        public async IAsyncEnumerable<SseItem<JsonRpcMessage?>> ReadEventsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            using var patience = new CancellationTokenSource(s_longPoll, stream.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            while (true)
            {
                var (events, isEnd, isPolled, more) = stream.From(next);
                foreach (var item in events)
                {
                    next++;
                    yield return item;
                }

                if (isEnd || (isPolled && (events.Count > 0 || patience.IsCancellationRequested)))
                    yield break;
                await more.WaitAsync(isPolled ? either.Token : cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
