using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using Hub.Abstractions;
using Microsoft.Extensions.Logging;

namespace Hub.Server.Telemetry;

/// <summary>Makes spans, log records and files of steps from the logs of runs, when a run leaves the process: it costs a run nothing while it is under way.</summary>
/// <remarks>Runs wait in a queue of <see cref="MaxWaiting"/>; one more is counted and not projected (it stands in the run log all the same). Thread safety: all members.</remarks>
internal sealed class RunProjections : IRunObserver, IAsyncDisposable
{
    /// <summary>Name of the source of spans.</summary>
    public const string SourceName = "Hub.Runs";

    private const int MaxWaiting = 10_000;
    private const int MaxPartial = 10_000;

    private readonly Channel<(RunHeader Header, RunStatus Status)> _left = Channel.CreateBounded<(RunHeader, RunStatus)>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true });
    private readonly ConcurrentDictionary<string, long> _partial = new(StringComparer.Ordinal);
    private readonly ActivitySource _source = new(SourceName, RunLogFormat.HubVersion);
    private readonly IHub _hub;
    private readonly IReadOnlyList<StepFile> _files;
    private readonly ILogger _log;
    private readonly TimeProvider _time;
    private readonly Task _work;
    private long _dropped;

    /// <param name="hub">Whose runs.</param>
    /// <param name="files">Where steps go; disposed with it.</param>
    /// <param name="log">Where a record of each run goes.</param>
    /// <param name="time">The clock.</param>
    public RunProjections(IHub hub, IReadOnlyList<StepFile> files, ILogger log, TimeProvider time)
    {
        (_hub, _files, _log, _time) = (hub, files, log, time);
        _work = Task.Run(WorkAsync);
    }

    /// <summary>Runs that were not projected because too many waited.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public void Appended(RunHeader header, RunEvent entry)
    {
        // Read from the log when the run leaves.
    }

    public void Left(RunHeader header, RunStatus status)
    {
        if (!_left.Writer.TryWrite((header, status)))
            Interlocked.Increment(ref _dropped);
    }

    /// <summary>A span of no length in the run's trace, and a record in it, that say what somebody thinks of the answer.</summary>
    /// <remarks>Names: OpenTelemetry's conventions for generative AI, the event <c>gen_ai.evaluation.result</c>.</remarks>
    public void Tell(RunHeader run, Feedback feedback)
    {
        using var span = _source.StartActivity("feedback", ActivityKind.Internal, TraceIds.Context(run));
        span?.SetTag("gen_ai.evaluation.name", "user_feedback").SetTag("gen_ai.evaluation.score.label", feedback.Reaction).SetTag("gen_ai.evaluation.explanation", feedback.Comment)
            .SetTag("nat.workflow.run_id", run.RunId).SetTag("user.id", run.UserId);
        _log.Log(LogLevel.Information, "Feedback on run {RunId}: {Reaction} {Comment}", run.RunId, feedback.Reaction, feedback.Comment);
    }

    /// <summary>Projects what waits, and closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        _left.Writer.TryComplete();
        await _work;
        foreach (var file in _files)
            file.Dispose();
        _source.Dispose();
    }

    private async Task WorkAsync()
    {
        await foreach (var (header, status) in _left.Reader.ReadAllAsync())
        {
            try
            {
                Project(header, status);
            }
            catch (Exception failure) when (failure is HubException or IOException or ObjectDisposedException or System.Text.Json.JsonException)
            {
                _log.LogWarning("Run {RunId} could not be exported: {Reason}", header.RunId, failure.Message);
            }
        }
    }

    private void Project(RunHeader header, RunStatus status)
    {
        _partial.TryRemove(header.RunId, out var from);
        var events = _hub.Runs.Read(header.RunId, from);
        var spans = new RunSpans(_source, header, _hub.Runs.Payload, root => Record(header, status, root));
        foreach (var entry in events)
            spans.Append(entry);
        spans.Close(status, events.Count > 0 ? events[^1].Time : _time.GetUtcNow());
        foreach (var file in _files)
            file.Write(header, events, _hub.Runs.Payload);
        if (status is RunStatus.Suspended or RunStatus.Interrupted && _partial.Count < MaxPartial && events.Count > 0)
            _partial[header.RunId] = events[^1].Sequence + 1; // the next sitting is told from here
    }

    private void Record(RunHeader header, RunStatus status, Activity? root)
    {
        var before = Activity.Current;
        Activity.Current = root;
        try
        {
            _log.Log(
                status is RunStatus.Failed or RunStatus.BudgetExceeded ? LogLevel.Warning : LogLevel.Information,
                "Run {RunId} of {Function}: {Status}", header.RunId, header.Reasoner, status);
        }
        finally
        {
            Activity.Current = before;
        }
    }
}
