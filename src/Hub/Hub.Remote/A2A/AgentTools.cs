using System.Collections;
using System.ComponentModel;
using System.Text.Json.Nodes;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Remote.A2A;

/// <summary>An agent as tools: <c>call</c> for models, and what the protocol has beside it.</summary>
internal sealed class AgentTools(A2AClientOptions options, AgentClient client, TimeProvider time) : IRemoteTools, IDisposable
{
    private IReadOnlyList<AIFunction>? _tools;

    public bool IsConnected => _tools is not null;

    public int Count => Tools.Count;

    public AIFunction this[int index] => Tools[index];

    private IReadOnlyList<AIFunction> Tools => _tools ?? throw new InvalidOperationException("The agent's card was not read yet: call Connect.");

    public void Connect() => _tools = Create(Blocking.Run(() => client.CardAsync(CancellationToken.None)));

    public IEnumerator<AIFunction> GetEnumerator() => Tools.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose() => client.Dispose();

    private IReadOnlyList<AIFunction> Create(JsonObject card) =>
    [
        HubTool.Create(CallAsync, "call", Redo.Never, Description(card)),
        HubTool.Create(SendAsync, "send_message", Redo.Never, "Sends words to the agent and returns its task or message as it is."),
        HubTool.Create(StreamAsync, "send_message_streaming", Redo.Never, "Sends words to the agent and returns everything that it streamed."),
        HubTool.Create((string task_id, CancellationToken cancelled) => client.GetAsync(task_id, cancelled), "get_task", Redo.Freely, "Returns a task of the agent as it stands."),
        HubTool.Create((string task_id, CancellationToken cancelled) => client.CancelAsync(task_id, cancelled), "cancel_task", Redo.Freely, "Cancels a task of the agent."),
        HubTool.Create(() => card["skills"]?.DeepClone() ?? new JsonArray(), "get_skills", Redo.Freely, "Returns what the agent says it can do."),
        HubTool.Create(() => Info(card), "get_info", Redo.Freely, "Returns name, description and version of the agent."),
    ];

    private string Description(JsonObject card)
    {
        var words = $"Asks the agent {(string?)card["name"]}: {(string?)card["description"]}";
        return !options.IncludeSkillsInDescription || card["skills"] is not JsonArray { Count: > 0 } skills ? words
            : $"{words} It can: {string.Join("; ", skills.OfType<JsonObject>().Select(s => $"{(string?)s["name"]} ({(string?)s["description"]})"))}.";
    }

    private static JsonObject Info(JsonObject card) => new(card.Where(p => p.Key is "name" or "description" or "version" or "url" or "provider" or "capabilities").Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));

    private async Task<string> CallAsync(
        [Description("What to ask, in words.")] string query,
        [Description("The task that waits for this as its input; nothing for a new one.")] string? task_id = null,
        [Description("The conversation that it belongs to; nothing for a new one.")] string? context_id = null,
        CancellationToken cancelled = default)
    {
        using var limit = Limit(cancelled);
        if (!options.Streaming)
            return AgentAnswer.Text(await InTimeAsync(() => client.SendAsync(query, task_id, context_id, limit.Token), cancelled));
        var answer = new AgentAnswer();
        await foreach (var payload in client.StreamAsync(query, task_id, context_id, limit.Token))
            answer.Add(payload);
        return answer.ToText();
    }

    private async Task<JsonObject> SendAsync(string query, string? task_id = null, string? context_id = null, CancellationToken cancelled = default)
    {
        using var limit = Limit(cancelled);
        return await InTimeAsync(() => client.SendAsync(query, task_id, context_id, limit.Token), cancelled);
    }

    private async Task<JsonArray> StreamAsync(string query, string? task_id = null, string? context_id = null, CancellationToken cancelled = default)
    {
        using var limit = Limit(cancelled);
        var all = new JsonArray();
        await foreach (var payload in client.StreamAsync(query, task_id, context_id, limit.Token))
            all.Add(payload);
        return all;
    }

    private CancellationTokenSource Limit(CancellationToken cancelled)
    {
        var late = new CancellationTokenSource(TimeSpan.FromSeconds(options.TaskTimeout), time);
        cancelled.Register(late.Cancel);
        return late;
    }

    private async Task<T> InTimeAsync<T>(Func<Task<T>> ask, CancellationToken cancelled)
    {
        try
        {
            return await ask();
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            throw new TimeoutException($"The agent at {options.Url} did not answer within {options.TaskTimeout:0.###} seconds (task_timeout).");
        }
    }
}
