using Hub.Abstractions;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Http;

/// <summary>Begins runs for requests: who asks, in which conversation, with what headers; a client that goes away cancels its run.</summary>
internal sealed class RequestRuns(IHub hub, HubServerOptions options)
{
    /// <summary>Headers that are credentials or change nothing that a function could use.</summary>
    private static readonly HashSet<string> s_hidden = new(StringComparer.OrdinalIgnoreCase) { "authorization", "cookie", "x-api-key", "proxy-authorization", "api-key" };

    public IHub Hub => hub;

    /// <summary>Begins a run.</summary>
    /// <exception cref="RequestException">There is no such function.</exception>
    public IRunHandle Start(HttpContext http, string reasoner, ReasonerRequest request, string? user = null, IReadOnlyDictionary<string, string>? job = null, bool isStreamed = false)
    {
        try
        {
            return hub.Start(reasoner, request, Options(http, request, user, job) with { IsStreamed = isStreamed });
        }
        catch (UnknownNameException unknown)
        {
            throw new RequestException(StatusCodes.Status404NotFound, unknown.Message, "model", "model_not_found");
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
    public IAsyncDisposable Guard(HttpContext http, IRunHandle handle)
    {
        var deadline = new CancellationTokenSource(options.RunTimeout, options.Time);
        return new Watch(deadline, deadline.Token.Register(handle.Cancel), http.RequestAborted.Register(handle.Cancel));
    }

    private static RunOptions Options(HttpContext http, ReasonerRequest request, string? user, IReadOnlyDictionary<string, string>? job) => new()
    {
        ConversationId = http.Request.Headers["Conversation-Id"].FirstOrDefault(),
        UserId = user ?? http.Request.Cookies["nat-session"],
        Seed = request.Options?.Seed,
        Request = new RequestAttributes
        {
            Method = http.Request.Method,
            UrlPath = http.Request.Path,
            UrlScheme = http.Request.Scheme,
            Headers = http.Request.Headers.Where(h => !s_hidden.Contains(h.Key)).ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()),
            QueryParams = http.Request.Query.Count == 0 ? null : http.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString()),
            PathParams = job,
            ClientHost = http.Connection.RemoteIpAddress?.ToString(),
            ClientPort = http.Connection.RemotePort,
        },
    };

    private sealed class Watch(CancellationTokenSource deadline, CancellationTokenRegistration late, CancellationTokenRegistration gone) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await late.DisposeAsync();
            await gone.DisposeAsync();
            deadline.Dispose();
        }
    }
}
