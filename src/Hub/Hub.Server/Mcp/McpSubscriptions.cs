using System.Collections.Concurrent;
using Hub.Abstractions;
using Hub.Server.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hub.Server.Mcp;

/// <summary>Tells clients that subscribed to a run that its log has grown, until the run ends. What a file has under an address does not change.</summary>
/// <remarks>
/// The store is asked once a second, as the run may be another process's.
/// Source: https://modelcontextprotocol.io/specification, resources, subscriptions. Thread safety: all members.
/// </remarks>
internal sealed class McpSubscriptions(McpResources resources, TimeProvider time) : IDisposable
{
    private const int MaxOfSession = 100;
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(24);
    private readonly ConcurrentDictionary<(string Session, string Uri), CancellationTokenSource> _watched = new();
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Begins to watch an address.</summary>
    public ValueTask<EmptyResult> SubscribeAsync(RequestContext<SubscribeRequestParams> request, CancellationToken cancellationToken)
    {
        var uri = request.Params?.Uri ?? "";
        var key = (request.Server.SessionId ?? "", uri);
        var caller = Caller.Of(request.User);
        if (resources.Run(uri, caller) is not { } record)
            return ValueTask.FromResult(new EmptyResult());
        if (_watched.Keys.Count(k => k.Session == key.Item1) >= MaxOfSession)
            throw new McpProtocolException($"This session watches {MaxOfSession} runs already. Unsubscribe from one first.", McpErrorCode.InvalidParams);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        if (_watched.TryAdd(key, stop))
            _ = WatchAsync(request.Server, caller, key, record.Events, stop);
        else
            stop.Dispose();
        return ValueTask.FromResult(new EmptyResult());
    }

    /// <summary>Ends to watch it.</summary>
    public ValueTask<EmptyResult> UnsubscribeAsync(RequestContext<UnsubscribeRequestParams> request, CancellationToken cancellationToken)
    {
        if (_watched.TryRemove((request.Server.SessionId ?? "", request.Params?.Uri ?? ""), out var stop))
            stop.Cancel();
        return ValueTask.FromResult(new EmptyResult());
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private async Task WatchAsync(McpServer server, Caller caller, (string Session, string Uri) key, long told, CancellationTokenSource stop)
    {
        using var deadline = new CancellationTokenSource(s_longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, deadline.Token);
        try
        {
            using var timer = new PeriodicTimer(s_interval, time);
            while (await timer.WaitForNextTickAsync(either.Token) && resources.Run(key.Uri, caller) is { } record)
            {
                var update = new ResourceUpdatedNotificationParams { Uri = key.Uri };
                if (record.Events > told)
                    await server.SendNotificationAsync(NotificationMethods.ResourceUpdatedNotification, update, McpJsonUtilities.DefaultOptions, either.Token);
                told = record.Events;
                if (record.Status is not (RunStatus.Running or RunStatus.Suspended or RunStatus.Interrupted))
                    break;
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or InvalidOperationException or IOException)
        {
            // The client went away, or wants no more: there is nobody to tell.
        }
        finally
        {
            _watched.TryRemove(key, out _);
            stop.Dispose();
        }
    }
}
