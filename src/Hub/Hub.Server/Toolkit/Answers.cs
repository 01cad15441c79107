using Hub.Abstractions;
using Hub.Server.Http;
using Hub.Server.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Toolkit;

/// <summary>What the toolkit's whole answers have in common.</summary>
internal static class Answers
{
    /// <summary>Says in the headers which run, and which trace, an answer is of.</summary>
    public static void Tell(HttpContext http, RequestRuns runs, RunResult result, HubServerOptions options)
    {
        http.Response.Headers["X-Run-Id"] = result.RunId;
        if (options.Telemetry.IsTracing)
            http.Response.Headers[TraceIds.Header] = TraceIds.Of(runs.Hub.Runs.Find(result.RunId).Header);
    }

    /// <summary>202: the run waits for a person.</summary>
    public static Task WaitingAsync<T>(HttpContext http, T waiting)
    {
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        return http.Response.WriteAsJsonAsync(waiting, Wire.Options, http.RequestAborted);
    }
}
