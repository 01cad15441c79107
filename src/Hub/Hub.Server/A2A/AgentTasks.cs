using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Hub.Abstractions;
using Hub.Core;
using Hub.Server.Http;
using Hub.Server.Toolkit;
using Microsoft.Extensions.AI;

namespace Hub.Server.A2A;

/// <summary>Tasks of the protocol: each is a run of the workflow, found again in the run log by any process. Forms are those of 1.0.</summary>
/// <remarks>
/// A context is a conversation: its earlier answers go before a new question. A message to a task that needs input is the person's answer to the suspended run.
/// A caller knows the tasks and contexts of its tenant only. A task goes on when its client goes away; <see cref="HubServerOptions.RunTimeout"/> ends it. Thread safety: all members.
/// </remarks>
internal sealed class AgentTasks(IHub hub, HubServerOptions options, PushNotifications pushes)
{
    private const int MaxTurns = 20;
    private const int MaxRuns = 1000;
    private const int MaxPage = 100;
    private const int DefaultPage = 50;
    private readonly ConcurrentDictionary<string, IRunHandle> _live = new(StringComparer.Ordinal);
    private readonly TaskView _view = new(hub, new Executions(hub, options, flows: null));

    /// <summary><c>SendMessage</c>: the task once it has ended or needs input, or at once where the client wants that.</summary>
    public async Task<JsonObject> SendAsync(Caller caller, JsonObject parameters, string version, CancellationToken cancellationToken)
    {
        var message = AgentMessage.Read(parameters);
        var (handle, _) = await BeginAsync(caller, message, version, false, cancellationToken);
        if (!message.ReturnsImmediately)
            await handle.Completion.WaitAsync(cancellationToken);
        return new JsonObject { ["task"] = _view.Of(hub.Runs.Find(handle.RunId), message.HistoryLength) };
    }

    /// <summary><c>SendStreamingMessage</c>: the task, its steps, the answer's parts, its end.</summary>
    public async IAsyncEnumerable<JsonObject> StreamAsync(Caller caller, JsonObject parameters, string version, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (handle, seen) = await BeginAsync(caller, AgentMessage.Read(parameters), version, true, cancellationToken);
        await foreach (var payload in FollowAsync(handle, seen, cancellationToken))
            yield return payload;
    }

    /// <summary><c>SubscribeToTask</c>: what happens from now on to a task that is being worked on or waits.</summary>
    public async IAsyncEnumerable<JsonObject> SubscribeAsync(Caller caller, JsonObject parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var record = Find(caller, parameters, "id");
        if (TaskView.IsEnded(record.Status))
            throw new AgentException(AgentException.UnsupportedOperation, $"Task {record.Header.RunId} has ended. Ask for it with GetTask.");
        if (!_live.TryGetValue(record.Header.RunId, out var handle))
        {
            yield return new JsonObject { ["task"] = _view.Of(record) };
            yield return _view.Update(record);
            yield break;
        }

        await foreach (var payload in FollowAsync(handle, record.Events, cancellationToken))
            yield return payload;
    }

    /// <summary><c>GetTask</c>.</summary>
    public JsonObject Get(Caller caller, JsonObject parameters) =>
        _view.Of(Find(caller, parameters, "id"), parameters["historyLength"] is JsonValue length && length.TryGetValue<int>(out var count) ? count : null);

    /// <summary><c>ListTasks</c>: newest first, by context and state.</summary>
    public JsonObject List(Caller caller, JsonObject parameters)
    {
        var size = parameters["pageSize"] is JsonValue wanted && wanted.TryGetValue<int>(out var count) ? count is > 0 and <= MaxPage ? count : throw new AgentException(AgentException.InvalidParams, $"'pageSize' must be 1 to {MaxPage}.") : DefaultPage;
        var from = AgentMessage.Value(parameters, "pageToken") is not { } token ? 0
            : int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var offset) ? offset : throw new AgentException(AgentException.InvalidParams, "'pageToken' is none that was given out.");
        JsonObject[] found = [.. caller.Runs(hub, MaxRuns)
            .Where(r => AgentMessage.Value(parameters, "contextId") is not { } context || r.Header.ConversationId == context)
            .Select(r => _view.Of(r, 0))
            .Where(t => AgentMessage.Value(parameters, "status") is not { } state || (string?)t["status"]!["state"] == state)];
        return new JsonObject
        {
            ["tasks"] = new JsonArray([.. found.Skip(from).Take(size)]),
            ["nextPageToken"] = from + size < found.Length ? (from + size).ToString(CultureInfo.InvariantCulture) : "",
            ["pageSize"] = size,
            ["totalSize"] = found.Length,
        };
    }

    /// <summary><c>CancelTask</c>: the task as cancelled.</summary>
    public async Task<JsonObject> CancelAsync(Caller caller, JsonObject parameters, CancellationToken cancellationToken)
    {
        var record = Find(caller, parameters, "id");
        if (TaskView.IsEnded(record.Status))
            throw new AgentException(AgentException.TaskNotCancelable, $"Task {record.Header.RunId} has ended already.");
        if (_live.TryGetValue(record.Header.RunId, out var handle))
        {
            handle.Cancel();
            await handle.Completion.WaitAsync(cancellationToken);
        }
        else
            hub.Runs.Cancel(record.Header.RunId);
        return _view.Of(hub.Runs.Find(record.Header.RunId));
    }

    /// <summary>The run that a task is.</summary>
    /// <exception cref="AgentException">There is none that the caller may see.</exception>
    public RunRecord Find(Caller caller, JsonObject parameters, string key)
    {
        var id = AgentMessage.Value(parameters, key) ?? throw new AgentException(AgentException.InvalidParams, $"'{key}' is missing: the task's id.");
        try
        {
            return caller.Find(hub, id);
        }
        catch (RequestException)
        {
            throw new AgentException(AgentException.TaskNotFound, $"There is no task '{id}'.");
        }
    }

    private async Task<(IRunHandle Handle, long Seen)> BeginAsync(Caller caller, AgentMessage message, string version, bool isStreamed, CancellationToken cancellationToken)
    {
        if (_live.Count >= options.MaxConcurrentRuns)
            throw new AgentException(AgentException.Internal, $"{options.MaxConcurrentRuns} tasks are under way. Try again later.");
        if (message.Push is { } wanted)
            pushes.Check(wanted);
        var (handle, seen) = message.TaskId is null ? (Start(caller, message, isStreamed), 0) : await AnswerAsync(caller, message, cancellationToken);
        if (message.Push is { } push)
            pushes.Set(handle.RunId, push, version);
        _live[handle.RunId] = handle;
        _ = EndAsync(handle);
        return (handle, seen);
    }

    private IRunHandle Start(Caller caller, AgentMessage message, bool isStreamed)
    {
        var context = message.ContextId ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        List<ChatMessage> messages = [.. message.ContextId is null ? [] : Earlier(caller, context), new ChatMessage(ChatRole.User, message.Text)];
        return hub.Start(hub.DefaultReasoner, new ReasonerRequest(messages), new RunOptions { ConversationId = context, Tenant = caller.Tenant, UserId = caller.UserId, IsStreamed = isStreamed });
    }

    private async Task<(IRunHandle Handle, long Seen)> AnswerAsync(Caller caller, AgentMessage message, CancellationToken cancellationToken)
    {
        var record = Find(caller, new JsonObject { ["taskId"] = message.TaskId }, "taskId");
        if (message.ContextId is { } context && context != (record.Header.ConversationId ?? record.Header.RunId))
            throw new AgentException(AgentException.InvalidParams, $"Task {message.TaskId} is of another context.");
        if (record.Status != RunStatus.Suspended || new Executions(hub, options, flows: null).PendingOf(record.Header.RunId) is not { } pending)
            throw new AgentException(AgentException.UnsupportedOperation, $"Task {message.TaskId} does not wait for input. Send the message without 'taskId' to begin another one in its context.");
        var answers = new Dictionary<string, string> { [pending.EffectId] = message.Text };
        return (await hub.ResumeAsync(record.Header.RunId, new ResumeOptions { Answers = answers }, cancellationToken), record.Events);
    }

    /// <summary>Questions and answers of a context, oldest first.</summary>
    private IEnumerable<ChatMessage> Earlier(Caller caller, string context) => caller.Runs(hub, MaxRuns)
        .Where(r => r.Header.ConversationId == context && r.Status == RunStatus.Completed)
        .Take(MaxTurns)
        .Reverse()
        .SelectMany(r => hub.Runs.Read(r.Header.RunId) is { Count: > 0 } events
            ? new[] { new ChatMessage(ChatRole.User, EventText.Full(events[0], hub.Runs.Payload)), new ChatMessage(ChatRole.Assistant, _view.End(events)) }
            : []);

    private async IAsyncEnumerable<JsonObject> FollowAsync(IRunHandle handle, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var record = hub.Runs.Find(handle.RunId);
        yield return new JsonObject { ["task"] = _view.Of(record) };
        var parts = 0;
        await foreach (var entry in handle.ReadEventsAsync(from, cancellationToken))
        {
            if (entry is { IsAnswerPart: true, Chunk: { Length: > 0 } part })
                yield return TaskView.Part(record, part, append: parts++ > 0, last: false);
            else if (entry.Sequence >= 0 && entry.Kind is not (RunEventKind.WorkflowStart or RunEventKind.WorkflowEnd))
                yield return TaskView.Step(record, entry);
        }

        var result = await handle.Completion;
        if (result.Status == RunStatus.Completed)
            yield return TaskView.Part(record, result.Text, append: false, last: true); // the whole, in place of the parts
        yield return _view.Update(hub.Runs.Find(handle.RunId));
    }

    /// <summary>Ends a task that takes too long, and tells who wants to be told.</summary>
    private async Task EndAsync(IRunHandle handle)
    {
        using var deadline = new CancellationTokenSource(options.RunTimeout, options.Time);
        await using var late = deadline.Token.Register(handle.Cancel);
        try
        {
            await handle.Completion;
        }
        finally
        {
            _live.TryRemove(KeyValuePair.Create(handle.RunId, handle));
        }

        await pushes.TellAsync(handle.RunId, () => _view.Of(hub.Runs.Find(handle.RunId)));
    }
}
