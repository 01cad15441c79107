using System.Collections.Concurrent;
using Hub.Abstractions;

namespace Hub.Workflows.Builtins.Objects;

/// <summary>An object store that lives as long as the hub.</summary>
/// <remarks>Thread safety: all members.</remarks>
/// <param name="options">Its limits.</param>
public sealed class InMemoryObjectStore(InMemoryObjectStoreOptions options) : IObjectStore
{
    private readonly ConcurrentDictionary<string, StoredObject> _items = new(StringComparer.Ordinal);
    private long _bytes;

    /// <inheritdoc/>
    /// <exception cref="ObjectStoreException">The key exists.</exception>
    /// <exception cref="HubException">The store is full.</exception>
    public Task PutAsync(string key, StoredObject item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        Reserve(item.Data.Length);
        if (_items.TryAdd(key, item))
            return Task.CompletedTask;
        Reserve(-item.Data.Length);
        throw new ObjectStoreException($"The object store has an object '{key}' already. Delete it first, or upsert.");
    }

    /// <inheritdoc/>
    /// <exception cref="HubException">The store is full.</exception>
    public Task UpsertAsync(string key, StoredObject item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        Reserve(item.Data.Length);
        var before = 0;
        _items.AddOrUpdate(key, static (_, n) => n, (_, old, n) =>
        {
            before = old.Data.Length;
            return n;
        }, item);
        Reserve(-before);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<StoredObject> GetAsync(string key, CancellationToken cancellationToken) => _items.TryGetValue(key, out var item)
        ? Task.FromResult(item)
        : throw Missing(key);

    /// <inheritdoc/>
    public Task DeleteAsync(string key, CancellationToken cancellationToken)
    {
        if (!_items.TryRemove(key, out var item))
            throw Missing(key);
        Reserve(-item.Data.Length);
        return Task.CompletedTask;
    }

    private static ObjectStoreException Missing(string key) => new($"The object store has no object '{key}'.");

    private void Reserve(long bytes)
    {
        if (Interlocked.Add(ref _bytes, bytes) <= options.MaxBytes || bytes <= 0)
            return;
        Interlocked.Add(ref _bytes, -bytes);
        throw new HubException($"The object store holds {_bytes:N0} bytes and {bytes:N0} more are to be kept; max_bytes is {options.MaxBytes:N0}. Delete objects, or raise the limit.");
    }
}
