using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Http;

/// <summary>How much one key, or one user where there are no keys, may ask: requests a minute, and requests at once.</summary>
internal static class CallerLimits
{
    /// <summary>The limiter of all requests; null where nothing is limited.</summary>
    public static PartitionedRateLimiter<HttpContext>? Limiter(FrontEndOptions options)
    {
        List<PartitionedRateLimiter<HttpContext>> limiters = [];
        if (options.RequestsPerMinute > 0)
        {
            limiters.Add(Each(name => RateLimitPartition.GetTokenBucketLimiter(name, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.RequestsPerMinute,
                TokensPerPeriod = options.RequestsPerMinute,
                ReplenishmentPeriod = TimeSpan.FromMinutes(1),
                AutoReplenishment = true,
            })));
        }

        if (options.MaxConcurrentRequests > 0)
            limiters.Add(Each(name => RateLimitPartition.GetConcurrencyLimiter(name, _ => new ConcurrencyLimiterOptions { PermitLimit = options.MaxConcurrentRequests })));
        return limiters.Count == 0 ? null : PartitionedRateLimiter.CreateChained([.. limiters]);
    }

    /// <summary>Seconds after which to try again.</summary>
    public static string RetryAfter(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture) : "1";

    /// <summary>Why a request was refused.</summary>
    public static string Reason(RateLimitLease lease, HubServerOptions options) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out _) ? "This key asks too often. 'Retry-After' says when the next request is taken."
        : $"{options.MaxConcurrentRuns} runs are under way and {options.MaxQueuedRequests} requests wait{(options.FrontEnd.MaxConcurrentRequests > 0 ? $", or {options.FrontEnd.MaxConcurrentRequests} requests of this key are" : "")}. Try again later.";

    private static PartitionedRateLimiter<HttpContext> Each(Func<string, RateLimitPartition<string>> partition) =>
        PartitionedRateLimiter.Create<HttpContext, string>(http => http.GetEndpoint()?.Metadata.GetMetadata<HubRoutes.Open>() is not null
            ? RateLimitPartition.GetNoLimiter("")
            : partition(Caller.Of(http).Name));
}
