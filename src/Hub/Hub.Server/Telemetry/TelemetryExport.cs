using Hub.Abstractions;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Hub.Server.Telemetry;

/// <summary>Sends spans, log records and metrics over OTLP, to each service that the workflow file names, and spans to its files.</summary>
internal sealed class TelemetryExport : IAsyncDisposable
{
    private const string TracesPath = "/v1/traces";
    private readonly List<IDisposable> _providers = [];
    private readonly ILoggerFactory _logs;
    private readonly IDisposable _observation;
    private readonly RunProjections _projections;

    /// <exception cref="HubException">An address or a key is missing, or a file cannot be written.</exception>
    public TelemetryExport(IHub hub, RunMetrics metrics, TelemetryOptions options, ILoggerFactory console, TimeProvider time)
    {
        List<StepFile> files = [];
        foreach (var (name, exporter) in options.Tracing)
        {
            if (exporter.Type == "file")
                files.Add(new StepFile(exporter));
            else
                AddOtlp(name, exporter, metrics);
        }

        _logs = LoggerFactory.Create(log =>
        {
            log.SetMinimumLevel(LogLevel.Information);
            foreach (var (_, exporter) in options.Tracing.Where(t => t.Value.Type == "otelcollector" && t.Value.Endpoint!.EndsWith(TracesPath, StringComparison.Ordinal)))
            {
                log.AddOpenTelemetry(to =>
                {
                    to.SetResourceBuilder(ResourceOf(exporter));
                    to.AddOtlpExporter(otlp => Configure(otlp, exporter, "/v1/logs"));
                });
            }
        });
        _projections = new RunProjections(hub, files, new BothLoggers(console.CreateLogger(RunProjections.SourceName), _logs.CreateLogger(RunProjections.SourceName)), time);
        _observation = hub.Observe(_projections);
    }

    /// <summary>Passes on what somebody thinks of an answer.</summary>
    public void Tell(RunHeader run, Feedback feedback) => _projections.Tell(run, feedback);

    public async ValueTask DisposeAsync()
    {
        _observation.Dispose();
        await _projections.DisposeAsync();
        foreach (var provider in _providers)
            provider.Dispose(); // sends what is left
        _logs.Dispose();
    }

    private void AddOtlp(string name, TraceExporterOptions exporter, RunMetrics metrics)
    {
        if (!Uri.TryCreate(exporter.Endpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
            throw new HubException($"general.telemetry.tracing.{name}.endpoint is '{exporter.Endpoint}'; an http or https address is needed.");
        _providers.Add(Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(ResourceOf(exporter))
            .SetSampler(new AlwaysOnSampler())
            .AddSource(RunProjections.SourceName)
            .AddOtlpExporter(otlp => Configure(otlp, exporter, TracesPath))
            .Build());
        if (exporter.Type == "otelcollector" && exporter.Endpoint.EndsWith(TracesPath, StringComparison.Ordinal))
        {
            _providers.Add(metrics.AddTo(Sdk.CreateMeterProviderBuilder().SetResourceBuilder(ResourceOf(exporter)))
                .AddOtlpExporter(otlp => Configure(otlp, exporter, "/v1/metrics"))
                .Build());
        }
    }

    private static ResourceBuilder ResourceOf(TraceExporterOptions exporter) => ResourceBuilder.CreateDefault()
        .AddService(exporter.Project ?? "hub", serviceVersion: RunLogFormat.HubVersion)
        .AddAttributes(exporter.ResourceAttributes.Select(a => new KeyValuePair<string, object>(a.Key, a.Value)))
        .AddAttributes(exporter.Type == "phoenix" && exporter.Project is { } project ? [new KeyValuePair<string, object>("openinference.project.name", project)] : []);

    private static void Configure(OtlpExporterOptions otlp, TraceExporterOptions exporter, string path)
    {
        otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
        var address = exporter.Endpoint!;
        otlp.Endpoint = new Uri(path != TracesPath && address.EndsWith(TracesPath, StringComparison.Ordinal) ? address[..^TracesPath.Length] + path : address);
        otlp.Headers = string.Join(',', exporter.Headers.Select(h => $"{h.Key}={Uri.EscapeDataString(h.Value)}"));
    }

    /// <summary>The server's own log and the collector's.</summary>
    private sealed class BothLoggers(ILogger first, ILogger second) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => first.IsEnabled(logLevel) || second.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            first.Log(logLevel, eventId, state, exception, formatter);
            second.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
