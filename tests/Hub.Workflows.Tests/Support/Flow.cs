using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Abstractions;
using Hub.Core;
using Hub.Workflows.Building;
using Hub.Workflows.Builtins;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Reasoners;

namespace Hub.Workflows.Tests.Support;

/// <summary>Reads, checks, builds and asks workflows in one line of a test.</summary>
internal static class Flow
{
    /// <summary>23 November 2026, 15:45:12 UTC.</summary>
    public static FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 15, 45, 12, TimeSpan.Zero));

    /// <summary>The built-ins, the agents, and a model that says what it was given.</summary>
    public static ComponentRegistry Registry()
    {
        var registry = new ComponentRegistry().Add(new BuiltinPlugin()).Add(new ReasonersPlugin());
        registry.AddModel<EchoOptions>("echo", static (o, _) => new EchoModel(o)).AddModel<EchoOptions>("hub_local", static (o, _) => new EchoModel(o)).AddModel<EchoOptions>("openai", static (o, _) => new EchoModel(o));
        return registry;
    }

    public static IReadOnlyList<string> Mistakes(string yaml, string? llm = null) => [.. Check(yaml, llm).Mistakes.Select(m => m.ToString())];

    public static IReadOnlyList<string> Warnings(string yaml, string? llm = null) => [.. Check(yaml, llm).Warnings.Select(m => m.ToString())];

    public static Workflow Build(string yaml, string? llm = null, IReadOnlyList<KeyValuePair<string, string>>? overrides = null) =>
        Workflow.Build(WorkflowDocument.Parse(yaml, "f.yml", overrides, static _ => null), Registry(), new Services(), new WorkflowOptions { Llm = llm });

    /// <summary>Asks a workflow's default reasoner in a run of its own.</summary>
    public static async Task<RunResult> AskAsync(Workflow workflow, string question)
    {
        await using var hub = new ReasoningHub(new HubOptions { Components = new FixedComponents(workflow.Components, workflow.Reasoners), Store = new MemoryRunStore(), Time = Time });
        return await hub.RunAsync(hub.DefaultReasoner, question);
    }

    private static (IReadOnlyList<WorkflowMistake> Mistakes, IReadOnlyList<WorkflowMistake> Warnings) Check(string yaml, string? llm)
    {
        try
        {
            var (mistakes, warnings, _) = Workflow.Validate(WorkflowDocument.Parse(yaml, "f.yml", null, static _ => null), Registry(), new WorkflowOptions { Llm = llm });
            return (mistakes, warnings);
        }
        catch (WorkflowException unreadable)
        {
            return (unreadable.Mistakes, []);
        }
    }

    internal sealed class Services : IServiceProvider
    {
        public object? GetService(Type serviceType) => serviceType == typeof(TimeProvider) ? Time : null;
    }

    internal sealed class EchoOptions
    {
        [ConfigKey("model_name", "model")]
        [Required]
        public string? Model { get; set; }

        [Range(0.0, 2.0)]
        public float? Temperature { get; set; }

        public string? ApiKey { get; set; }

        [JsonExtensionData]
        public Dictionary<string, JsonElement> Extra { get; set; } = [];
    }

    internal sealed class EchoModel(EchoOptions options) : IChatClient
    {
        public EchoOptions Options => options;

        public bool IsDisposed { get; private set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? chat = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, $"{options.Model}: {string.Join(" | ", messages.Select(m => $"{m.Role}: {m.Text}"))}")));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? chat = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("Nobody streams here.");

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

        public void Dispose() => IsDisposed = true;
    }
}
