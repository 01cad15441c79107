using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Hub.Abstractions;

namespace Hub.Server.Telemetry;

/// <summary>The trace of a run: the caller's, where its request names one (<c>traceparent</c>, W3C Trace Context), otherwise one that follows from the run's id.</summary>
internal static class TraceIds
{
    /// <summary>Header of answers in which clients find the trace.</summary>
    public const string Header = "Observability-Trace-Id";

    /// <summary>Its id, 32 hexadecimal digits.</summary>
    public static string Of(RunHeader run) => Context(run).TraceId.ToHexString();

    /// <summary>What the run's first span is a child of; without a span where the trace is the run's own.</summary>
    public static ActivityContext Context(RunHeader run)
    {
        if (run.Request?.Headers?.TryGetValue("traceparent", out var parent) == true && ActivityContext.TryParse(parent, run.Request.Headers.GetValueOrDefault("tracestate"), isRemote: true, out var caller))
            return caller;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"trace:{run.RunId}"));
        return new ActivityContext(ActivityTraceId.CreateFromBytes(hash.AsSpan(0, 16)), default, ActivityTraceFlags.Recorded);
    }
}
