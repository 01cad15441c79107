using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Core;

/// <summary>The hub: begins runs, goes on with them, and waits for them when it is disposed.</summary>
public sealed class ReasoningHub : IHub
{
    private readonly HubOptions _options;
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
    public IRunHandle Start(string reasoner, ReasonerRequest request, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        options ??= new RunOptions();
        return Held(_options.Components.Acquire(null), lease =>
            Begin(lease, reasoner, () => _options.Store.Create(Header(reasoner, options, lease)), request, new ResumeOptions(), options.IsStreamed));
    }

    /// <inheritdoc/>
    public Task<IRunHandle> ResumeAsync(string runId, ResumeOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var header = _options.Store.Find(runId).Header;
        var plugins = header.Plugins;
        return Task.FromResult<IRunHandle>(Held(_options.Components.Acquire(plugins), lease =>
            Begin(lease, header.Reasoner, () => _options.Store.Open(header.RunId), request: null, options ?? new ResumeOptions())));
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
        await _options.Store.DisposeAsync();
        _options.Components.Dispose();
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
        RunId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
        Reasoner = reasoner,
        Started = _options.Time.GetUtcNow(),
        Seed = options.Seed ?? BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) & long.MaxValue,
        ConversationId = options.ConversationId,
        UserId = options.UserId,
        Request = options.Request,
        Tenant = options.Tenant,
        Budget = options.Budget ?? _options.Budget,
        Configuration = _options.Configuration,
        ConfigurationFile = _options.ConfigurationFile,
        Plugins = lease.Plugins,
    };

    private RunHandle Begin(ComponentLease lease, string reasoner, Func<IRunWriter> open, ReasonerRequest? request, ResumeOptions resume, bool isStreamed = false)
    {
        var components = Components(lease);
        var code = Reasoner(components, reasoner);
        var writer = open();
        var past = writer.Past;
        var observers = _observers;
        var broadcast = new RunBroadcast(e => EventText.Summarise(e, hash => TryGet(writer, hash)), past, observers.IsEmpty ? null : entry => Tell(observers, writer.Header, entry), isStreamed);
        var handle = new RunHandle(writer.Header.RunId, broadcast, hash => _options.Store.Payload(hash) ?? TryGet(writer, hash));
        _active[handle.RunId] = handle;
        handle.Begin(async () =>
        {
            var status = RunStatus.Interrupted;
            try
            {
                var meter = new BudgetMeter(resume.Budget ?? writer.Header.Budget, _options.Time);
                using var ledger = new RunLedger(writer, broadcast, meter, _options.Time, handle.Cancel, _options.FailPoint);
                var host = new RunHost(components, _options.Limits, _options.Time, _options.Person, resume);
                var result = await new RunExecution(code, ledger, host, handle.Interrupted, handle.Cancelled).RunAsync(request, past);
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
        });
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

    private sealed class Observation(ReasoningHub hub, IRunObserver observer) : IDisposable
    {
        public void Dispose() => ImmutableInterlocked.Update(ref hub._observers, (all, one) => all.Remove(one), observer);
    }
}
