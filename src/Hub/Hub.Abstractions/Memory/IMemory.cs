namespace Hub.Abstractions;

/// <summary>What agents remember about their users between runs.</summary>
/// <remarks>Thread safety: all members. A reasoner calls it inside an effect (<see cref="RunPeople.OnceAsync"/>) or through a tool, so that a resume does not remember twice.</remarks>
public interface IMemory
{
    /// <summary>Keeps items.</summary>
    /// <param name="items">The items.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task AddAsync(IReadOnlyList<MemoryItem> items, CancellationToken cancellationToken);

    /// <summary>Items of a user that fit a query, the best first.</summary>
    /// <param name="userId">Whose memory is searched; nobody else's is ever returned.</param>
    /// <param name="query">What is asked, in words.</param>
    /// <param name="topK">How many items at most, 1 or more.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task<IReadOnlyList<MemoryItem>> SearchAsync(string userId, string query, int topK, CancellationToken cancellationToken);

    /// <summary>Forgets everything about a user.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    Task RemoveAsync(string userId, CancellationToken cancellationToken);
}
