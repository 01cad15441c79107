using Hub.Abstractions;
using Hub.Remote.Auth;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Hub.Remote.Mcp;

/// <summary>A connection to a server of the Model Context Protocol, made when it is first needed and made again when it was lost.</summary>
/// <remarks>
/// A call that was under way when the connection was lost is repeated only where that is harmless: the tool changes nothing, or the request surely never arrived.
/// Thread safety: all members.
/// </remarks>
public sealed class McpConnection : IAsyncDisposable
{
    /// <summary>A program that was just started may take its time to say what it speaks; asked for something older meanwhile, it would refuse.</summary>
    private static readonly TimeSpan s_start = TimeSpan.FromSeconds(30);

    /// <summary>From this revision on the protocol has no ping: a server that lists its tools is there.</summary>
    private const string NoPing = "2026-07-28";

    private readonly McpGroupOptions _options;
    private readonly McpTransports _transports;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory? _logs;
    private readonly McpClientHandlers _handlers;
    private readonly SemaphoreSlim _one = new(1, 1);
    private McpClient? _client;

    /// <summary>Describes a connection; nothing is sent yet.</summary>
    /// <param name="options">Where the server is, and how patient to be.</param>
    /// <param name="authentication">Credentials; null for none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logs">Takes what is logged; null for nothing.</param>
    public McpConnection(McpGroupOptions options, IAuthentication? authentication, TimeProvider time, ILoggerFactory? logs)
        : this(options, authentication, time, logs, new McpClientHandlers())
    {
    }

    internal McpConnection(McpGroupOptions options, IAuthentication? authentication, TimeProvider time, ILoggerFactory? logs, McpClientHandlers handlers)
    {
        (_options, _time, _logs, _handlers) = (options, time, logs, handlers);
        _transports = new McpTransports(options.Server, authentication, logs);
    }

    /// <summary>What the server is called in messages.</summary>
    public string Name => _transports.Name;

    /// <summary>A connection whose server's questions to a person are answered with the defaults of its forms.</summary>
    /// <param name="options">Where the server is, and how patient to be.</param>
    /// <param name="authentication">Credentials; null for none.</param>
    /// <param name="time">The clock.</param>
    public static McpConnection AcceptingDefaults(McpGroupOptions options, IAuthentication? authentication, TimeProvider time) => new(options, authentication, time, null, new McpClientHandlers
    {
        // The SDK fills in the defaults of an accepted form.
        ElicitationHandler = (_, _) => ValueTask.FromResult(new ElicitResult { Action = "accept", Content = new Dictionary<string, System.Text.Json.JsonElement>() }),
    });

    /// <summary>The server's tools, under the names and descriptions that the options give them.</summary>
    /// <param name="cancellationToken">Cancels the asking.</param>
    /// <exception cref="HubException">The server cannot be reached.</exception>
    public async Task<IReadOnlyList<AIFunction>> ToolsAsync(CancellationToken cancellationToken)
    {
        var tools = await WithClientAsync(
            async client => await client.ListToolsAsync(cancellationToken: cancellationToken), mayRepeat: true, cancellationToken);
        return [.. tools.Select(t => new McpFunction(this, t.ProtocolTool, _options.ToolOverrides.GetValueOrDefault(t.ProtocolTool.Name)))];
    }

    /// <summary>Asks whether the server is there.</summary>
    /// <param name="cancellationToken">Cancels the asking.</param>
    /// <exception cref="HubException">It is not.</exception>
    public Task PingAsync(CancellationToken cancellationToken) =>
        WithClientAsync(async client => await AskAsync(client, cancellationToken), mayRepeat: true, cancellationToken);

    /// <summary>How the server stands, as a group tells of it.</summary>
    internal RemoteToolsState State(IReadOnlyList<string> available, bool isHealthy) => new(
        $"{_options.Server.Transport}:{(_options.Server.Transport == McpEndpointOptions.Stdio ? _options.Server.Command : _options.Server.Url)}",
        _options.Server.Transport, _options.Server.AuthProvider is { Name.Length: > 0 }, isHealthy, available);

    internal async Task<CallToolResult> CallAsync(string tool, IReadOnlyDictionary<string, object?> arguments, bool mayRepeat, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(_options.ToolCallTimeout), _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var options = new RequestOptions { JsonSerializerOptions = HubJson.Options };
            return await WithClientAsync(async client => await client.CallToolAsync(tool, arguments, options: options, cancellationToken: either.Token), mayRepeat, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{Name}: '{tool}' did not answer within {_options.ToolCallTimeout:0.###} seconds (tool_call_timeout). It was told to stop.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _client, null) is { } client)
            await client.DisposeAsync();
        _transports.Dispose();
        _one.Dispose();
    }

    private static async Task<bool> AskAsync(McpClient client, CancellationToken cancellationToken)
    {
        if (string.CompareOrdinal(client.NegotiatedProtocolVersion, NoPing) < 0)
            await client.PingAsync(cancellationToken: cancellationToken);
        else
            await client.ListToolsAsync(cancellationToken: cancellationToken);
        return true;
    }

    private async Task<T> WithClientAsync<T>(Func<McpClient, Task<T>> use, bool mayRepeat, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            McpClient? client = null;
            try
            {
                client = await ClientAsync(cancellationToken);
                return await use(client);
            }
            catch (Exception lost) when (IsLost(lost))
            {
                await DropAsync(client);
                var isSafe = mayRepeat || client is null || NeverArrived(lost);
                if (!_options.ReconnectEnabled || attempt >= _options.ReconnectMaxAttempts || !isSafe)
                    throw new HubException($"{Name} {(client is null ? "cannot be reached" : "was lost")}: {Reason(lost)}{(isSafe ? "" : " The call may have acted, so it was not repeated.")}", lost);
                await Task.Delay(Backoff(attempt), _time, cancellationToken);
            }
            catch (McpException refused)
            {
                throw new HubException($"{Name}: {refused.Message}", refused);
            }
        }
    }

    private async Task<McpClient> ClientAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_client is { Completion.IsCompleted: false } alive)
                return alive;
            using var late = new CancellationTokenSource(TimeSpan.FromSeconds(_options.AuthFlowTimeout), _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
            return _client = await McpClient.CreateAsync(
                _transports.Create(),
                new McpClientOptions
                {
                    ClientInfo = new Implementation { Name = "hub", Version = RunLogFormat.HubVersion },
                    ProtocolVersion = _options.ProtocolVersion,
                    DiscoverProbeTimeout = s_start,
                    Handlers = _handlers,
                    TimeProvider = _time,
                },
                _logs,
                either.Token);
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task DropAsync(McpClient? client)
    {
        if (client is null || Interlocked.CompareExchange(ref _client, null, client) != client)
            return;
        try
        {
            await client.DisposeAsync();
        }
        catch (Exception gone) when (gone is IOException or HttpRequestException or InvalidOperationException)
        {
            _logs?.CreateLogger<McpConnection>().LogDebug(gone, "{Server} was already gone.", Name);
        }
    }

    private TimeSpan Backoff(int attempt) => TimeSpan.FromSeconds(Math.Min(_options.ReconnectMaxBackoff, _options.ReconnectInitialBackoff * Math.Pow(2, Math.Min(attempt, 30))));

    private static bool IsLost(Exception failure) => failure is IOException or HttpRequestException or TimeoutException;

    /// <summary>A server that does not know the session, or was not there, has not acted.</summary>
    private static bool NeverArrived(Exception lost) => lost is HttpRequestException http
        && (http.StatusCode is System.Net.HttpStatusCode.NotFound || http.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError);

    private static string Reason(Exception lost) => lost is ClientTransportClosedException { Details: StdioClientCompletionDetails { StandardErrorTail: { Count: > 0 } said } details }
        ? $"the program ended with {details.ExitCode}: {said[^1]}"
        : lost.Message;
}
