using System.ComponentModel;
using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Workflows.Builtins.Memory;

/// <summary>The toolkit's three tools over a memory.</summary>
public static class MemoryTools
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.General);

    /// <summary><c>add_memory</c>.</summary>
    /// <param name="store">The memory.</param>
    /// <param name="description">What a model reads of it; null for the built-in text.</param>
    public static AIFunction Add(IMemory store, string? description) => Tool("add_memory", description ?? "Remembers something about a user, for later conversations.",
        async (
            [Description("Whose memory it is.")] string user_id,
            [Description("Messages to remember, each with role (user or assistant) and content.")] IReadOnlyList<MemoryMessage>? conversation = null,
            [Description("Tags, e.g. diet.")] IReadOnlyList<string>? tags = null,
            [Description("Anything else to keep with it.")] Dictionary<string, JsonElement>? metadata = null,
            [Description("What to remember, in words, where there is no conversation.")] string? memory = null,
            AIFunctionArguments? call = null,
            CancellationToken cancellationToken = default) =>
        {
            if (conversation is not { Count: > 0 } && string.IsNullOrWhiteSpace(memory))
                throw new ArgumentException("Neither conversation nor memory was given; one of them is needed.");
            var item = new MemoryItem
            {
                UserId = user_id,
                Conversation = conversation is { Count: > 0 } ? conversation : [new MemoryMessage("user", memory!)],
                Tags = tags ?? [],
                Metadata = metadata ?? [],
                Memory = memory,
            };
            await Of(store, call).AddAsync([item], cancellationToken);
            return "Memory added. Go on, and answer the user.";
        });

    /// <summary><c>get_memory</c>.</summary>
    /// <param name="store">The memory.</param>
    /// <param name="description">What a model reads of it; null for the built-in text.</param>
    public static AIFunction Get(IMemory store, string? description) => Tool("get_memory", description ?? "Finds what is remembered about a user, to answer in a personal way.",
        async (
            [Description("What to look for, in words.")] string query,
            [Description("How many memories at most.")] int top_k,
            [Description("Whose memory it is.")] string user_id,
            AIFunctionArguments? call = null,
            CancellationToken cancellationToken = default) =>
            $"Memories as a JSON: \n{JsonSerializer.Serialize(await Of(store, call).SearchAsync(user_id, query, top_k, cancellationToken), s_json)}");

    /// <summary><c>delete_memory</c>.</summary>
    /// <param name="store">The memory.</param>
    /// <param name="description">What a model reads of it; null for the built-in text.</param>
    public static AIFunction Delete(IMemory store, string? description) => Tool("delete_memory", description ?? "Forgets everything that is remembered about a user.",
        async ([Description("Whose memory it is, as the conversation names the user.")] string user_id, AIFunctionArguments? call = null, CancellationToken cancellationToken = default) =>
        {
            await Of(store, call).RemoveAsync(user_id, cancellationToken);
            return "Memories deleted!";
        });

    // Tenants are kept apart by the run that calls; outside of runs there is none.
    private static IMemory Of(IMemory store, AIFunctionArguments? call) =>
        store.For(call?.Context?.TryGetValue(typeof(ToolCallContext), out var context) == true ? (context as ToolCallContext)?.Run : null);

    // What is remembered twice is known once, and what is forgotten stays forgotten: a resume may call them again.
    private static AIFunction Tool(string name, string description, Delegate method) => HubTool.Create(method, name, Redo.Freely, description);
}
