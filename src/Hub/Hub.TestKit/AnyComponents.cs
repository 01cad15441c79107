using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.TestKit;

/// <summary>Components for factories that look others up while they are made: an empty memory and an empty object store under every name, and nothing else.</summary>
internal sealed class AnyComponents : IHubComponents
{
    public IChatClient Model(string name) => throw new UnknownNameException("model", name, []);

    public IReadOnlyList<AIFunction> Tools(string name) => throw new UnknownNameException("tool", name, []);

    public IReasoner Reasoner(string name) => throw new UnknownNameException("reasoner", name, []);

    public IMemory Memory(string name) => new EmptyMemory();

    public IObjectStore ObjectStore(string name) => new EmptyStore();

    private sealed class EmptyMemory : IMemory
    {
        public Task AddAsync(IReadOnlyList<MemoryItem> items, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<IReadOnlyList<MemoryItem>> SearchAsync(string userId, string query, int topK, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<MemoryItem>>([]);

        public Task RemoveAsync(string userId, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class EmptyStore : IObjectStore
    {
        public Task PutAsync(string key, StoredObject item, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task UpsertAsync(string key, StoredObject item, CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<StoredObject> GetAsync(string key, CancellationToken cancellationToken) => throw new ObjectStoreException($"There is no object '{key}'.");

        public Task DeleteAsync(string key, CancellationToken cancellationToken) => throw new ObjectStoreException($"There is no object '{key}'.");
    }
}
