using Hub.Abstractions;

namespace Hub.Workflows.Builtins.Memory;

/// <summary>A memory that lives as long as the hub. Items are ranked by BM25 over their words.</summary>
/// <remarks>
/// Source of the ranking: S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, with k1 = 1.2 and b = 0.75.
/// Thread safety: all members.
/// </remarks>
/// <param name="options">Its limits.</param>
public sealed class InProcessMemory(InProcessMemoryOptions options) : IRunMemory
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<MemoryItem>> _users = new(StringComparer.Ordinal);
    private int _count;

    /// <inheritdoc/>
    public IMemory For(RunHeader run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Tenant is { } tenant ? new OfTenant(this, tenant) : this;
    }

    /// <inheritdoc/>
    /// <exception cref="HubException">The memory is full.</exception>
    public Task AddAsync(IReadOnlyList<MemoryItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        lock (_lock)
        {
            if (_count + items.Count > options.MaxItems)
                throw new HubException($"The memory holds {_count:N0} items and {items.Count:N0} more are to be added; max_items is {options.MaxItems:N0}. Delete memories of users, or raise the limit.");
            foreach (var item in items)
            {
                if (!_users.TryGetValue(item.UserId, out var kept))
                    _users[item.UserId] = kept = [];
                // The same thing said twice is known once; a resumed run may say it again.
                if (kept.Any(k => k.Text == item.Text))
                    continue;
                kept.Add(item with { SimilarityScore = null });
                _count++;
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<MemoryItem>> SearchAsync(string userId, string query, int topK, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(userId);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(topK, 1);
        lock (_lock)
        {
            var items = _users.GetValueOrDefault(userId) ?? [];
            var scores = Bm25.Scores(query, [.. items.Select(i => $"{i.Text}\n{string.Join(' ', i.Tags)}")]);
            return Task.FromResult<IReadOnlyList<MemoryItem>>(
            [
                .. items.Select((item, i) => item with { SimilarityScore = scores[i] }).Where(i => i.SimilarityScore > 0).OrderByDescending(i => i.SimilarityScore).Take(topK),
            ]);
        }
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string userId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(userId);
        lock (_lock)
        {
            if (_users.Remove(userId, out var removed))
                _count -= removed.Count;
        }

        return Task.CompletedTask;
    }

    // Users of a tenant have names that no user without one can have by mistake: with the tenant's length before it.
    private sealed class OfTenant(InProcessMemory memory, string tenant) : IMemory
    {
        private readonly string _prefix = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{tenant.Length}\n{tenant}\n");

        public Task AddAsync(IReadOnlyList<MemoryItem> items, CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(items);
            return memory.AddAsync([.. items.Select(i => i with { UserId = _prefix + i.UserId })], cancellationToken);
        }

        public async Task<IReadOnlyList<MemoryItem>> SearchAsync(string userId, string query, int topK, CancellationToken cancellationToken) =>
            [.. (await memory.SearchAsync(_prefix + userId, query, topK, cancellationToken)).Select(i => i with { UserId = userId })];

        public Task RemoveAsync(string userId, CancellationToken cancellationToken) => memory.RemoveAsync(_prefix + userId, cancellationToken);
    }
}
