using System.Text.Json.Nodes;
using Hub.Abstractions;
using Hub.Remote.A2A;
using Hub.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hub.Server.A2A;

/// <summary>The Agent2Agent protocol over JSON-RPC, 1.0 and 0.3 at one address: a request is served in the form of its revision.</summary>
/// <remarks>Source: https://a2a-protocol.org/v1.0.0/specification/, section 9, and https://a2a-protocol.org/v0.3.0/specification/.</remarks>
internal sealed class AgentRoutes(AgentCard card, AgentTasks tasks, PushNotifications pushes)
{
    public const string Legacy = "0.3";
    private const string Current = "1.0";

    /// <summary>Methods of 0.3 and what they are called in 1.0.</summary>
    private static readonly Dictionary<string, string> s_legacy = new(StringComparer.Ordinal)
    {
        ["message/send"] = "SendMessage",
        ["message/stream"] = "SendStreamingMessage",
        ["tasks/get"] = "GetTask",
        ["tasks/cancel"] = "CancelTask",
        ["tasks/resubscribe"] = "SubscribeToTask",
        ["tasks/pushNotificationConfig/set"] = "CreateTaskPushNotificationConfig",
        ["tasks/pushNotificationConfig/get"] = "GetTaskPushNotificationConfig",
        ["tasks/pushNotificationConfig/list"] = "ListTaskPushNotificationConfigs",
        ["tasks/pushNotificationConfig/delete"] = "DeleteTaskPushNotificationConfig",
        ["agent/getAuthenticatedExtendedCard"] = "GetExtendedAgentCard",
    };

    /// <summary>Maps the card and the one address.</summary>
    public static void Map(RouteGroupBuilder root, AgentRoutes routes)
    {
        root.MapGet("/.well-known/agent-card.json", routes.CardAsync).WithMetadata(new HubRoutes.Open()); // a client must be able to read how to log in
        root.MapPost(AgentCard.Path, (RequestDelegate)routes.AnswerAsync).RequireRateLimiting(HubServer.RunLimit);
    }

    private Task CardAsync(HttpContext http) => card.GetAsync(http);

    private async Task AnswerAsync(HttpContext http)
    {
        JsonNode? id = null;
        EventStream? stream = null;
        try
        {
            var body = JsonNode.Parse((await BodyAsync(http)).GetRawText())!.AsObject();
            id = body["id"]?.DeepClone();
            var (method, version) = Method(http, body);
            var parameters = body["params"] as JsonObject ?? [];
            if (version == Legacy)
                parameters = LegacyParameters.ToCurrent(method, parameters);
            if (Streamed(http, method, parameters, version) is { } payloads)
            {
                await foreach (var payload in payloads)
                {
                    stream ??= await EventStream.OpenAsync(http);
                    await stream.DataAsync(Result(id, version == Legacy ? LegacyForm.PayloadToLegacy(payload) : payload));
                }

                return;
            }

            var result = await CallAsync(http, method, parameters, version);
            await http.Response.WriteAsJsonAsync(Result(id, version == Legacy ? LegacyParameters.ResultToLegacy(method, result) : result), Wire.Options, http.RequestAborted);
        }
        catch (Exception failed) when (failed is AgentException or HubException)
        {
            var error = Error(id, failed is AgentException agent ? agent.Code : AgentException.Internal, failed.Message);
            if (stream is null)
                await http.Response.WriteAsJsonAsync(error, Wire.Options, http.RequestAborted);
            else
                await stream.DataAsync(error);
        }
    }

    private static async Task<System.Text.Json.JsonElement> BodyAsync(HttpContext http)
    {
        try
        {
            return await JsonBody.ReadAsync(http);
        }
        catch (RequestException wrong)
        {
            throw new AgentException(wrong.Status == StatusCodes.Status400BadRequest ? AgentException.ParseError : AgentException.InvalidRequest, wrong.Message);
        }
    }

    /// <summary>The method by its name of 1.0, and the revision that the answer is to have.</summary>
    private static (string Method, string Version) Method(HttpContext http, JsonObject body)
    {
        if (AgentMessage.Value(body, "jsonrpc") != "2.0" || AgentMessage.Value(body, "method") is not { } method)
            throw new AgentException(AgentException.InvalidRequest, "A JSON-RPC 2.0 request with a 'method' is needed.");
        var said = http.Request.Headers["A2A-Version"].FirstOrDefault() is { Length: > 0 } header ? header : http.Request.Query["A2A-Version"].FirstOrDefault();
        if (said is { Length: > 0 } && said is not (Current or Legacy) && !said.StartsWith("1.0.", StringComparison.Ordinal) && !said.StartsWith("0.3.", StringComparison.Ordinal))
            throw new AgentException(AgentException.VersionNotSupported, $"Revision '{said}' is not spoken here; {Current} and {Legacy} are.");
        return s_legacy.TryGetValue(method, out var current) ? (current, Legacy) : (method, Current);
    }

    private IAsyncEnumerable<JsonObject>? Streamed(HttpContext http, string method, JsonObject parameters, string version) => method switch
    {
        "SendStreamingMessage" => tasks.StreamAsync(Caller.Of(http), parameters, version, http.RequestAborted),
        "SubscribeToTask" => tasks.SubscribeAsync(Caller.Of(http), parameters, http.RequestAborted),
        _ => null,
    };

    private async Task<JsonObject> CallAsync(HttpContext http, string method, JsonObject parameters, string version)
    {
        var caller = Caller.Of(http);
        switch (method)
        {
            case "SendMessage":
                return await tasks.SendAsync(caller, parameters, version, http.RequestAborted);
            case "GetTask":
                return tasks.Get(caller, parameters);
            case "ListTasks":
                return tasks.List(caller, parameters);
            case "CancelTask":
                return await tasks.CancelAsync(caller, parameters, http.RequestAborted);
            case "CreateTaskPushNotificationConfig":
                return pushes.Set(tasks.Find(caller, parameters, "taskId").Header.RunId, parameters, version);
            case "GetTaskPushNotificationConfig":
                return pushes.Get(tasks.Find(caller, parameters, "taskId").Header.RunId, AgentMessage.Value(parameters, "id"));
            case "ListTaskPushNotificationConfigs":
                return new JsonObject { ["configs"] = new JsonArray([.. pushes.List(tasks.Find(caller, parameters, "taskId").Header.RunId)]), ["nextPageToken"] = "" };
            case "DeleteTaskPushNotificationConfig":
                pushes.Delete(tasks.Find(caller, parameters, "taskId").Header.RunId, AgentMessage.Value(parameters, "id"));
                return [];
            case "GetExtendedAgentCard":
                throw new AgentException(AgentException.ExtendedCardNotConfigured, "There is no other card than the public one.");
            default:
                throw new AgentException(AgentException.MethodNotFound, $"There is no method '{method}'.");
        }
    }

    private static JsonObject Result(JsonNode? id, JsonNode? result) => new() { ["jsonrpc"] = "2.0", ["id"] = id?.DeepClone(), ["result"] = result };

    private static JsonObject Error(JsonNode? id, int code, string message) => new() { ["jsonrpc"] = "2.0", ["id"] = id?.DeepClone(), ["error"] = new JsonObject { ["code"] = code, ["message"] = message } };
}
