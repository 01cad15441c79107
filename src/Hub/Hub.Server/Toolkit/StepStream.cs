using Hub.Abstractions;
using Hub.Server.Http;

namespace Hub.Server.Toolkit;

/// <summary>Streams a run, and what becomes of it after a person answered: steps as they happen, and the answer.</summary>
/// <param name="stream">Where to.</param>
/// <param name="tool">The function where it is a tool; null for a reasoner.</param>
/// <param name="adaptor">Which steps people see.</param>
/// <param name="filter">Types of raw steps, separated by commas, empty for all or <c>none</c>; null for steps that people read.</param>
internal sealed class StepStream(EventStream stream, HubFunction? tool, StepAdaptorOptions adaptor, string? filter)
{
    private readonly string[] _types = (filter ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
    private long _next;
    private int _written;

    /// <summary>Streams one leg of the run to its end.</summary>
    public async Task<RunResult> WriteAsync(IRunHandle run, CancellationToken cancellationToken)
    {
        var steps = new StepAdaptor(adaptor, run);
        var again = _written; // a resumed run says again what it said before
        await foreach (var entry in run.ReadEventsAsync(_next, cancellationToken))
        {
            _next = Math.Max(_next, entry.Sequence + 1);
            if (filter is null && entry is { IsAnswerPart: true, Chunk.Length: > 0 })
            {
                var known = Math.Min(again, entry.Chunk.Length);
                again -= known;
                if (known == entry.Chunk.Length)
                    continue;
                _written += entry.Chunk.Length - known;
                await stream.DataAsync(Part(entry.Chunk[known..]));
            }
            else if ((filter is null ? steps.Step(entry) : Wanted(IntermediateSteps.Raw(entry, run))) is { } step)
            {
                await stream.IntermediateAsync(step);
            }
        }

        var result = await run.Completion;
        if (result.Status == RunStatus.Completed && _written == 0)
            await stream.DataAsync(WorkflowInput.Output(result.Text, tool));
        else if (result.Status == RunStatus.Completed && _written < result.Text.Length)
            await stream.DataAsync(Part(result.Text[_written..])); // parts that a slow reader missed
        return result;
    }

    private static Dictionary<string, string> Part(string text) => new() { ["value"] = text };

    private ToolkitStep? Wanted(ToolkitStep? step) =>
        step is null || _types.Length == 0 || (!_types[0].Equals("none", StringComparison.OrdinalIgnoreCase) && _types.Contains(step.Type)) ? step : null;
}
