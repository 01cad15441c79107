using System.Collections.Concurrent;
using System.Security.Cryptography;
using Hub.Abstractions;

namespace Hub.Core;

/// <summary>The hub: begins runs, goes on with them, and waits for them when it is disposed.</summary>
public sealed class ReasoningHub : IHub
{
    private readonly HubOptions _options;
    private readonly ConcurrentDictionary<string, RunHandle> _active = new(StringComparer.Ordinal);

    /// <summary>Creates a hub.</summary>
    /// <param name="options">What it is made of; copied.</param>
    /// <exception cref="ArgumentException">There is no reasoner.</exception>
    public ReasoningHub(HubOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Reasoners.Count == 0)
            throw new ArgumentException("A hub needs at least one reasoner. Add one with AddReAct, AddReWoo, AddToolCalling or AddReasoner.", nameof(options));
        _options = options;
        Reasoners = [.. options.Reasoners];
    }

    /// <inheritdoc/>
    public string DefaultReasoner => Reasoners[0];

    /// <inheritdoc/>
    public IReadOnlyList<string> Reasoners { get; }

    /// <inheritdoc/>
    public IRunStore Runs => _options.Store;

    /// <inheritdoc/>
    public IRunHandle Start(string reasoner, ReasonerRequest request, RunOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        var code = _options.Components.Reasoner(reasoner);
        options ??= new RunOptions();
        var header = new RunHeader
        {
            RunId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
            Reasoner = reasoner,
            Started = _options.Time.GetUtcNow(),
            Seed = options.Seed ?? BitConverter.ToInt64(RandomNumberGenerator.GetBytes(8)) & long.MaxValue,
            ConversationId = options.ConversationId,
            UserId = options.UserId,
            Tenant = options.Tenant,
            Budget = options.Budget ?? _options.Budget,
            Configuration = _options.Configuration,
            ConfigurationFile = _options.ConfigurationFile,
            Plugins = _options.Plugins,
        };
        return Begin(code, _options.Store.Create(header), request, new ResumeOptions());
    }

    /// <inheritdoc/>
    public Task<IRunHandle> ResumeAsync(string runId, ResumeOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var header = _options.Store.Find(runId).Header;
        var code = _options.Components.Reasoner(header.Reasoner);
        return Task.FromResult<IRunHandle>(Begin(code, _options.Store.Open(header.RunId), request: null, options ?? new ResumeOptions()));
    }

    /// <summary>Interrupts what is under way, waits for it, and closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var (_, handle) in _active)
            handle.Interrupt();
        await Task.WhenAll(_active.Values.Select(h => h.Completion.ContinueWith(static _ => { }, TaskScheduler.Default)));
        await _options.Store.DisposeAsync();
        if (_options.Components is IDisposable components)
            components.Dispose();
    }

    private RunHandle Begin(IReasoner code, IRunWriter writer, ReasonerRequest? request, ResumeOptions resume)
    {
        var past = writer.Past;
        var broadcast = new RunBroadcast(e => EventText.Summarise(e, hash => TryGet(writer, hash)), past);
        var handle = new RunHandle(writer.Header.RunId, broadcast, hash => _options.Store.Payload(hash) ?? TryGet(writer, hash));
        _active[handle.RunId] = handle;
        handle.Begin(async () =>
        {
            try
            {
                var meter = new BudgetMeter(resume.Budget ?? writer.Header.Budget, _options.Time);
                using var ledger = new RunLedger(writer, broadcast, meter, _options.Time, handle.Cancel, _options.FailPoint);
                var host = new RunHost(_options.Components, _options.Limits, _options.Time, _options.Person, resume);
                return await new RunExecution(code, ledger, host, handle.Interrupted, handle.Cancelled).RunAsync(request, past);
            }
            finally
            {
                _active.TryRemove(handle.RunId, out _);
            }
        });
        return handle;
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
}
