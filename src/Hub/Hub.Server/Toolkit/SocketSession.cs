using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hub.Abstractions;
using Hub.Server.Http;
using Hub.Server.OpenAI;
using Hub.Server.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Toolkit;

/// <summary>One web socket: questions in, steps and answers out, several at once; a person's answers go to the run that asked.</summary>
/// <remarks>Limits: one message has at most <see cref="HubServerOptions.MaxRequestBytes"/>, one socket <see cref="MaxRuns"/> runs at once. A socket that closes cancels its runs.</remarks>
internal sealed class SocketSession(WebSocket socket, HttpContext http, string function, SocketParts parts, Caller? caller) : IDisposable
{
    private const int MaxRuns = 8;
    private const int BufferBytes = 16 * 1024;
    private readonly SocketMessages _messages = new(parts.Options.Time);
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _asked = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _streamed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly CancellationTokenSource _closed = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
    private Caller? _caller = caller;

    /// <summary>Serves the socket until it closes.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await ReceiveAsync() is { } text)
                await HandleAsync(text);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The client went away without a word.
        }
        finally
        {
            await _closed.CancelAsync();
            await Task.WhenAll(_running.Keys);
        }
    }

    public void Dispose()
    {
        _closed.Dispose();
        _sending.Dispose();
    }

    /// <summary>The next whole message; null where the client closed, or sent too much.</summary>
    private async Task<string?> ReceiveAsync()
    {
        using var whole = new MemoryStream();
        var buffer = new byte[BufferBytes];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, _closed.Token);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, _closed.Token);
                return null;
            }

            whole.Write(buffer, 0, part.Count);
            if (whole.Length > parts.Options.MaxRequestBytes)
            {
                await socket.CloseAsync(WebSocketCloseStatus.MessageTooBig, $"A message may have {parts.Options.MaxRequestBytes} bytes.", _closed.Token);
                return null;
            }

            if (part.EndOfMessage)
                return Encoding.UTF8.GetString(whole.GetBuffer(), 0, (int)whole.Length);
        }
    }

    private async Task HandleAsync(string text)
    {
        UserMessage? asked = null;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = JsonBody.MaxDepth });
            var body = new BodyReader(document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw RequestException.Invalid("A message is a JSON object."));
            asked = new UserMessage(body.Text("id") ?? "", body.Text("conversation_id"), body.Text("thread_id"));
            switch (body.Text("type"))
            {
                case "auth_message":
                    await AuthoriseAsync(body);
                    break;
                case "user_message" when _caller is not null:
                    Begin(asked, body);
                    break;
                case "user_interaction_message" when _caller is not null:
                    Answer(body);
                    break;
                case "user_message" or "user_interaction_message":
                    await SendAsync(_messages.Error(asked, new ToolkitError("user_auth_error", "Send an auth_message with a key first.", "Authentication")));
                    break;
                case var other:
                    await SendAsync(_messages.Error(asked, new ToolkitError("invalid_message_type", $"'{other}' is no type of message; user_message, user_interaction_message or auth_message is needed.", "ValidationError")));
                    break;
            }
        }
        catch (JsonException broken)
        {
            await SendAsync(_messages.Error(null, new ToolkitError("invalid_message", $"The message is no JSON: {broken.Message}", nameof(JsonException))));
        }
        catch (InvalidOperationException broken) when (broken is not ObjectDisposedException)
        {
            // A text whose escapes are half a character: JSON, but no words.
            await SendAsync(_messages.Error(asked, new ToolkitError("invalid_message", $"The message has a text that cannot be read: {broken.Message}", nameof(JsonException))));
        }
        catch (RequestException wrong)
        {
            await SendAsync(_messages.Error(asked, new ToolkitError("invalid_user_message_content", wrong.Message, "ValidationError")));
        }
    }

    /// <summary>A key, a token, or a name and password: where the server asks for keys it must be good, elsewhere it tells users apart.</summary>
    private async Task AuthoriseAsync(BodyReader body)
    {
        var payload = body.Find("payload") is { ValueKind: JsonValueKind.Object } given ? new BodyReader(given) : throw RequestException.Invalid("'payload' is missing.", "payload");
        var method = payload.Text("method") ?? "";
        var (shown, user) = method switch
        {
            "jwt" or "api_key" when payload.Text("token") is { Length: > 0 } token => (token, UserIds.FromToken(token)),
            "basic" when payload.Text("username") is { Length: > 0 } name && payload.Text("password") is { } password => ("", UserIds.FromBasic(name, password)),
            _ => ("", null),
        };
        var known = !parts.Callers.AreAsked ? user is null ? null : new Caller(null, user, user)
            : shown.Length > 0 ? await parts.Callers.IdentifyAsync(shown, _caller?.UserId ?? user) : null;
        _caller = known ?? _caller;
        await SendAsync(_messages.Auth(known, method));
    }

    private void Begin(UserMessage asked, BodyReader body)
    {
        if (_running.Count >= MaxRuns)
            throw RequestException.Invalid($"{MaxRuns} questions of this socket are under way. Wait for one of them.");
        if (body.Find("content") is not { ValueKind: JsonValueKind.Object } content)
            throw RequestException.Invalid("'content' is missing: an object with 'messages'.", "content");
        var request = new ReasonerRequest(ChatMessages.Read(new BodyReader(content).Find("messages")));
        var schema = body.Text("schema_type") ?? "chat_stream";
        if (schema is not ("generate" or "generate_stream" or "chat" or "chat_stream"))
            throw RequestException.Invalid($"'schema_type' is '{schema}'; generate, generate_stream, chat or chat_stream is needed.", "schema_type");
        var run = AskAsync(asked, request, isStream: schema.EndsWith("_stream", StringComparison.Ordinal), isChat: schema.StartsWith("chat", StringComparison.Ordinal));
        _running[run] = true;
        _ = run.ContinueWith(ended => _running.TryRemove(ended, out _), TaskScheduler.Default);
    }

    private void Answer(BodyReader body)
    {
        var said = body.Find("content") is { ValueKind: JsonValueKind.Object } content && new BodyReader(content).Find("messages") is { ValueKind: JsonValueKind.Array } messages
            ? SocketAnswer.Read(messages)
            : null;
        var waiting = body.Text("parent_id") is { } parent && _asked.TryRemove(parent, out var named) ? named
            : _asked.Count == 1 && _asked.TryRemove(_asked.Keys.Single(), out var only) ? only
            : throw RequestException.Invalid("No question waits for this answer.", "parent_id");
        waiting.TrySetResult(said ?? throw RequestException.Invalid("'content.messages' has no answer.", "content"));
    }

    private async Task AskAsync(UserMessage asked, ReasonerRequest request, bool isStream, bool isChat)
    {
        await Task.Yield();
        try
        {
            var handle = parts.Runs.Start(http, function, request, _caller!, asked.ConversationId);
            if (parts.Options.Telemetry.IsTracing)
                await SendAsync(_messages.Trace(asked, TraceIds.Of(parts.Hub.Runs.Find(handle.RunId).Header)));
            var result = await ShowAsync(asked, handle, isStream, isChat);
            while (Executions.Waiting(result) is { } waiting)
            {
                var answer = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
                _asked[asked.Id] = answer;
                await SendAsync(_messages.Interaction(asked, waiting.Prompt));
                var said = await answer.Task.WaitAsync(_closed.Token);
                handle = await parts.Hub.ResumeAsync(result.RunId, new ResumeOptions { Answers = new Dictionary<string, string> { [result.Pending!.EffectId] = said } }, _closed.Token);
                result = await ShowAsync(asked, handle, isStream, isChat);
            }

            if (result.Status != RunStatus.Completed)
                await SendAsync(_messages.Error(asked, Failures.Toolkit(new RunFailedException(result))));
            else if (!_streamed.TryRemove(asked.Id, out _) && result.Text.Length > 0)
                await SendAsync(_messages.Response(asked, Content(result.Text, isChat)));
            await SendAsync(_messages.Response(asked, null));
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The socket closed; the run was cancelled.
        }
    }

    private async Task<RunResult> ShowAsync(UserMessage asked, IRunHandle handle, bool isStream, bool isChat)
    {
        await using var guard = new RunGuard(handle, parts.Options.RunTimeout, parts.Options.Time, null, _closed.Token);
        var steps = new StepAdaptor(parts.Options.FrontEnd.StepAdaptor, handle);
        using var watch = parts.Runs.Flows?.Watch(handle.RunId);
        await foreach (var entry in Watched.EventsAsync(handle, watch, needed => SendAsync(_messages.Interaction(asked, HumanPrompt.Consent(needed.AuthUrl))), _closed.Token))
        {
            if (isStream && entry is { IsAnswerPart: true, Chunk.Length: > 0 })
            {
                _streamed[asked.Id] = true;
                await SendAsync(_messages.Response(asked, Content(entry.Chunk, isChat)));
            }
            else if (steps.Step(entry) is { } step)
            {
                await SendAsync(_messages.Intermediate(asked, step));
            }
        }

        return await handle.Completion;
    }

    /// <summary>Text for chats; what the toolkit calls a generate response for the others.</summary>
    private static JsonObject Content(string text, bool isChat) => isChat
        ? new JsonObject { ["text"] = text }
        : new JsonObject { ["intermediate_steps"] = null, ["output"] = text, ["value"] = "default" };

    private async Task SendAsync(JsonObject message)
    {
        await _sending.WaitAsync(_closed.Token);
        try
        {
            await socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString(Wire.Options)), WebSocketMessageType.Text, endOfMessage: true, _closed.Token);
        }
        finally
        {
            _sending.Release();
        }
    }
}

/// <summary>What a session needs of its server.</summary>
internal sealed record SocketParts(IHub Hub, HubServerOptions Options, Callers Callers, RequestRuns Runs);
