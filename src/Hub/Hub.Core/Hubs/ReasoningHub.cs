using System.Collections.Concurrent;
using System.Collections.Immutable;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core;

/// <summary>The hub: begins runs, goes on with them, and waits for them when it is disposed.</summary>
public sealed class ReasoningHub : IHub
{
    private static readonly TimeSpan CancelPoll = TimeSpan.FromSeconds(1);

    private readonly HubOptions _options;
    private readonly ITimer _poll;
    private readonly ConcurrentDictionary<string, RunHandle> _active = new(StringComparer.Ordinal);
    private ImmutableArray<IRunObserver> _observers = [];
    private ImmutableDictionary<string, IReadOnlyList<AIFunction>> _added = ImmutableDictionary<string, IReadOnlyList<AIFunction>>.Empty.WithComparers(StringComparer.Ordinal);

    /// <summary>Creates a hub.</summary>
    /// <param name="options">What it is made of; copied.</param>
    /// <exception cref="ArgumentException">There is no reasoner.</exception>
    public ReasoningHub(HubOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Components.Reasoners.Count == 0)
            throw new ArgumentException("A hub needs at least one reasoner. Add one with AddReAct, AddReWoo, AddToolCalling or AddReasoner.", nameof(options));
        _options = options;
        // One timer for all runs. It does not keep a hub alive that nobody disposed.
        _poll = options.Time.CreateTimer(CancelWhereAsked, new WeakReference<ReasoningHub>(this), CancelPoll, CancelPoll);
    }

    /// <inheritdoc/>
    public string DefaultReasoner => Reasoners[0];

    /// <inheritdoc/>
    public IReadOnlyList<string> Reasoners => _options.Components.Reasoners;

    /// <inheritdoc/>
    public IReadOnlyList<HubFunction> Functions
    {
        get
        {
            using var lease = _options.Components.Acquire(null);
            return Components(lease).Functions;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Embedders
    {
        get
        {
            using var lease = _options.Components.Acquire(null);
            return lease.Components.Embedders;
        }
    }

    /// <inheritdoc/>
    public IRunStore Runs => _options.Store;

    /// <inheritdoc/>
    public IEmbeddingGenerator<string, Embedding<float>> Embedder(string name)
    {
        var known = Embedders;
        return known.Contains(name) ? new LeasedEmbedder(_options.Components, name) : throw new UnknownNameException("embedder", name, known);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> MemoryGraphs
    {
        get
        {
            using var lease = _options.Components.Acquire(null);
            return [.. lease.Components.Memories.Where(m => lease.Components.Memory(m) is IMemoryGraph)];
        }
    }

    /// <inheritdoc/>
    public IMemoryGraph MemoryGraph(string name)
    {
        var known = MemoryGraphs;
        return known.Contains(name) ? new LeasedMemoryGraph(_options.Components, name) : throw new UnknownNameException("memory", name, known);
    }

    /// <inheritdoc/>
    public void AddTools(string group, IReadOnlyList<AIFunction> tools)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(group);
        ArgumentNullException.ThrowIfNull(tools);
        ImmutableInterlocked.Update(ref _added, static (known, change) => change.tools.Count == 0 ? known.Remove(change.group) : known.SetItem(change.group, [.. change.tools]), (group, tools));
    }

    /// <inheritdoc/>
    public IRunHandle Start(string reasoner, ReasonerRequest request, RunOptions? options = null) => Start(reasoner, request, options ?? new RunOptions(), isHere: false, CancellationToken.None);

    /// <inheritdoc/>
    public Task<RunResult> RunAsync(string reasoner, ReasonerRequest request, RunOptions? options = null, CancellationToken cancellationToken = default) =>
        Start(reasoner, request, options ?? new RunOptions(), isHere: true, cancellationToken).Completion;

    /// <inheritdoc/>
    public Task<IRunHandle> ResumeAsync(string runId, ResumeOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var header = _options.Store.Find(runId).Header;
        var plugins = header.Plugins;
        return Task.FromResult<IRunHandle>(Held(_options.Components.Acquire(plugins), lease =>
            Begin(lease, header.Reasoner, () => _options.Store.Open(header.RunId), new Sitting(null, options ?? new ResumeOptions(), false, false, CancellationToken.None))));
    }

    /// <inheritdoc/>
    public string Accept(string reasoner, ReasonerRequest request, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var lease = _options.Components.Acquire(null);
        _ = Reasoner(Components(lease), reasoner);
        using var writer = _options.Store.Create(Header(reasoner, options ?? new RunOptions(), lease));
        writer.Append(RunExecution.Asked(writer.Header, writer.Put(RequestLog.Encode(request, writer))));
        writer.Close(RunStatus.Interrupted);
        return writer.Header.RunId;
    }

    /// <inheritdoc/>
    public IDisposable Observe(IRunObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        ImmutableInterlocked.Update(ref _observers, (all, one) => all.Add(one), observer);
        return new Observation(this, observer);
    }

    /// <inheritdoc/>
    public async Task<T> UseAsync<T>(Func<IHubComponents, Task<T>> use)
    {
        ArgumentNullException.ThrowIfNull(use);
        using var lease = _options.Components.Acquire(null);
        return await use(Components(lease));
    }

    /// <summary>Interrupts what is under way, waits for it, and closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (_, handle) in _active)
            handle.Interrupt();
        await Task.WhenAll(_active.Values.Select(h => h.Completion.ContinueWith(static _ => { }, TaskScheduler.Default)));
        await _poll.DisposeAsync();
        await _options.Store.DisposeAsync();
        _options.Components.Dispose();
    }

    /// <summary>Cancels the runs that somebody asks the store to cancel, also while they wait on an effect.</summary>
    private static void CancelWhereAsked(object? weak)
    {
        if (!((WeakReference<ReasoningHub>)weak!).TryGetTarget(out var hub))
            return;
        foreach (var (_, handle) in hub._active)
        {
            if (handle.CancelRequested?.Invoke() == true)
                handle.Cancel();
        }
    }

    /// <summary>Begins something with a lease, and gives the lease back where it does not begin.</summary>
    private static RunHandle Held(ComponentLease lease, Func<ComponentLease, RunHandle> begin)
    {
        try
        {
            return begin(lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private IHubComponents Components(ComponentLease lease) => _added is { IsEmpty: false } added ? new AddedTools(lease.Components, added) : lease.Components;

    private static IReasoner Reasoner(IHubComponents components, string name)
    {
        if (!name.StartsWith(HubFunction.ModelPrefix, StringComparison.Ordinal))
            return components.Reasoner(name);
        var model = name[HubFunction.ModelPrefix.Length..];
        _ = components.Model(model); // an unknown name is the caller's error, not the run's
        return new ModelReasoner(model);
    }

    private RunHeader Header(string reasoner, RunOptions options, ComponentLease lease) => new()
    {
        RunId = RandomBytes.Hexadecimal(8),
        Reasoner = reasoner,
        Started = _options.Time.GetUtcNow(),
        Seed = options.Seed ?? RandomBytes.Int64() & long.MaxValue,
        ConversationId = options.ConversationId,
        UserId = options.UserId,
        Request = options.Request,
        Tenant = options.Tenant,
        Budget = options.Budget ?? _options.Budget,
        Configuration = _options.Configuration,
        ConfigurationFile = _options.ConfigurationFile,
        Plugins = lease.Plugins,
    };

    private RunHandle Start(string reasoner, ReasonerRequest request, RunOptions options, bool isHere, CancellationToken cancelled)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Held(_options.Components.Acquire(null), lease =>
            Begin(lease, reasoner, () => _options.Store.Create(Header(reasoner, options, lease)), new Sitting(request, new ResumeOptions(), options.IsStreamed, isHere, cancelled)));
    }

    private RunHandle Begin(ComponentLease lease, string reasoner, Func<IRunWriter> open, Sitting sitting)
    {
        var components = Components(lease);
        var code = Reasoner(components, reasoner);
        var writer = open();
        var past = writer.Past;
        var observers = _observers;
        var broadcast = new RunBroadcast(
            e => EventText.Summarise(e, hash => TryGet(writer, hash)), past, observers.IsEmpty ? null : entry => Tell(observers, writer.Header, entry), sitting.IsStreamed);
        var handle = new RunHandle(writer.Header.RunId, broadcast, hash => _options.Store.Payload(hash) ?? TryGet(writer, hash));
        _active[handle.RunId] = handle;
        handle.Begin(async () =>
        {
            var status = RunStatus.Interrupted;
            await using var registration = sitting.Cancelled.UnsafeRegister(static handle => ((RunHandle)handle!).Cancel(), handle);
            try
            {
                var meter = new BudgetMeter(sitting.Resume.Budget ?? writer.Header.Budget, _options.Time);
                using var ledger = new RunLedger(writer, broadcast, meter, _options.Time, _options.FailPoint);
                handle.CancelRequested = () => ledger.CancelRequested;
                var host = new RunHost(components, _options.Limits, _options.Time, _options.Person, sitting.Resume);
                var result = await new RunExecution(code, ledger, host, handle.Stop).RunAsync(sitting.Request, past);
                status = result.Status;
                return result;
            }
            finally
            {
                foreach (var observer in observers)
                    observer.Left(writer.Header, status);
                _active.TryRemove(handle.RunId, out _);
                lease.Dispose();
            }
        }, sitting.IsHere);
        return handle;
    }

    private static void Tell(ImmutableArray<IRunObserver> observers, RunHeader header, RunEvent entry)
    {
        foreach (var observer in observers)
            observer.Appended(header, entry);
    }

    private static byte[]? TryGet(IRunWriter writer, string hash)
    {
        try
        {
            return writer.Get(hash);
        }
        catch (Exception gone) when (gone is PayloadErasedException or ObjectDisposedException)
        {
            return null;
        }
    }

    /// <summary>What is fixed from a run's beginning, or its resuming, to where it next leaves the process.</summary>
    /// <param name="Request">What is asked; null where the log has it.</param>
    /// <param name="Resume">Answers, decisions, budget.</param>
    /// <param name="IsStreamed">Whether somebody is about to watch.</param>
    /// <param name="IsHere">Whether it begins on the caller's thread.</param>
    /// <param name="Cancelled">Cancels the run.</param>
    private sealed record Sitting(ReasonerRequest? Request, ResumeOptions Resume, bool IsStreamed, bool IsHere, CancellationToken Cancelled);

    private sealed class Observation(ReasoningHub hub, IRunObserver observer) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref hub._observers, (all, one) => all.Remove(one), observer);
    }
}
