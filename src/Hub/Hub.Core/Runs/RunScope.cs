using System.Globalization;
using System.Runtime.ExceptionServices;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core;

/// <summary>One scope of a run: gives each effect its place, answers it from the log, or executes and logs it.</summary>
/// <remarks>
/// A place is the scope's path and an ordinal: <c>3</c>, in a named scope <c>3/0</c>, in a branch <c>3[1]/0</c>, in a race <c>3?1/0</c>.
/// What stops a run (suspension, a spent budget, a mismatch, a fault of the log) stops its scope for good: code that
/// catches everything, as function-invoking clients do, cannot go on past it.
/// Source: replay of deterministic code over an effect log, as in Temporal, Restate and DBOS.
/// </remarks>
internal sealed partial class RunScope : IRun
{
    private readonly RunLedger _ledger;
    private readonly RunHost _host;
    private readonly string _path;
    private readonly FunctionAncestry _function;
    private int _next;
    private int _busy;
    private Random? _random;
    private MessageChain? _chain;
    private ExceptionDispatchInfo? _stopped;

    public RunScope(RunLedger ledger, RunHost host, CancellationToken cancelled)
        : this(ledger, host, "", new FunctionAncestry("root", ledger.Header.Reasoner), ledger.Header.Started, cancelled)
    {
    }

    private RunScope(RunLedger ledger, RunHost host, string path, FunctionAncestry function, DateTimeOffset now, CancellationToken cancelled)
    {
        _ledger = ledger;
        _host = host;
        _path = path;
        _function = function;
        Now = now;
        Cancelled = cancelled;
    }

    /// <summary>What this scope may spend, and what it spent; null where only the run's own budget counts.</summary>
    private BudgetShare? Share { get; init; }

    public RunHeader Header => _ledger.Header;

    public CancellationToken Cancelled { get; }

    public DateTimeOffset Now { get; private set; }

    public Random Random => _random ??= new Random((int)StableHash.Seed(Header.Seed, _path));

    private string ParentId => _path.Length == 0 ? "root" : _path;

    public object? GetService(Type serviceType) => serviceType == typeof(MessageChain) ? _chain ??= new MessageChain() : _host.GetService(serviceType);

    public async Task<TResult> EffectAsync<TRequest, TResult>(Effect<TRequest, TResult> effect, TRequest request)
    {
        ArgumentNullException.ThrowIfNull(effect);
        var id = Enter(effect.Name);
        try
        {
            Cancelled.ThrowIfCancellationRequested();
            var asked = effect.Codec.EncodeRequest(this, request, _ledger.Payloads);
            var input = _ledger.Payloads.Put(asked);
            var start = _ledger.Replay.Start(id);
            if (start is not null && (start.Input != input || start.Name != effect.Name || start.Kind != KindsOf(effect.Kind).Start))
                throw Mismatch(start, effect.Name, asked);
            var end = _ledger.Replay.End(id);
            if (end is null)
                end = await ExecuteAsync(effect, request, id, input, start);
            Share?.Count(end with { Kind = KindsOf(effect.Kind).Start }, end);
            Now = end.Time;
            return end.Failure is null
                ? effect.Codec.DecodeResult(_ledger.Payloads.Get(end.Output!), _ledger.Payloads)
                : throw new EffectFailedException(id, effect.Name, end.Failure);
        }
        catch (Exception e) when (!IsFailure(e))
        {
            Stop(e);
            throw;
        }
        finally
        {
            Leave();
        }
    }

    public ValueTask EmitAsync(ChatResponseUpdate answerPart)
    {
        ArgumentNullException.ThrowIfNull(answerPart);
        if (_ledger.IsWatched)
            _ledger.Stream(Event(RunEventKind.AnswerChunk, ParentId, _function.FunctionName) with { Chunk = answerPart.Text, Summary = answerPart.Text, Update = answerPart });
        else
            _ledger.Miss();
        return ValueTask.CompletedTask;
    }

    /// <summary>True for what is logged as a failure; suspension, cancellation and faults of the log are not.</summary>
    private bool IsFailure(Exception e) => e switch
    {
        RunSuspendedException or ReplayMismatchException or PayloadErasedException or RunLogException or RunLeaseException or BudgetExceededException
            or ConcurrentEffectException => false,
        OperationCanceledException => !Cancelled.IsCancellationRequested && e is not RunCancelRequestedException,
        _ => true,
    };

    private async Task<RunEvent> ExecuteAsync<TRequest, TResult>(
        Effect<TRequest, TResult> effect, TRequest request, string id, string input, RunEvent? inFlight)
    {
        var (startKind, endKind) = KindsOf(effect.Kind);
        var start = inFlight;
        if (start is null)
        {
            start = Event(startKind, id, effect.Name) with { Input = input, Redo = effect.Redo };
            _ledger.Start(start);
        }
        else if (Decided(start) is { } decision)
        {
            return ByDecision(effect, start, endKind, decision);
        }

        var end = Event(endKind, id, effect.Name) with { StartTime = start.Time };
        try
        {
            Share?.Check();
            _ledger.Point("effect:before");
            var result = await effect.Execute(request, Context(id, effect.Name, inFlight is not null));
            _ledger.Point("effect:after");
            end = end with
            {
                Time = _ledger.Time.GetUtcNow(),
                Output = _ledger.Payloads.Put(effect.Codec.EncodeResult(result, _ledger.Payloads)),
                Usage = effect.Codec.Usage(result),
            };
        }
        catch (Exception e) when (IsFailure(e))
        {
            end = end with { Time = _ledger.Time.GetUtcNow(), Failure = RunFailure.From(e) };
        }

        _ledger.End(end);
        return end;
    }

    private EffectContext Context(string id, string name, bool isRedo) => new()
    {
        EffectId = id,
        Key = $"{Header.RunId}:{id}",
        Seed = StableHash.Seed(Header.Seed, id),
        Cancelled = Cancelled,
        IsRedo = isRedo,
        Answer = _host.Resume.Answers.GetValueOrDefault(id),
        Stream = _ledger.IsWatched
            ? part => _ledger.Stream(Event(RunEventKind.LlmNewToken, id, name) with { Chunk = part.Text, Summary = part.Text, Update = part })
            : null,
    };

    private string Enter(string name)
    {
        if (Interlocked.Exchange(ref _busy, 1) == 1)
        {
            var error = new ConcurrentEffectException(ParentId, name);
            Stop(error);
            throw error;
        }

        if (_stopped is { } stopped)
        {
            Leave();
            stopped.Throw();
        }

        var ordinal = (_next++).ToString(CultureInfo.InvariantCulture);
        return _path.Length == 0 ? ordinal : $"{_path}/{ordinal}";
    }

    /// <summary>Remembers what stopped this scope; the first one counts.</summary>
    private void Stop(Exception e) => Interlocked.CompareExchange(ref _stopped, ExceptionDispatchInfo.Capture(e), null);

    private void Leave() => Volatile.Write(ref _busy, 0);

    private RunEvent Event(RunEventKind kind, string id, string name) => new()
    {
        Kind = kind,
        Id = id,
        ParentId = ParentId,
        Function = _function,
        Name = name,
        Time = _ledger.Time.GetUtcNow(),
    };

    private RunEvent Logged(RunEventKind kind, string id, string name, IReadOnlyDictionary<string, string>? tags = null)
    {
        var entry = Event(kind, id, name) with { Tags = tags };
        _ledger.End(entry);
        return entry;
    }

    private ReplayMismatchException Mismatch(RunEvent start, string name, byte[] asked)
    {
        var logged = start.Input is null ? "nothing" : System.Text.Encoding.UTF8.GetString(_ledger.Payloads.Get(start.Input));
        return new ReplayMismatchException(start.Id, $"{start.Name} {logged}", $"{name} {System.Text.Encoding.UTF8.GetString(asked)}");
    }

    private static (RunEventKind Start, RunEventKind End) KindsOf(EffectKind kind) => kind switch
    {
        EffectKind.Model => (RunEventKind.LlmStart, RunEventKind.LlmEnd),
        EffectKind.Tool => (RunEventKind.ToolStart, RunEventKind.ToolEnd),
        EffectKind.Task => (RunEventKind.TaskStart, RunEventKind.TaskEnd),
        EffectKind.Search => (RunEventKind.TtcStart, RunEventKind.TtcEnd),
        _ => (RunEventKind.CustomStart, RunEventKind.CustomEnd),
    };
}
