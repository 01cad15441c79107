using Hub.Abstractions;

namespace NoOp;

/// <summary>An object store that is always empty.</summary>
internal sealed class NoOpObjectStore : IObjectStore
{
    public Task PutAsync(string key, StoredObject item, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task UpsertAsync(string key, StoredObject item, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<StoredObject> GetAsync(string key, CancellationToken cancellationToken) => throw new ObjectStoreException($"There is no object '{key}': this store keeps nothing.");

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => throw new ObjectStoreException($"There is no object '{key}': this store keeps nothing.");
}
