using Hub.Abstractions;
using Microsoft.Extensions.Logging;

namespace Hub.Server.Telemetry;

/// <summary>Watches a hub for as long as it is served: metrics always, spans and records where the workflow file says where they go.</summary>
internal sealed class ServedTelemetry : IAsyncDisposable
{
    private readonly RunMetrics _metrics;
    private readonly IDisposable _observation;
    private readonly TelemetryExport? _export;

    /// <exception cref="HubException">An address or a key is missing, or a file cannot be written.</exception>
    public ServedTelemetry(IHub hub, RunMetrics metrics, HubServerOptions options, ILoggerFactory logs)
    {
        _metrics = metrics;
        var log = logs.CreateLogger(RunProjections.SourceName);
        foreach (var (name, type) in options.Telemetry.Missing)
            log.LogWarning("general.telemetry.tracing.{Name}: '{Type}' is not an exporter of this hub; file, otelcollector, phoenix and langfuse are. Nothing is sent there.", name, type);
        _export = options.Telemetry.IsTracing ? new TelemetryExport(hub, metrics, options.Telemetry, logs, options.Time) : null;
        _observation = hub.Observe(_metrics);
    }

    /// <summary>Passes on what somebody thinks of an answer.</summary>
    /// <param name="run">The run that answered.</param>
    /// <param name="feedback">What they think.</param>
    public void Tell(RunHeader run, Feedback feedback) => _export?.Tell(run, feedback);

    public async ValueTask DisposeAsync()
    {
        _observation.Dispose();
        if (_export is not null)
            await _export.DisposeAsync();
        _metrics.Dispose();
    }
}
