using Hub.Abstractions;

namespace Hub.Server.Http;

/// <summary>Counts what each user asked, for <c>/monitor/users</c>. Users who asked nothing for a while are forgotten.</summary>
/// <remarks>Thread safety: all members. At most <see cref="MaxUsers"/> are kept; the one who was idle longest makes room.</remarks>
internal sealed class UserActivity(TimeSpan timeout, TimeProvider time)
{
    private const int MaxUsers = 10_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<(string? Tenant, string User), Entry> _users = [];

    /// <summary>Counts a run from its beginning to its end.</summary>
    public void Count(string? tenant, string user, Task<RunResult> run)
    {
        Entry? entry;
        var began = time.GetUtcNow();
        lock (_lock)
        {
            if (!_users.TryGetValue((tenant, user), out entry))
            {
                if (_users.Count >= MaxUsers)
                    _users.Remove(_users.MinBy(u => u.Value.Last).Key);
                _users[(tenant, user)] = entry = new Entry(began);
            }

            (entry.Last, entry.Total, entry.Active) = (began, entry.Total + 1, entry.Active + 1);
        }

        _ = EndAsync(entry, began, run);
    }

    /// <summary>What is known of each user of a tenant, or of one.</summary>
    public IReadOnlyList<UserCounts> Read(string? tenant, string? user)
    {
        lock (_lock)
        {
            var oldest = time.GetUtcNow() - timeout;
            foreach (var gone in _users.Where(u => u.Value.Active == 0 && u.Value.Last < oldest).Select(u => u.Key).ToArray())
                _users.Remove(gone);
            return [.. _users.Where(u => u.Key.Tenant == tenant && (user is null || u.Key.User == user)).OrderBy(u => u.Key.User, StringComparer.Ordinal)
                .Select(u => new UserCounts(u.Key.User, u.Value.Created, u.Value.Last, u.Value.Total, u.Value.Active, u.Value.Done == 0 ? 0 : u.Value.Milliseconds / u.Value.Done, u.Value.Errors))];
        }
    }

    private async Task EndAsync(Entry entry, DateTimeOffset began, Task<RunResult> run)
    {
        var isGood = false;
        try
        {
            isGood = (await run).Status is RunStatus.Completed or RunStatus.Suspended;
        }
        catch (HubException)
        {
            // The log could not be written: whoever asked is told; here it counts as an error.
        }

        lock (_lock)
        {
            entry.Last = time.GetUtcNow();
            (entry.Active, entry.Done) = (entry.Active - 1, entry.Done + 1);
            entry.Milliseconds += (entry.Last - began).TotalMilliseconds;
            entry.Errors += isGood ? 0 : 1;
        }
    }

    private sealed class Entry(DateTimeOffset created)
    {
        public DateTimeOffset Created => created;

        public DateTimeOffset Last { get; set; }

        public long Total { get; set; }

        public int Active { get; set; }

        public long Done { get; set; }

        public double Milliseconds { get; set; }

        public long Errors { get; set; }
    }
}

/// <summary>What one user asked.</summary>
internal sealed record UserCounts(string UserId, DateTimeOffset Created, DateTimeOffset Last, long Total, int Active, double AverageMilliseconds, long Errors);
