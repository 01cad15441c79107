namespace Hub.Abstractions;

/// <summary>Bytes by key: reports, uploads and the like.</summary>
/// <remarks>Thread safety: all members.</remarks>
public interface IObjectStore
{
    /// <summary>Keeps an object under a new key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="item">The object.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ObjectStoreException">The key exists.</exception>
    Task PutAsync(string key, StoredObject item, CancellationToken cancellationToken);

    /// <summary>Keeps an object under a key, in place of what was there.</summary>
    /// <param name="key">The key.</param>
    /// <param name="item">The object.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task UpsertAsync(string key, StoredObject item, CancellationToken cancellationToken);

    /// <summary>The object under a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ObjectStoreException">There is none.</exception>
    Task<StoredObject> GetAsync(string key, CancellationToken cancellationToken);

    /// <summary>Removes an object.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ObjectStoreException">There is none.</exception>
    Task DeleteAsync(string key, CancellationToken cancellationToken);
}
