namespace Knowledge.Memory;

/// <summary>Memories of those who must not see each other's: a store for each tenant and user, opened when it is asked for.</summary>
/// <remarks>
/// A memory has a folder of its own, named by a hash, so that no name leads out of the folder and no query of one reaches another. Removing somebody's memory removes the folder.
/// Thread safety: all members.
/// </remarks>
public sealed class GraphMemories : IDisposable
{
    private readonly string? _folder;
    private readonly Func<QuadStore, GraphMemory> _create;
    private readonly int _maxOpen;
    private readonly StoreOptions _storeOptions;
    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly Dictionary<string, Open> _open = new(StringComparer.Ordinal);
    private long _clock;
    private bool _isDisposed;

    /// <summary>Memories in a folder.</summary>
    /// <param name="folder">The folder; null keeps them in memory, for as long as this lives.</param>
    /// <param name="create">Makes a memory of a store.</param>
    /// <param name="maxOpen">How many stores are kept open when nobody uses them, 1 or more; the one that was used last longest ago is closed first. In memory, none is closed.</param>
    /// <param name="storeOptions">How the stores behave; null for the defaults.</param>
    public GraphMemories(string? folder, Func<QuadStore, GraphMemory> create, int maxOpen = 64, StoreOptions? storeOptions = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxOpen, 1);
        (_folder, _create, _maxOpen, _storeOptions) = (folder, create, maxOpen, storeOptions ?? new StoreOptions());
    }

    /// <summary>Uses the memory of a tenant and user.</summary>
    /// <param name="tenant">The tenant, or null.</param>
    /// <param name="user">The user, or null.</param>
    /// <param name="use">What to do with it; it may not be kept.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="StoreException">The store cannot be opened.</exception>
    public async Task<T> UseAsync<T>(string? tenant, string? user, Func<GraphMemory, Task<T>> use, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(use);
        var key = Key(tenant, user);
        var open = await AcquireAsync(key, cancellationToken);
        try
        {
            return await use(open.Memory);
        }
        finally
        {
            await _opening.WaitAsync(CancellationToken.None);
            open.Users--;
            Trim();
            _opening.Release();
        }
    }

    /// <summary>Whether something was ever written for a tenant's user.</summary>
    /// <param name="tenant">The tenant, or null.</param>
    /// <param name="user">The user, or null.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<bool> ExistsAsync(string? tenant, string? user, CancellationToken cancellationToken = default)
    {
        var key = Key(tenant, user);
        if (_folder is not null)
            return Directory.Exists(Path.Combine(_folder, key));
        await _opening.WaitAsync(cancellationToken);
        try
        {
            return _open.ContainsKey(key);
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Forgets everything of a tenant's user: the store is closed and its folder removed.</summary>
    /// <param name="tenant">The tenant, or null.</param>
    /// <param name="user">The user, or null.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Whether there was anything.</returns>
    /// <exception cref="InvalidOperationException">Somebody is using it at this moment.</exception>
    public async Task<bool> RemoveAsync(string? tenant, string? user, CancellationToken cancellationToken = default)
    {
        var key = Key(tenant, user);
        await _opening.WaitAsync(cancellationToken);
        try
        {
            var isThere = _open.TryGetValue(key, out var open);
            if (isThere && open!.Users > 0)
                throw new InvalidOperationException($"The memory is used by {open.Users} others at this moment; ask again when they are done.");
            if (isThere)
                Close(key);
            if (_folder is null || !Directory.Exists(Path.Combine(_folder, key)))
                return isThere;
            Directory.Delete(Path.Combine(_folder, key), recursive: true);
            return true;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Closes all stores.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        foreach (var key in _open.Keys.ToList())
            Close(key);
        _opening.Dispose();
    }

    private async Task<Open> AcquireAsync(string key, CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_open.TryGetValue(key, out var open))
            {
                var store = _folder is null ? QuadStore.InMemory(_storeOptions.Time) : QuadStore.Open(Path.Combine(_folder, key), _storeOptions);
                _open[key] = open = new Open(store, _create(store));
            }

            open.Users++;
            open.Used = ++_clock;
            return open;
        }
        finally
        {
            _opening.Release();
        }
    }

    private void Trim()
    {
        while (_folder is not null && _open.Count > _maxOpen && _open.Where(o => o.Value.Users == 0).OrderBy(o => o.Value.Used).FirstOrDefault() is { Key: { } idle })
            Close(idle);
    }

    private void Close(string key)
    {
        _open.Remove(key, out var open);
        open!.Memory.Dispose();
        open.Store.Dispose();
    }

    private static string Key(string? tenant, string? user) => ClaimWriter.Hash(tenant is null ? "0" : "1" + tenant, user is null ? "0" : "1" + user);

    private sealed class Open(QuadStore store, GraphMemory memory)
    {
        public QuadStore Store => store;

        public GraphMemory Memory => memory;

        public int Users { get; set; }

        public long Used { get; set; }
    }
}
