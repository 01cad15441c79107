using System.Threading.Channels;
using Hub.Abstractions;

namespace Hub.Remote.Auth;

/// <summary>People who are to allow something in a browser: which address each run waits for, and what their browsers bring back.</summary>
/// <remarks>
/// A state is drawn at random, stands for one person's one authorization, is taken once and ends after <see cref="Patience"/>. Nothing of it is logged.
/// At most <see cref="MaxFlows"/> wait at once. Thread safety: all members.
/// </remarks>
public sealed class AuthorizationFlows
{
    /// <summary>The most that wait at once.</summary>
    public const int MaxFlows = 1000;

    /// <summary>How long one waits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private static readonly AsyncLocal<AuthorizationFlows?> s_current = new();
    private readonly TimeProvider _time;
    private readonly Func<Uri, bool> _serves;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Flow> _flows = new(StringComparer.Ordinal);
    private readonly List<AuthorizationWatch> _watches = [];

    /// <summary>Begins with none.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="serves">Whether a browser that is sent to an address comes back here.</param>
    public AuthorizationFlows(TimeProvider time, Func<Uri, bool> serves)
    {
        (_time, _serves) = (time, serves);
    }

    /// <summary>Where people can be asked who wait for what runs now; null where nobody is. It follows the flow of control.</summary>
    public static AuthorizationFlows? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    /// <summary>What a run waits for just now, the oldest first.</summary>
    /// <param name="runId">The run.</param>
    public IReadOnlyList<AuthorizationNeeded> Of(string runId)
    {
        lock (_lock)
            return [.. _flows.Values.Where(f => f.Who?.RunId == runId && f.Ends > _time.GetUtcNow()).Select(f => f.Needed)];
    }

    /// <summary>Tells of everything that a run waits for, from what it waits for already on.</summary>
    /// <param name="runId">The run.</param>
    /// <returns>Disposed, it ends that.</returns>
    public AuthorizationWatch Watch(string runId)
    {
        var watch = new AuthorizationWatch(runId, Unwatch);
        lock (_lock)
        {
            _watches.Add(watch);
            foreach (var flow in _flows.Values.Where(f => f.Who?.RunId == runId))
                watch.Tell(flow.Needed);
        }

        return watch;
    }

    /// <summary>Ends the waiting of a run whose client cannot be told, or went away: it fails and says the address. What a browser brings later is taken all the same.</summary>
    /// <param name="runId">The run.</param>
    public void GiveUp(string runId)
    {
        lock (_lock)
        {
            foreach (var flow in _flows.Values.Where(f => f.Who?.RunId == runId))
                Fail(flow, new HubException($"This needs an authorization: open {flow.Needed.Url} in a browser, and ask again."));
        }
    }

    /// <summary>Takes what a browser brought back.</summary>
    /// <param name="callback">What it brought.</param>
    /// <param name="user">Whom the browser's own session shows; null where it shows nobody.</param>
    /// <param name="cancellationToken">Cancels the exchange that follows.</param>
    /// <returns>How it went, in words for that person; without any where nobody waits for it.</returns>
    public async Task<AuthorizationOutcome> CompleteAsync(AuthorizationCallback callback, string? user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Flow? flow;
        lock (_lock)
        {
            if (callback.State is null || !_flows.TryGetValue(callback.State, out flow) || flow.Ends <= _time.GetUtcNow())
                return AuthorizationOutcome.Unknown;
            if (user is not null && flow.Who?.UserId is { } asked && user != asked)
                return AuthorizationOutcome.SomebodyElse; // a browser in which another user is at home: it may not lend them its account
            _flows.Remove(callback.State);
        }

        try
        {
            if (callback.Error is { } error)
                throw new HubException($"The authorization server refused: {(error.Length > 80 ? error[..80] : error)}.");
            await flow.Finish(callback, cancellationToken);
            flow.Done.TrySetResult();
            return AuthorizationOutcome.Success;
        }
        catch (HubException failed)
        {
            Fail(flow, failed);
            return AuthorizationOutcome.Failed;
        }
    }

    /// <summary>Whether a browser that is sent to an address comes back here.</summary>
    internal bool Serves(Uri redirect) => _serves(redirect);

    /// <summary>Has whoever the caller runs for open an address, and waits until their browser was here.</summary>
    /// <param name="needed">The address and its state.</param>
    /// <param name="finish">Makes something of what the browser brings, also where the run no longer waits.</param>
    /// <param name="cancellationToken">Ends the waiting, not the flow.</param>
    /// <exception cref="HubException">Too many wait, nobody came, or it was refused.</exception>
    internal async Task AskAsync(AuthorizationNeeded needed, Func<AuthorizationCallback, CancellationToken, Task> finish, CancellationToken cancellationToken)
    {
        var who = CallerIdentity.Current;
        if (who?.RunId is null)
            throw new HubException("This needs an authorization, and no run waits for it. Ask the workflow something that uses it first."); // a listing: nobody would be told
        var flow = new Flow(needed, who, _time.GetUtcNow() + Patience, finish);
        lock (_lock)
        {
            foreach (var (state, _) in _flows.Where(f => f.Value.Ends <= _time.GetUtcNow()).ToArray())
                _flows.Remove(state);
            if (_flows.Count >= MaxFlows)
                throw new HubException($"{MaxFlows} people are being waited for to authorize something. Try again later.");
            _flows[needed.State] = flow;
            foreach (var watch in _watches.Where(w => w.RunId == who?.RunId))
                watch.Tell(needed);
        }

        try
        {
            await flow.Done.Task.WaitAsync(Patience, _time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new HubException($"Nobody authorized it within {Patience.TotalMinutes:0} minutes.");
        }
    }

    private static void Fail(Flow flow, HubException reason)
    {
        flow.Done.TrySetException(reason);
        _ = flow.Done.Task.Exception; // the run may have gone away
    }

    private void Unwatch(AuthorizationWatch watch)
    {
        lock (_lock)
            _watches.Remove(watch);
    }

    private sealed record Flow(AuthorizationNeeded Needed, CallerIdentity? Who, DateTimeOffset Ends, Func<AuthorizationCallback, CancellationToken, Task> Finish)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>An address that a person is to open.</summary>
/// <param name="Url">The address.</param>
/// <param name="State">What their browser brings back, so that it is known whose it is.</param>
public sealed record AuthorizationNeeded(string Url, string State);

/// <summary>What a browser brought back.</summary>
/// <param name="State">Whose it is.</param>
/// <param name="Code">What tokens are given out for.</param>
/// <param name="Issuer">The authorization server, where it names itself.</param>
/// <param name="Error">Why there is no code.</param>
public sealed record AuthorizationCallback(string? State, string? Code, string? Issuer, string? Error);

/// <summary>How an authorization went.</summary>
public enum AuthorizationOutcome
{
    /// <summary>It is there.</summary>
    Success,

    /// <summary>Nobody waits for it: it was taken already, took too long, or was never asked for.</summary>
    Unknown,

    /// <summary>It was asked for by somebody else than the browser's user.</summary>
    SomebodyElse,

    /// <summary>The authorization server refused, or gave no token.</summary>
    Failed,
}

/// <summary>What a run waits for, as it happens.</summary>
public sealed class AuthorizationWatch : IDisposable
{
    private const int MaxUntold = 100;
    private readonly Channel<AuthorizationNeeded> _needed = Channel.CreateBounded<AuthorizationNeeded>(new BoundedChannelOptions(MaxUntold) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Action<AuthorizationWatch> _end;

    internal AuthorizationWatch(string runId, Action<AuthorizationWatch> end)
    {
        (RunId, _end) = (runId, end);
    }

    internal string RunId { get; }

    /// <summary>The next address; it completes when there is one.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<AuthorizationNeeded> NextAsync(CancellationToken cancellationToken) => _needed.Reader.ReadAsync(cancellationToken).AsTask();

    /// <inheritdoc/>
    public void Dispose() => _end(this);

    internal void Tell(AuthorizationNeeded needed) => _needed.Writer.TryWrite(needed);
}
