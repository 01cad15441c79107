using Hub.Abstractions;
using Hub.Server.Http;

namespace Hub.Server.Toolkit;

/// <summary>The form of <c>/v1/workflow/atif</c>: the agent's turns as they are complete, the answer, and a summary.</summary>
/// <param name="stream">Where to.</param>
/// <param name="tool">The function where it is a tool; null for a reasoner.</param>
internal sealed class AtifForm(EventStream stream, HubFunction? tool) : StreamForm(stream)
{
    private AtifSteps? _steps;

    public override bool HasParts => false;

    public override void Begin(IRunHandle run) => _steps = new AtifSteps(run);

    public override object? Step(RunEvent entry) => _steps?.Push(entry);

    public override Task StepAsync(object step) => Stream.DataAsync(step);

    public override Task PartAsync(string text) => Task.CompletedTask;

    public override IEnumerable<Func<Task>> Ends(RunResult result) =>
    [
        () => Stream.DataAsync(WorkflowInput.Output(result.Text, tool)),
        () => Stream.DataAsync(_steps!.Summary()),
    ];
}
