using System.Diagnostics;
using System.Diagnostics.Metrics;
using Hub.Abstractions;
using OpenTelemetry.Metrics;

namespace Hub.Server.Telemetry;

/// <summary>Counts and times of runs and their steps, from what runs log.</summary>
/// <remarks>
/// Names of models' metrics are those of OpenTelemetry's conventions for generative AI (<c>gen_ai.client.*</c>); those of runs and tools are the hub's.
/// What a model did not report is not counted. Thread safety: all members.
/// </remarks>
internal sealed class RunMetrics : IRunObserver, IDisposable
{
    /// <summary>Name of the meter.</summary>
    private const string MeterName = "Hub.Runs";

    // The boundaries that the conventions advise.
    private static readonly InstrumentAdvice<double> s_seconds = new() { HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92] };
    private static readonly InstrumentAdvice<long> s_counts = new() { HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864] };

    private readonly Meter _meter = new(MeterName, RunLogFormat.HubVersion);
    private readonly Counter<long> _runs;
    private readonly UpDownCounter<long> _active;
    private readonly Histogram<double> _runTime;
    private readonly Histogram<double> _modelTime;
    private readonly Histogram<long> _tokens;
    private readonly Histogram<double> _toolTime;

    public RunMetrics()
    {
        _runs = _meter.CreateCounter<long>("hub.runs", description: "Runs that ended, by how they ended.");
        _active = _meter.CreateUpDownCounter<long>("hub.runs.active", description: "Runs under way.");
        _runTime = _meter.CreateHistogram<double>("hub.run.duration", "s", "Time from the beginning of a run to its end.", null, s_seconds);
        _modelTime = _meter.CreateHistogram<double>("gen_ai.client.operation.duration", "s", "Time of one call of a model.", null, s_seconds);
        _tokens = _meter.CreateHistogram<long>("gen_ai.client.token.usage", "{token}", "Tokens that one call of a model read or wrote.", null, s_counts);
        _toolTime = _meter.CreateHistogram<double>("hub.tool.duration", "s", "Time of one call of a tool.", null, s_seconds);
    }

    /// <summary>Gives a provider these metrics, and not those of another server of the same process.</summary>
    public MeterProviderBuilder AddTo(MeterProviderBuilder provider) =>
        provider.AddMeter(MeterName).AddView(instrument => ReferenceEquals(instrument.Meter, _meter) ? null : MetricStreamConfiguration.Drop);

    public void Appended(RunHeader header, RunEvent entry)
    {
        switch (entry.Kind)
        {
            case RunEventKind.LlmEnd when _modelTime.Enabled:
                Model(entry);
                break;
            case RunEventKind.ToolEnd when _toolTime.Enabled:
                var tags = new TagList { { "gen_ai.tool.name", entry.Name } };
                if (entry.Failure is { } failure)
                    tags.Add("error.type", failure.Type);
                _toolTime.Record(Seconds(entry), tags);
                break;
            case RunEventKind.WorkflowStart:
                _active.Add(1, new KeyValuePair<string, object?>("hub.function", header.Reasoner));
                break;
            case RunEventKind.WorkflowEnd when _runTime.Enabled:
                _runTime.Record(Seconds(entry), new("hub.function", header.Reasoner), new("hub.status", Name(entry.Status)));
                break;
            default:
                break;
        }
    }

    public void Left(RunHeader header, RunStatus status)
    {
        _active.Add(-1, new KeyValuePair<string, object?>("hub.function", header.Reasoner));
        _runs.Add(1, new("hub.function", header.Reasoner), new("hub.status", Name(status)));
    }

    public void Dispose() => _meter.Dispose();

    private void Model(RunEvent entry)
    {
        var tags = new TagList { { "gen_ai.operation.name", "chat" }, { "gen_ai.request.model", entry.Name }, { "gen_ai.provider.name", "hub" } };
        if (entry.Failure is { } failure)
            tags.Add("error.type", failure.Type);
        _modelTime.Record(Seconds(entry), tags);
        Tokens(entry.Usage?.PromptTokens, "input", tags);
        Tokens(entry.Usage?.CompletionTokens, "output", tags);
    }

    private void Tokens(long? count, string kind, TagList tags)
    {
        if (count is not { } tokens)
            return;
        tags.Add("gen_ai.token.type", kind);
        _tokens.Record(tokens, tags);
    }

    private static double Seconds(RunEvent end) => (end.Time - (end.StartTime ?? end.Time)).TotalSeconds;

    private static string Name(RunStatus? status) => status switch
    {
        RunStatus.Completed => "completed",
        RunStatus.Failed => "failed",
        RunStatus.Cancelled => "cancelled",
        RunStatus.BudgetExceeded => "budget_exceeded",
        RunStatus.Suspended => "suspended",
        _ => "interrupted",
    };
}
