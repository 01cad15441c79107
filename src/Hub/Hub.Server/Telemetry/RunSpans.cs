using System.Diagnostics;
using System.Globalization;
using Hub.Abstractions;
using Hub.Core;

namespace Hub.Server.Telemetry;

/// <summary>Spans of one run: one for each start and end in its log, with the attributes of OpenTelemetry's conventions for generative AI and with those of the toolkit.</summary>
/// <remarks>
/// Sources: https://opentelemetry.io/docs/specs/semconv/gen-ai/ (invoke_agent, chat, execute_tool) and the toolkit's
/// <c>observability/exporter/span_exporter.py</c>. Usage that a model did not report is absent, not 0.
/// </remarks>
/// <param name="source">Where spans start.</param>
/// <param name="header">The run.</param>
/// <param name="payload">Gives a payload's bytes.</param>
/// <param name="ending">Called once, when the run's own span is about to end: what is logged there belongs to it; null where nobody wants spans.</param>
internal sealed class RunSpans(ActivitySource source, RunHeader header, Func<string, byte[]?> payload, Action<Activity?> ending)
{
    private const int MaxTextChars = 32 * 1024;

    private readonly Dictionary<string, Activity> _open = new(StringComparer.Ordinal);
    private Activity? _root;
    private bool _isTold;

    /// <summary>Projects one event of the log.</summary>
    public void Append(RunEvent entry)
    {
        if (entry.Kind.IsEffectStart() || entry.Kind is RunEventKind.WorkflowStart or RunEventKind.FunctionStart)
            Begin(entry);
        else if (entry.Kind.IsEffectEnd() || entry.Kind is RunEventKind.WorkflowEnd or RunEventKind.FunctionEnd)
            End(entry);
    }

    /// <summary>Ends what is open where the run stops without an end in its log: it is suspended or interrupted.</summary>
    public void Close(RunStatus status, DateTimeOffset at)
    {
        foreach (var open in _open.Values.Where(a => a != _root))
            Stop(open, at);
        if (!_isTold)
            ending(_root);
        if (_root is { } root)
            Stop(root.SetTag("hub.status", status.ToString()), at);
        _root = null;
        _open.Clear();
    }

    private void Begin(RunEvent entry)
    {
        var isRoot = entry.Kind == RunEventKind.WorkflowStart;
        var parent = isRoot || _root is null ? TraceIds.Context(header) : ParentOf(entry).Context;
        if (Started(NameOf(entry), KindOf(entry), parent, entry.Time) is not { } span)
            return;
        Describe(span, entry);
        Text(span, "input", entry);
        if (isRoot)
            _root = span;
        _open[entry.Id] = span;
    }

    private void End(RunEvent entry)
    {
        var isRoot = entry.Kind == RunEventKind.WorkflowEnd;
        if (!_open.Remove(entry.Id, out var span))
        {
            // Its start was logged by an earlier sitting of the run.
            span = Started(NameOf(entry), KindOf(entry), isRoot || _root is null ? TraceIds.Context(header) : ParentOf(entry).Context, entry.StartTime ?? entry.Time);
            if (span is null)
                return;
            Describe(span, entry);
        }

        span.SetTag("nat.event_type", KindName(entry));
        Text(span, "output", entry);
        Usage(span, entry.Usage);
        if (entry.Failure is { } failure)
        {
            span.SetStatus(ActivityStatusCode.Error, failure.Message);
            span.SetTag("error.type", failure.Type);
        }
        else
        {
            span.SetStatus(ActivityStatusCode.Ok);
        }

        if (isRoot)
        {
            ending(span);
            (_isTold, _root) = (true, null);
        }

        Stop(span, entry.Time);
    }

    /// <summary>Starts a span at a time of the log, whatever span the caller is in.</summary>
    private Activity? Started(string name, ActivityKind kind, ActivityContext parent, DateTimeOffset at)
    {
        var current = Activity.Current;
        Activity.Current = null;
        try
        {
            return source.StartActivity(name, kind, parent, startTime: at);
        }
        finally
        {
            Activity.Current = current;
        }
    }

    private static void Stop(Activity span, DateTimeOffset at)
    {
        span.SetEndTime(at.UtcDateTime);
        span.Stop();
    }

    /// <summary>The span of the scope that an event is in, or of the nearest around it that is open.</summary>
    private Activity ParentOf(RunEvent entry)
    {
        var id = entry.ParentId;
        while (!_open.ContainsKey(id) && id.LastIndexOfAny(['/', '[']) is > 0 and var cut)
            id = id[..cut];
        return _open.GetValueOrDefault(id) ?? _root!;
    }

    private static ActivityKind KindOf(RunEvent entry) => entry.Kind is RunEventKind.LlmStart or RunEventKind.LlmEnd ? ActivityKind.Client : ActivityKind.Internal;

    private static string NameOf(RunEvent entry) => $"{Operation(entry)} {entry.Name}".Trim();

    private static string Operation(RunEvent entry) => entry.Kind switch
    {
        RunEventKind.LlmStart or RunEventKind.LlmEnd => "chat",
        RunEventKind.ToolStart or RunEventKind.ToolEnd => "execute_tool",
        RunEventKind.WorkflowStart or RunEventKind.WorkflowEnd or RunEventKind.FunctionStart or RunEventKind.FunctionEnd => "invoke_agent",
        _ => "",
    };

    private void Describe(Activity span, RunEvent entry)
    {
        if (Operation(entry) is { Length: > 0 } operation)
            span.SetTag("gen_ai.operation.name", operation);
        switch (entry.Kind)
        {
            case RunEventKind.LlmStart or RunEventKind.LlmEnd:
                span.SetTag("gen_ai.request.model", entry.Name).SetTag("gen_ai.provider.name", "hub").SetTag("llm.model_name", entry.Name);
                break;
            case RunEventKind.ToolStart or RunEventKind.ToolEnd:
                span.SetTag("gen_ai.tool.name", entry.Name).SetTag("gen_ai.tool.type", "function").SetTag("tool.name", entry.Name);
                break;
            default:
                span.SetTag("gen_ai.agent.name", entry.Name);
                break;
        }

        if (header.ConversationId is { } conversation)
            span.SetTag("gen_ai.conversation.id", conversation).SetTag("nat.conversation.id", conversation).SetTag("session.id", conversation);
        if (header.UserId is { } user)
            span.SetTag("user.id", user);
        span.SetTag("nat.span.kind", SpanKind(entry)).SetTag("openinference.span.kind", SpanKind(entry));
        span.SetTag("nat.event_type", KindName(entry)).SetTag("nat.event_timestamp", (entry.Time - DateTimeOffset.UnixEpoch).TotalSeconds);
        span.SetTag("nat.function.id", entry.Function.FunctionId).SetTag("nat.function.name", entry.Function.FunctionName);
        span.SetTag("nat.function.parent_id", entry.Function.ParentId ?? "").SetTag("nat.function.parent_name", entry.Function.ParentName ?? "");
        span.SetTag("nat.subspan.name", entry.Name);
        span.SetTag("nat.workflow.run_id", header.RunId).SetTag("nat.workflow.trace_id", span.TraceId.ToHexString());
    }

    private static string SpanKind(RunEvent entry) => entry.Kind switch
    {
        RunEventKind.LlmStart or RunEventKind.LlmEnd => "LLM",
        RunEventKind.ToolStart or RunEventKind.ToolEnd => "TOOL",
        RunEventKind.WorkflowStart or RunEventKind.WorkflowEnd => "WORKFLOW",
        RunEventKind.FunctionStart or RunEventKind.FunctionEnd => "FUNCTION",
        RunEventKind.TaskStart or RunEventKind.TaskEnd => "TASK",
        _ => "UNKNOWN",
    };

    private static string KindName(RunEvent entry) => Toolkit.StepNames.Of(entry.Kind);

    private void Text(Activity span, string side, RunEvent entry)
    {
        var text = EventText.Full(entry, payload);
        if (text.Length == 0)
            return;
        span.SetTag($"{side}.value", text.Length <= MaxTextChars ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, MaxTextChars)}… ({text.Length} characters)"));
        span.SetTag($"{side}.mime_type", text[0] is '{' or '[' ? "application/json" : "text/plain");
    }

    private static void Usage(Activity span, RunUsage? usage)
    {
        if (usage is null)
            return;
        Count(usage.PromptTokens, "gen_ai.usage.input_tokens", "llm.token_count.prompt", "nat.usage.token_count.prompt");
        Count(usage.CompletionTokens, "gen_ai.usage.output_tokens", "llm.token_count.completion", "nat.usage.token_count.completion");
        Count(usage.TotalTokens, "llm.token_count.total", "nat.usage.token_count.total");
        span.SetTag("nat.usage.num_llm_calls", 1);

        void Count(long? tokens, params string[] names)
        {
            foreach (var name in tokens is null ? [] : names)
                span.SetTag(name, tokens);
        }
    }
}
