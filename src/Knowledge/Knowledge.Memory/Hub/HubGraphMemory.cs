using System.Globalization;
using System.Text.Json;
using Backends.Abstractions;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Knowledge.Memory;

/// <summary>Graph memories as the toolkit's memory provider: a user's items are turns, and the facts in them are found and recalled too.</summary>
/// <remarks>What was kept by a run has the run as its source, so that purging the run takes it away again. Thread safety: all members.</remarks>
public sealed class HubGraphMemory : IRunMemory, IMemoryGraph, IDisposable
{
    private const string Untold = "memory";
    private const string NobodyInParticular = "default_user";

    private readonly GraphMemories _memories;

    /// <summary>Memories of a hub.</summary>
    /// <param name="options">Where they are and what they know.</param>
    /// <param name="services">Gives the hub's components, its clock and its run log where it has one.</param>
    /// <exception cref="HubException">The schema cannot be read.</exception>
    public HubGraphMemory(HubGraphOptions options, IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(services);
        var time = services.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System;
        var components = services.GetService(typeof(IHubComponents)) as IHubComponents;
        var schema = Schema(options.Schema);
        _memories = new GraphMemories(
            options.Path,
            store => new GraphMemory(store, Extractor(options, components), new GraphMemoryOptions
            {
                Schema = schema,
                Time = time,
                Embeddings = options.Embedder is { } embedder ? Components(components).Embedder(embedder.Name) : null,
                Offload = services.GetService(typeof(IGraphOffload)) as IGraphOffload,
                Runs = services.GetService(typeof(IRunStore)) as IRunStore,
            }),
            options.MaxOpen,
            new StoreOptions { Time = time });
    }

    /// <inheritdoc/>
    public IMemory For(RunHeader run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return new Bound(this, run.Tenant, run.RunId);
    }

    /// <summary>Uses a user's memory as the graph that it is.</summary>
    /// <param name="run">The run whose tenant and user are meant.</param>
    /// <param name="use">What to do with it.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<T> UseAsync<T>(RunHeader run, Func<GraphMemory, Task<T>> use, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        return _memories.UseAsync(run.Tenant, run.UserId ?? NobodyInParticular, use, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<MemoryGraphView?> LookAsync(MemoryOwner owner, string question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(owner);
        ArgumentNullException.ThrowIfNull(question);
        if (!await _memories.ExistsAsync(owner.Tenant, owner.UserId, cancellationToken))
            return null;
        return await _memories.UseAsync(owner.Tenant, owner.UserId, memory => MemoryLook.AtAsync(memory, owner, question, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public Task AddAsync(IReadOnlyList<MemoryItem> items, CancellationToken cancellationToken) => AddAsync(null, Untold, items, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MemoryItem>> SearchAsync(string userId, string query, int topK, CancellationToken cancellationToken) => SearchAsync(null, userId, query, topK, cancellationToken);

    /// <inheritdoc/>
    public Task RemoveAsync(string userId, CancellationToken cancellationToken) => _memories.RemoveAsync(null, userId, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _memories.Dispose();

    private async Task AddAsync(string? tenant, string source, IReadOnlyList<MemoryItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (var user in items.GroupBy(i => i.UserId))
        {
            await _memories.UseAsync(tenant, user.Key, async memory =>
            {
                foreach (var item in user)
                    foreach (var said in Said(item))
                        await memory.WriteAsync(Source(source, item, said.Role), said.Content, cancellationToken);
                return true;
            }, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<MemoryItem>> SearchAsync(string? tenant, string userId, string query, int topK, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(userId);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(topK, 1);
        if (!await _memories.ExistsAsync(tenant, userId, cancellationToken))
            return []; // a question makes no memory
        return await _memories.UseAsync<IReadOnlyList<MemoryItem>>(tenant, userId, async memory =>
        {
            var recall = await memory.RecallAsync(query, new RecallOptions { MaxTurns = topK, MaxFacts = Math.Max(1, topK / 2), Speaker = userId }, cancellationToken);
            var turns = recall.Turns.Select(t => Item(userId, t));
            // A fact says what was said in fewer words: with one or two items asked for, the words themselves are worth more.
            return [.. recall.Facts.Where(_ => topK > 2).Select(f => Item(userId, f)).Concat(turns).Take(topK)];
        }, cancellationToken);
    }

    private static IEnumerable<MemoryMessage> Said(MemoryItem item)
    {
        IReadOnlyList<MemoryMessage> messages = item.Conversation ?? [];
        if (item.Memory is { Length: > 0 } memory && messages.All(m => m.Content != memory))
            yield return new MemoryMessage("user", memory);
        foreach (var message in messages.Where(m => !string.IsNullOrWhiteSpace(m.Content)))
            yield return message;
    }

    private static MemorySource Source(string source, MemoryItem item, string role) => new()
    {
        Id = source,
        Speaker = role == "assistant" ? "assistant" : item.UserId,
        Keywords = item.Tags,
        Metadata = item.Metadata.Count == 0 ? null : JsonSerializer.Serialize(item.Metadata, HubJson.Options),
    };

    private static MemoryItem Item(string user, RecalledTurn turn)
    {
        var metadata = turn.Metadata is { } kept ? JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(kept, HubJson.Options)! : [];
        metadata.TryAdd("source", JsonSerializer.SerializeToElement(turn.Source, HubJson.Options));
        if (turn.At is { } at)
            metadata.TryAdd("at", JsonSerializer.SerializeToElement(at.ToString("O", CultureInfo.InvariantCulture), HubJson.Options));
        return new MemoryItem
        {
            UserId = user,
            Conversation = [new MemoryMessage(turn.Speaker == "assistant" ? "assistant" : "user", turn.Text)],
            Memory = turn.Text,
            Tags = turn.Keywords,
            Metadata = metadata,
            SimilarityScore = turn.Score,
        };
    }

    private static MemoryItem Item(string user, RecalledFact fact) => new()
    {
        UserId = user,
        Memory = fact.Text,
        Tags = ["fact"],
        Metadata = new Dictionary<string, JsonElement>
        {
            ["triple"] = JsonSerializer.SerializeToElement(fact.Triple.ToString(), HubJson.Options),
            ["confidence"] = JsonSerializer.SerializeToElement(fact.Confidence, HubJson.Options),
            ["sources"] = JsonSerializer.SerializeToElement(fact.Claims.Select(c => c.Source).Distinct(), HubJson.Options),
        },
        SimilarityScore = fact.Score,
    };

    private static IHubComponents Components(IHubComponents? components) =>
        components ?? throw new HubException("A graph memory with a model or an embedder needs the hub's components; register it through a workflow file or a hub builder.");

    private static IMemoryExtractor? Extractor(HubGraphOptions options, IHubComponents? components) =>
        options.Llm is { } llm ? new ModelExtractor(Components(components).Model(llm.Name)) : options.Schema is null ? null : new RuleExtractor();

    private static MemorySchema Schema(string? file)
    {
        if (file is null)
            return MemorySchema.Empty;
        try
        {
            return MemorySchema.From(Dataset.Load(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RdfSyntaxException or NotSupportedException or ArgumentException)
        {
            throw new HubException($"The schema '{file}' of a graph memory cannot be read: {e.Message}", e);
        }
    }

    private sealed class Bound(HubGraphMemory memories, string? tenant, string runId) : IMemory
    {
        public Task AddAsync(IReadOnlyList<MemoryItem> items, CancellationToken cancellationToken) => memories.AddAsync(tenant, runId, items, cancellationToken);

        public Task<IReadOnlyList<MemoryItem>> SearchAsync(string userId, string query, int topK, CancellationToken cancellationToken) =>
            memories.SearchAsync(tenant, userId, query, topK, cancellationToken);

        public Task RemoveAsync(string userId, CancellationToken cancellationToken) => memories._memories.RemoveAsync(tenant, userId, cancellationToken);
    }
}
