using Hub.Abstractions;
using Hub.Core;
using Hub.Server.Http;

namespace Hub.Server.Toolkit;

/// <summary>The form of <c>/v1/workflow/full</c>, which <c>nat eval --endpoint</c> reads: raw steps, and the answer whole.</summary>
/// <param name="stream">Where to.</param>
/// <param name="tool">The function where it is a tool; null for a reasoner.</param>
/// <param name="filter">Types of steps, separated by commas; empty for all; <c>none</c>.</param>
internal sealed class RawForm(EventStream stream, HubFunction? tool, string filter) : StreamForm(stream)
{
    private readonly string[] _types = filter.Split(',', StringSplitOptions.RemoveEmptyEntries);
    private readonly Dictionary<string, string> _inputs = new(StringComparer.Ordinal);
    private IRunHandle? _run;

    public override bool HasParts => false;

    public override void Begin(IRunHandle run) => _run = run;

    public override object? Step(RunEvent entry)
    {
        if (_run is null || filter.Equals("none", StringComparison.OrdinalIgnoreCase))
            return null;
        string? input = null;
        if (entry.Kind is RunEventKind.WorkflowStart or RunEventKind.LlmStart or RunEventKind.ToolStart)
            _inputs[entry.Id] = EventText.Full(entry, _run.Payload); // the toolkit says it again with the end
        else if (entry.Sequence >= 0)
            _inputs.Remove(entry.Id, out input);
        return _types.Length > 0 && !_types.Contains(StepNames.Of(entry.Kind)) ? null : IntermediateSteps.Raw(entry, _run, input);
    }

    public override Task PartAsync(string text) => Task.CompletedTask;

    public override IEnumerable<Func<Task>> Ends(RunResult result) => [() => Stream.DataAsync(WorkflowInput.Output(result.Text, tool))];
}
