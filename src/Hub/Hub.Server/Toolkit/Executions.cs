using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Abstractions;
using Hub.Core;
using Hub.Remote.Auth;
using Hub.Server.Http;
using Hub.Server.OpenAI;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Toolkit;

/// <summary>Runs that wait for a person, over HTTP: a suspended run is resumed with the answer, by this process or another one days later.</summary>
internal sealed class Executions(IHub hub, HubServerOptions options, AuthorizationFlows? flows)
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<IRunHandle>> _waiting = new(StringComparer.Ordinal);

    /// <summary>What a client is told of a run that waits; null where it does not.</summary>
    public static InteractionRequired? Waiting(RunResult result) => result is { Status: RunStatus.Suspended, Pending: { } pending } ? Required(result.RunId, pending) : null;

    /// <summary>The run as it goes on, once somebody answered.</summary>
    public async Task<IRunHandle> AnsweredAsync(string runId, CancellationToken cancellationToken)
    {
        var source = _waiting.GetOrAdd(runId, _ => new TaskCompletionSource<IRunHandle>(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            return await source.Task.WaitAsync(options.RunTimeout, options.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new RequestException(StatusCodes.Status504GatewayTimeout, "Nobody answered in time. The run keeps waiting; answer it at /executions.");
        }
        finally
        {
            _waiting.TryRemove(runId, out _);
        }
    }

    /// <summary><c>GET /executions/{id}</c>.</summary>
    public Task StatusAsync(HttpContext http)
    {
        var record = Find(http);
        var body = record.Status switch
        {
            RunStatus.Running when flows?.Of(record.Header.RunId) is [var needed, ..] => (object)(AuthorizationRequired.Of(record.Header.RunId, needed) with { StatusUrl = null }),
            RunStatus.Running or RunStatus.Interrupted => new ExecutionStatus(record.Header.RunId, "running"),
            RunStatus.Suspended => PendingOf(record.Header.RunId) is { } pending ? Required(record.Header.RunId, pending) with { StatusUrl = null } : new ExecutionStatus(record.Header.RunId, "running"),
            RunStatus.Completed => new ExecutionStatus(record.Header.RunId, "completed") { Result = Result(record) },
            _ => new ExecutionStatus(record.Header.RunId, "failed") { Error = End(record.Header.RunId) },
        };
        return http.Response.WriteAsJsonAsync(body, body.GetType(), Wire.Options, http.RequestAborted);
    }

    /// <summary><c>POST /executions/{id}/interactions/{iid}/response</c>: 204, or 400 and 404.</summary>
    public async Task AnswerAsync(HttpContext http)
    {
        var record = Find(http);
        var interaction = (string)http.Request.RouteValues["interaction"]!;
        if (record.Status != RunStatus.Suspended || PendingOf(record.Header.RunId) is not { } pending || InteractionId(record.Header.RunId, pending) != interaction)
            throw new RequestException(StatusCodes.Status404NotFound, $"Run {record.Header.RunId} does not wait for '{interaction}'.");
        var body = new BodyReader(await JsonBody.ReadAsync(http));
        if (body.Find("response") is not { ValueKind: JsonValueKind.Object } response || HumanAnswer.Read(response) is not { } text)
            throw new RequestException(StatusCodes.Status400BadRequest, "The body needs a 'response' with a 'text', a 'selected_option' or 'selected_options'.");
        var handle = await hub.ResumeAsync(record.Header.RunId, new ResumeOptions { Answers = new Dictionary<string, string> { [pending.EffectId] = text } }, http.RequestAborted);
        if (_waiting.TryGetValue(record.Header.RunId, out var waiter))
            waiter.TrySetResult(handle);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>What a suspended run asks a person; null where it asks nothing, or waits for a decision that no answer can be.</summary>
    public PendingInteraction? PendingOf(string runId) => RunQuestion.Of(hub.Runs.Read(runId), hub.Runs.Payload) is { Decision: false } asked ? asked : null;

    private static string InteractionId(string runId, PendingInteraction pending) => StepNames.Uuid(runId, pending.EffectId);

    private static InteractionRequired Required(string runId, PendingInteraction pending)
    {
        var id = InteractionId(runId, pending);
        return new InteractionRequired(runId, "interaction_required", $"/executions/{runId}", id, HumanPrompt.Of(pending), $"/executions/{runId}/interactions/{id}/response");
    }

    private string End(string runId) => hub.Runs.Read(runId).LastOrDefault(e => e.Kind == RunEventKind.WorkflowEnd) is { } end ? EventText.Full(end, hub.Runs.Payload) : "";

    /// <summary>The answer in the form of the route that asked.</summary>
    private JsonElement Result(RunRecord record)
    {
        var path = record.Header.Request?.UrlPath ?? "";
        return options.FrontEnd.Endpoints.Prepend(options.FrontEnd.Workflow).SelectMany(e => (string?[])[e.OpenaiApiPath, e.OpenaiApiV1Path, e.LegacyOpenaiApiPath]).Any(p => p is not null && (path.EndsWith(p, StringComparison.Ordinal) || path.EndsWith($"{p}/stream", StringComparison.Ordinal)))
            ? JsonSerializer.SerializeToElement(ChatAnswer.Whole([new StoredRun(hub, record, null).Result], options.WorkflowName, record.Updated.ToUnixTimeSeconds()), Wire.Options)
            : WorkflowInput.Output(End(record.Header.RunId), null);
    }

    private RunRecord Find(HttpContext http) => Caller.Of(http).Find(hub, (string)http.Request.RouteValues["id"]!);
}

/// <summary>An execution and where it stands.</summary>
internal sealed record ExecutionStatus(string ExecutionId, string Status)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Result { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }
}

/// <summary>A run that waits for a person to authorize something in a browser.</summary>
internal sealed record AuthorizationRequired(
    string ExecutionId, string Status, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? StatusUrl, string AuthUrl, string OauthState)
{
    public static AuthorizationRequired Of(string runId, AuthorizationNeeded needed) => new(runId, "oauth_required", $"/executions/{runId}", needed.Url, needed.State);

    /// <summary>The same as the data of an event in a stream.</summary>
    public object AsEvent() => new { event_type = Status, execution_id = ExecutionId, auth_url = AuthUrl, oauth_state = OauthState };
}

/// <summary>A run that waits for a person.</summary>
internal sealed record InteractionRequired(
    string ExecutionId, string Status, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? StatusUrl, string InteractionId, HumanPrompt Prompt, string ResponseUrl)
{
    /// <summary>The same as the data of an event in a stream.</summary>
    public object AsEvent() => new { event_type = Status, execution_id = ExecutionId, interaction_id = InteractionId, prompt = Prompt, response_url = ResponseUrl };
}
