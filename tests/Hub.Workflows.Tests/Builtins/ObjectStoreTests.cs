using Hub.Abstractions;
using Hub.Workflows.Builtins.Objects;

namespace Hub.Workflows.Tests.Builtins;

public sealed class ObjectStoreTests
{
    [Fact]
    public async Task Store_PutGetUpsertDelete_KeepsToItsContract()
    {
        var store = new InMemoryObjectStore(new InMemoryObjectStoreOptions());
        await store.PutAsync("a", new StoredObject(new byte[] { 1 }, "text/plain"), default);

        Assert.Contains("has an object 'a' already", (await Assert.ThrowsAsync<ObjectStoreException>(() => store.PutAsync("a", new StoredObject(new byte[] { 2 }), default))).Message, StringComparison.Ordinal);
        Assert.Equal([1], (await store.GetAsync("a", default)).Data.ToArray());
        await store.UpsertAsync("a", new StoredObject(new byte[] { 3, 4 }), default);
        Assert.Equal([3, 4], (await store.GetAsync("a", default)).Data.ToArray());
        await store.DeleteAsync("a", default);
        await Assert.ThrowsAsync<ObjectStoreException>(() => store.GetAsync("a", default));
        await Assert.ThrowsAsync<ObjectStoreException>(() => store.DeleteAsync("a", default));
    }

    [Fact]
    public async Task Store_Full_SaysSoAndCountsWhatLeaves()
    {
        var store = new InMemoryObjectStore(new InMemoryObjectStoreOptions { MaxBytes = 4 });
        await store.PutAsync("a", new StoredObject(new byte[3]), default);

        Assert.Contains("max_bytes is 4", (await Assert.ThrowsAsync<HubException>(() => store.PutAsync("b", new StoredObject(new byte[2]), default))).Message, StringComparison.Ordinal);
        await store.DeleteAsync("a", default);
        await store.PutAsync("b", new StoredObject(new byte[4]), default);
        Assert.Equal(4, (await store.GetAsync("b", default)).Data.Length);
    }
}
