using Hub.Server.Http;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Toolkit;

/// <summary><c>/monitor/users</c>: what each user asked.</summary>
/// <remarks>
/// Source: the toolkit's <c>routes/monitor.py</c>. Components here keep nothing for a user between runs, so that
/// nothing is counted under memory.
/// </remarks>
internal sealed class MonitorRoutes(UserActivity users, TimeProvider time)
{
    /// <summary><c>GET /monitor/users?user_id=</c>.</summary>
    public Task UsersAsync(HttpContext http)
    {
        UserEntry[] read = [.. users.Read(Caller.Of(http).Tenant, http.Request.Query["user_id"].FirstOrDefault()).Select(u => new UserEntry(
            u.UserId, new SessionEntry(u.Created, u.Last, u.Active, u.Active > 0), new RequestsEntry(u.Total, u.Active, u.AverageMilliseconds, u.Errors), new MemoryEntry(0, 0, 0)))];
        return http.Response.WriteAsJsonAsync(new MonitorAnswer(time.GetUtcNow(), read.Length, read), Wire.Options, http.RequestAborted);
    }

    private sealed record MonitorAnswer(DateTimeOffset Timestamp, int TotalActiveUsers, IReadOnlyList<UserEntry> Users);

    private sealed record UserEntry(string UserId, SessionEntry Session, RequestsEntry Requests, MemoryEntry Memory);

    private sealed record SessionEntry(DateTimeOffset CreatedAt, DateTimeOffset LastActivity, int RefCount, bool IsActive);

    private sealed record RequestsEntry(long TotalRequests, int ActiveRequests, double AvgLatencyMs, long ErrorCount);

    private sealed record MemoryEntry(int PerUserFunctionsCount, int PerUserFunctionGroupsCount, int ExitStackSize);
}
