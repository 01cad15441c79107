using Hub.Abstractions;
using Hub.Server.Http;

namespace Hub.Server.Toolkit;

/// <summary>The form of <c>/v1/workflow/stream</c>: steps for people, the answer's parts as <c>{"value": "…"}</c>.</summary>
/// <param name="stream">Where to.</param>
/// <param name="tool">The function where it is a tool; null for a reasoner.</param>
/// <param name="adaptor">Which steps people see.</param>
/// <param name="isAiq1">Whether a text goes out whole and as it is, without JSON around it, as AIQ Toolkit 1.0 and 1.1 did.</param>
/// <param name="isInteractive">Whether an error is a named event, as where a person may be asked.</param>
internal sealed class WorkflowForm(EventStream stream, HubFunction? tool, StepAdaptorOptions adaptor, bool isAiq1, bool isInteractive) : StreamForm(stream)
{
    private StepAdaptor? _steps;

    public override bool HasParts => !isAiq1 && tool is null;

    public override void Begin(IRunHandle run) => _steps = new StepAdaptor(adaptor, run);

    public override object? Step(RunEvent entry) => _steps?.Step(entry);

    public override Task PartAsync(string text) => Stream.DataAsync(new Dictionary<string, string> { ["value"] = text });

    public override IEnumerable<Func<Task>> Ends(RunResult result) =>
        HasParts && result.Text.Length > 0 ? []
        : [() => isAiq1 && tool is null ? Stream.TextAsync(result.Text) : Stream.DataAsync(WorkflowInput.Output(result.Text, tool))];

    public override Task FailAsync(ToolkitError error) => isInteractive ? Stream.NamedAsync("error", error) : base.FailAsync(error);
}
