using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Hub.Core.Net;
using Hub.Remote.A2A;
using Hub.Server.Http;
using Microsoft.Extensions.Logging;

namespace Hub.Server.A2A;

/// <summary>Tells addresses that clients named when a task has ended or needs input. They are kept in memory: a restart forgets them.</summary>
/// <remarks>An address is a client's word: <see cref="GuardedHttp"/> keeps it from leading inside. Redirects are not followed: they would take the token with them. Thread safety: all members.</remarks>
internal sealed class PushNotifications : IDisposable
{
    private const int MaxTasks = 10_000;
    private const int MaxOfTask = 10;
    private const int Attempts = 3;
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, (JsonObject Config, string Version)>> _ofTasks = new(StringComparer.Ordinal);
    private readonly bool _mayBePrivate;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly HttpClient _http;

    public PushNotifications(AgentOptions options, TimeProvider time, ILogger log)
    {
        (_mayBePrivate, _time, _log) = (options.AllowPrivateNotifications, time, log);
        var handler = _mayBePrivate ? new SocketsHttpHandler { UseProxy = false } : GuardedHttp.Handler();
        handler.AllowAutoRedirect = false;
        _http = new HttpClient(handler) { Timeout = s_timeout };
    }

    /// <summary>Whether an address may be told, before anything is begun for it.</summary>
    /// <exception cref="AgentException">It is none, or one of the inside.</exception>
    public void Check(JsonObject config)
    {
        if (!Uri.TryCreate(AgentMessage.Value(config, "url"), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new AgentException(AgentException.InvalidParams, "A push notification needs a 'url' of http or https.");
        if (!_mayBePrivate && GuardedHttp.Refusal(url.OriginalString) is { } refusal)
            throw new AgentException(AgentException.InvalidParams, $"The 'url' of the push notification is refused. {refusal}");
    }

    /// <summary>Keeps an address for a task, in the form of 1.0.</summary>
    /// <exception cref="AgentException">It is none that may be told, or there are too many.</exception>
    public JsonObject Set(string task, JsonObject config, string version)
    {
        Check(config);
        if (_ofTasks.Count >= MaxTasks && !_ofTasks.ContainsKey(task))
            throw new AgentException(AgentException.Internal, $"{MaxTasks} tasks have push notifications already.");
        var kept = _ofTasks.GetOrAdd(task, _ => new(StringComparer.Ordinal));
        var whole = config.DeepClone().AsObject();
        var id = AgentMessage.Value(config, "id") ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        (whole["id"], whole["taskId"]) = (id, task);
        if (kept.Count >= MaxOfTask && !kept.ContainsKey(id))
            throw new AgentException(AgentException.InvalidParams, $"Task {task} has {MaxOfTask} push notifications already.");
        kept[id] = (whole, version);
        return whole.DeepClone().AsObject();
    }

    /// <summary>One address of a task; the first where no id is given.</summary>
    /// <exception cref="AgentException">There is none.</exception>
    public JsonObject Get(string task, string? id)
    {
        var kept = _ofTasks.GetValueOrDefault(task);
        return kept is not null && (id is null ? kept.Values.FirstOrDefault() : kept.GetValueOrDefault(id)) is { Config: { } config }
            ? config.DeepClone().AsObject()
            : throw new AgentException(AgentException.TaskNotFound, $"Task {task} has no such push notification.");
    }

    /// <summary>All addresses of a task.</summary>
    public IReadOnlyList<JsonObject> List(string task) => [.. (_ofTasks.GetValueOrDefault(task)?.Values ?? []).Select(c => c.Config.DeepClone().AsObject())];

    /// <summary>Forgets one.</summary>
    public void Delete(string task, string? id)
    {
        if (id is not null)
            _ofTasks.GetValueOrDefault(task)?.TryRemove(id, out _);
    }

    /// <summary>Tells all addresses of a task where it stands.</summary>
    public async Task TellAsync(string task, Func<JsonObject> view)
    {
        if (_ofTasks.GetValueOrDefault(task) is not { IsEmpty: false } kept)
            return;
        var current = view();
        foreach (var (config, version) in kept.Values)
            await SendAsync(config, version == AgentRoutes.Legacy ? LegacyForm.TaskToLegacy(current) : new JsonObject { ["task"] = current.DeepClone() });
    }

    public void Dispose() => _http.Dispose();

    private async Task SendAsync(JsonObject config, JsonObject body)
    {
        var url = new Uri((string)config["url"]!);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = JsonContent.Create(body, options: Wire.Options) };
                if (AgentMessage.Value(config, "token") is { } token)
                    request.Headers.TryAddWithoutValidation("X-A2A-Notification-Token", token);
                if (config["authentication"] is JsonObject authentication && AgentMessage.Value(authentication, "credentials") is { } credentials)
                    request.Headers.Authorization = new AuthenticationHeaderValue(AgentMessage.Value(authentication, "scheme") ?? "Bearer", credentials);
                using var response = await _http.SendAsync(request);
                if (response.IsSuccessStatusCode)
                    return;
                _log.LogWarning("{Host} answered a push notification with {Status}.", url.Host, (int)response.StatusCode);
            }
            catch (Exception failed) when (failed is HttpRequestException or TaskCanceledException or IOException or FormatException)
            {
                _log.LogWarning("A push notification to {Host} failed: {Message}", url.Host, failed.Message);
            }

            if (attempt == Attempts)
                return;
            await Task.Delay(TimeSpan.FromSeconds(1 << (attempt - 1)), _time, CancellationToken.None);
        }
    }
}
