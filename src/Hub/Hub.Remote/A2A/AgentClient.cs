using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Abstractions;
using Hub.Remote.Auth;

namespace Hub.Remote.A2A;

/// <summary>Speaks to one agent over JSON-RPC, in 1.0 where its card offers that and otherwise in 0.3; what it returns is in the form of 1.0.</summary>
/// <remarks>Source: https://a2a-protocol.org/v1.0.0/specification/, sections 8 and 9. Thread safety: all members, once the card was read.</remarks>
public sealed class AgentClient : IDisposable
{
    private const int MaxAnswerBytes = 16 << 20;
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(1);
    private readonly A2AClientOptions _options;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private Uri? _address;
    private bool _isLegacy;

    /// <summary>Describes a client; nothing is sent yet.</summary>
    /// <param name="options">Where the agent is.</param>
    /// <param name="authentication">Credentials; null for none.</param>
    /// <param name="time">The clock.</param>
    public AgentClient(A2AClientOptions options, IAuthentication? authentication, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _time) = (options, time);
        HttpMessageHandler handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        _http = new HttpClient(authentication is null ? handler : new AuthenticatingHandler(authentication, handler))
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
    }

    /// <summary>The agent's card; afterwards the agent can be asked.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="HubException">There is none, or it offers nothing that is spoken here.</exception>
    public async Task<JsonObject> CardAsync(CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(_options.Url, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
            throw new HubException($"'{_options.Url}' is no address of an agent. Write one such as http://localhost:10000.");
        var card = await TryAsync(async () => await _http.GetFromJsonAsync<JsonObject>(new Uri(server, _options.AgentCardPath), cancellationToken)) ?? throw new HubException($"The agent at {server} has an empty card.");
        (_address, _isLegacy) = Interface(card, server);
        return card;
    }

    /// <summary>The words of an answer: of its artifacts, or what the agent asks.</summary>
    /// <param name="answer">What <see cref="SendAsync"/> gave.</param>
    /// <exception cref="HubException">The task failed.</exception>
    public static string TextOf(JsonObject answer) => AgentAnswer.Text(answer);

    /// <summary>Sends words and waits until the task has ended or needs input: a task or a message.</summary>
    /// <param name="text">The words.</param>
    /// <param name="task">The task that waits for them; null for a new one.</param>
    /// <param name="context">The conversation that they belong to; null for a new one.</param>
    /// <param name="cancellationToken">Cancels the waiting, not the task.</param>
    /// <exception cref="HubException">The agent cannot be reached, or refuses.</exception>
    public async Task<JsonObject> SendAsync(string text, string? task, string? context, CancellationToken cancellationToken)
    {
        var answer = Current(await CallAsync(_isLegacy ? "message/send" : "SendMessage", Message(text, task, context), cancellationToken));
        while (answer["task"] is JsonObject working && (string?)working["status"]?["state"] is "TASK_STATE_SUBMITTED" or "TASK_STATE_WORKING")
        {
            await Task.Delay(s_poll, _time, cancellationToken);
            answer = new JsonObject { ["task"] = await GetAsync((string)answer["task"]!["id"]!, cancellationToken) };
        }

        return answer;
    }

    /// <summary>Sends words and yields what happens.</summary>
    /// <param name="text">The words.</param>
    /// <param name="task">The task that waits for them; null for a new one.</param>
    /// <param name="context">The conversation that they belong to; null for a new one.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="HubException">The agent cannot be reached, or refuses.</exception>
    public async IAsyncEnumerable<JsonObject> StreamAsync(string text, string? task, string? context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var request = Request(_isLegacy ? "message/stream" : "SendStreamingMessage", Message(text, task, context));
        using var response = await TryAsync(() => _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken));
        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
        {
            yield return Current(Result(await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken)));
            yield break;
        }

        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync(cancellationToken)).EnumerateAsync(cancellationToken))
            yield return Current(Result(JsonNode.Parse(item.Data) as JsonObject));
    }

    /// <summary>A task as it stands.</summary>
    /// <param name="task">Its id.</param>
    /// <param name="cancellationToken">Cancels the asking.</param>
    /// <exception cref="HubException">There is none, or the agent cannot be reached.</exception>
    public async Task<JsonObject> GetAsync(string task, CancellationToken cancellationToken) => TaskOf(await CallAsync(_isLegacy ? "tasks/get" : "GetTask", new JsonObject { ["id"] = task }, cancellationToken));

    /// <summary>Cancels a task and returns it.</summary>
    /// <param name="task">Its id.</param>
    /// <param name="cancellationToken">Cancels the asking.</param>
    /// <exception cref="HubException">There is none, it has ended, or the agent cannot be reached.</exception>
    public async Task<JsonObject> CancelAsync(string task, CancellationToken cancellationToken) => TaskOf(await CallAsync(_isLegacy ? "tasks/cancel" : "CancelTask", new JsonObject { ["id"] = task }, cancellationToken));

    /// <summary>Closes its connections.</summary>
    public void Dispose() => _http.Dispose();

    /// <summary>Where the agent listens, and whether to speak 0.3. It may not send us, and our credentials, to another host.</summary>
    private static (Uri Address, bool IsLegacy) Interface(JsonObject card, Uri server)
    {
        var interfaces = card["supportedInterfaces"] as JsonArray ?? [];
        var offered = interfaces.OfType<JsonObject>().Where(i => (string?)i["protocolBinding"] == "JSONRPC").ToArray();
        var chosen = offered.FirstOrDefault(i => ((string?)i["protocolVersion"])?.StartsWith("1.", StringComparison.Ordinal) == true);
        var isLegacy = chosen is null;
        chosen ??= offered.FirstOrDefault(i => ((string?)i["protocolVersion"])?.StartsWith("0.3", StringComparison.Ordinal) == true);
        var written = (string?)(chosen ?? card)["url"];
        if (chosen is null && (string?)card["preferredTransport"] is { } transport and not "JSONRPC")
            throw new HubException($"The agent at {server} speaks {transport}; JSONRPC is needed.");
        return Uri.TryCreate(server, written, out var address) && address.Host.Equals(server.Host, StringComparison.OrdinalIgnoreCase) && address.Scheme is "http" or "https"
            ? (address, isLegacy)
            : throw new HubException($"The card of the agent at {server} names the address '{written}', which is not on its own host.");
    }

    private JsonObject Message(string text, string? task, string? context)
    {
        var message = new JsonObject { ["messageId"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), ["role"] = "ROLE_USER", ["parts"] = new JsonArray(new JsonObject { ["text"] = text }) };
        if (task is { Length: > 0 })
            message["taskId"] = task;
        if (context is { Length: > 0 })
            message["contextId"] = context;
        return new JsonObject { ["message"] = _isLegacy ? LegacyForm.MessageToLegacy(message) : message };
    }

    private JsonObject Current(JsonObject payload) => _isLegacy ? LegacyForm.PayloadToCurrent(payload) : payload;

    private JsonObject TaskOf(JsonObject task) => _isLegacy ? LegacyForm.TaskToCurrent(task) : task;

    private HttpRequestMessage Request(string method, JsonObject parameters)
    {
        var body = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters };
        var request = new HttpRequestMessage(HttpMethod.Post, _address ?? throw new InvalidOperationException("The card was not read yet.")) { Content = JsonContent.Create(body) };
        request.Headers.Add("A2A-Version", _isLegacy ? "0.3" : "1.0");
        return request;
    }

    private async Task<JsonObject> CallAsync(string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        using var request = Request(method, parameters);
        using var response = await TryAsync(() => _http.SendAsync(request, cancellationToken));
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw new HubException($"The agent at {_options.Url} asks for credentials that it was not shown (status {(int)response.StatusCode}).");
        return Result(await TryAsync(() => response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken)));
    }

    private JsonObject Result(JsonObject? answer) => answer?["error"] is JsonObject error ? throw new HubException($"The agent at {_options.Url} refused: {(string?)error["message"]} ({error["code"]})")
        : answer?["result"] as JsonObject ?? throw new HubException($"The agent at {_options.Url} answered with neither a result nor an error.");

    private async Task<T> TryAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception failed) when (failed is HttpRequestException or JsonException or IOException)
        {
            throw new HubException($"The agent at {_options.Url} cannot be asked: {failed.Message}", failed);
        }
    }
}
