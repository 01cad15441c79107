using Hub.Abstractions;
using Hub.Remote.Auth;
using Hub.Server.Toolkit;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Http;

/// <summary>Begins runs for requests: who asks, in which conversation, with what headers; a client that goes away cancels its run.</summary>
internal sealed class RequestRuns(IHub hub, HubServerOptions options, AuthorizationFlows? flows)
{
    /// <summary>Headers and parameters that are credentials or change nothing that a function could use.</summary>
    private static readonly HashSet<string> s_hidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "authorization", "cookie", "x-api-key", "proxy-authorization", "api-key", "api_key", "apikey", "key", "token", "access_token", "id_token", "session", "password", "secret", "code",
    };

    public IHub Hub => hub;

    /// <summary>Who is to authorize something in a browser; null where nothing asks for that.</summary>
    public AuthorizationFlows? Flows => flows;

    /// <summary>Runs that are watched in streams.</summary>
    public StreamedRuns Streamed { get; } = new(TimeSpan.FromSeconds(options.FrontEnd.ReconnectSeconds), options.Time);

    /// <summary>Who asks how often.</summary>
    public UserActivity Users { get; } = new(options.FrontEnd.PerUserWorkflowTimeout, options.Time);

    /// <summary>Begins a run.</summary>
    /// <exception cref="RequestException">There is no such function.</exception>
    public IRunHandle Start(HttpContext http, string reasoner, ReasonerRequest request, string? user = null, bool isStreamed = false, IReadOnlyDictionary<string, string>? job = null)
    {
        var caller = Caller.Of(http);
        return Start(reasoner, request, Options(http, request, caller, caller.IsVerified ? caller.UserId : user ?? caller.UserId, job) with { IsStreamed = isStreamed });
    }

    /// <summary>Begins a run for a message of a web socket.</summary>
    /// <exception cref="RequestException">There is no such function.</exception>
    public IRunHandle Start(HttpContext http, string reasoner, ReasonerRequest request, Caller caller, string? conversation) =>
        Start(reasoner, request, Options(http, request, caller, caller.UserId) with { IsStreamed = true, ConversationId = conversation ?? http.Request.Query["conversation_id"].FirstOrDefault() });

    private IRunHandle Start(string reasoner, ReasonerRequest request, RunOptions asked)
    {
        var handle = Known(() => hub.Start(reasoner, request, asked));
        if (options.FrontEnd.EnablePerUserMonitoring && asked.UserId is { } who)
            Users.Count(asked.Tenant, who, handle.Completion);
        return handle;
    }

    /// <summary>Stores a run for later.</summary>
    /// <exception cref="RequestException">There is no such function.</exception>
    public string Accept(HttpContext http, string reasoner, ReasonerRequest request, IReadOnlyDictionary<string, string> job) =>
        Known(() => hub.Accept(reasoner, request, Options(http, request, Caller.Of(http), Caller.Of(http).UserId, job)));

    /// <summary>Runs to the end on behalf of a client, on this request's thread as far as it goes.</summary>
    /// <exception cref="RequestException">There is no such function.</exception>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public async Task<RunResult> RunAsync(HttpContext http, string reasoner, ReasonerRequest request, string? user = null)
    {
        if (flows is not null)
            return await AuthorizedAsync(http, reasoner, request, user, mayLeave: false) is (var done, null) ? done! : throw new InvalidOperationException("It was not to be left.");
        if (options.FrontEnd.EnablePerUserMonitoring)
            return await WaitAsync(http, Start(http, reasoner, request, user));
        var caller = Caller.Of(http);
        var asked = Options(http, request, caller, caller.IsVerified ? caller.UserId : user ?? caller.UserId);
        using var deadline = new CancellationTokenSource(options.RunTimeout, options.Time);
        await using var gone = http.RequestAborted.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), deadline);
        var result = await Known(() => hub.RunAsync(reasoner, request, asked, deadline.Token));
        http.RequestAborted.ThrowIfCancellationRequested();
        return result;
    }

    /// <summary>Runs to the end, or until somebody is to authorize something: the run then goes on without the client.</summary>
    /// <param name="http">The request.</param>
    /// <param name="reasoner">The function.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="user">Who the body says that the user is.</param>
    /// <param name="mayLeave">Whether the client can be told; otherwise the run fails, with the address in its words.</param>
    /// <exception cref="RequestException">There is no such function.</exception>
    public async Task<(RunResult? Result, AuthorizationRequired? Needed)> AuthorizedAsync(HttpContext http, string reasoner, ReasonerRequest request, string? user, bool mayLeave)
    {
        if (flows is null)
            return (await RunAsync(http, reasoner, request, user), null);
        var handle = Start(http, reasoner, request, user);
        await using var guard = Guard(http, handle);
        using var watch = flows.Watch(handle.RunId);
        using var ended = new CancellationTokenSource();
        var next = watch.NextAsync(ended.Token);
        while (await Task.WhenAny(handle.Completion, next) == next)
        {
            if (mayLeave)
            {
                _ = KeepAsync(handle);
                return (null, AuthorizationRequired.Of(handle.RunId, await next));
            }

            flows.GiveUp(handle.RunId);
            next = watch.NextAsync(ended.Token);
        }

        await ended.CancelAsync();
        http.RequestAborted.ThrowIfCancellationRequested();
        return (await handle.Completion, null);
    }

    /// <summary>A run without a client still has a longest time.</summary>
    private async Task KeepAsync(IRunHandle handle)
    {
        await using var guard = new RunGuard(handle, options.RunTimeout, options.Time, null, CancellationToken.None);
        try
        {
            await handle.Completion;
        }
        catch (HubException)
        {
            // The log could not be written: /executions says where the run stands.
        }
    }

    /// <summary>Waits for a run on behalf of a client.</summary>
    /// <exception cref="OperationCanceledException">The client went away.</exception>
    public async Task<RunResult> WaitAsync(HttpContext http, IRunHandle handle)
    {
        await using var guard = Guard(http, handle);
        var result = await handle.Completion;
        http.RequestAborted.ThrowIfCancellationRequested();
        return result;
    }

    /// <summary>Cancels the run when the client goes away or the time is up, until it is disposed.</summary>
    public IAsyncDisposable Guard(HttpContext http, IRunHandle handle) => new RunGuard(handle, options.RunTimeout, options.Time, null, http.RequestAborted);

    /// <summary>The same for a stream, to which the client may come back.</summary>
    public IAsyncDisposable GuardStream(HttpContext http, IRunHandle handle) => Streamed.MayReturn
        ? new RunGuard(handle, options.RunTimeout, options.Time, Streamed.Join(handle), CancellationToken.None)
        : Guard(http, handle);

    private static T Known<T>(Func<T> begin)
    {
        try
        {
            return begin();
        }
        catch (UnknownNameException unknown)
        {
            throw new RequestException(StatusCodes.Status404NotFound, unknown.Message, "model", "model_not_found");
        }
    }

    private static RunOptions Options(HttpContext http, ReasonerRequest request, Caller caller, string? user, IReadOnlyDictionary<string, string>? job = null)
    {
        return new RunOptions
        {
            ConversationId = http.Request.Headers["Conversation-Id"].FirstOrDefault(),
            UserId = user,
            Tenant = caller.Tenant,
            Seed = request.Options?.Seed,
            Request = new RequestAttributes
            {
                Method = http.Request.Method,
                UrlPath = http.Request.Path,
                UrlScheme = http.Request.Scheme,
                Headers = http.Request.Headers.Where(h => !s_hidden.Contains(h.Key)).ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()),
                QueryParams = http.Request.Query.Count == 0 ? null : http.Request.Query.Where(q => !s_hidden.Contains(q.Key)).ToDictionary(q => q.Key, q => q.Value.ToString()),
                PathParams = job,
                ClientHost = http.Connection.RemoteIpAddress?.ToString(),
                ClientPort = http.Connection.RemotePort,
            },
        };
    }
}
