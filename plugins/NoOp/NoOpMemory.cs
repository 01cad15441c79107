using Hub.Abstractions;

namespace NoOp;

/// <summary>A memory that remembers nothing.</summary>
internal sealed class NoOpMemory : IMemory
{
    public Task AddAsync(IReadOnlyList<MemoryItem> items, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<MemoryItem>> SearchAsync(string userId, string query, int topK, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<MemoryItem>>([]);

    public Task RemoveAsync(string userId, CancellationToken cancellationToken) => Task.CompletedTask;
}
