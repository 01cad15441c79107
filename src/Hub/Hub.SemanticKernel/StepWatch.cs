using System.Text.Json;
using Hub.Abstractions;
using Microsoft.SemanticKernel;

namespace Hub.SemanticKernel;

/// <summary>Shows a run's steps to the kernel's function-invocation filters, as a projection of the run log.</summary>
/// <remarks>
/// Each model call, tool call and agent of the run is invoked as a function of the plugin <c>hub_steps</c>, named as the step is: it begins when the
/// step begins and returns what the step returned. Filters look on; what they change is not the step's. One that throws cancels the run. Functions that
/// the kernel itself runs for the hub are left out: filters stand around these already.
/// </remarks>
internal static class StepWatch
{
    /// <summary>Plugin of the steps.</summary>
    public const string PluginName = "hub_steps";

    private const string SkippedKey = "hub.own_tools";

    /// <summary>Names tools that the kernel itself runs.</summary>
    public static void Skip(Kernel kernel, IEnumerable<string> tools)
    {
        var known = kernel.Data.TryGetValue(SkippedKey, out var value) && value is IReadOnlySet<string> set ? set : new HashSet<string>();
        kernel.Data[SkippedKey] = known.Concat(tools).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Follows a run to its end; returns at once where the kernel has no filters.</summary>
    /// <exception cref="Exception">What a filter threw; the run is cancelled then.</exception>
    public static async Task FollowAsync(IRunHandle handle, Kernel kernel, CancellationToken cancelled)
    {
        if (kernel.FunctionInvocationFilters.Count == 0)
            return;
        var skipped = kernel.Data.TryGetValue(SkippedKey, out var value) && value is IReadOnlySet<string> set ? set : new HashSet<string>();
        Dictionary<string, (Watched Step, Task Invocation)> open = new(StringComparer.Ordinal);
        await foreach (var entry in handle.ReadEventsAsync(0, cancelled))
        {
            if (IsStart(entry.Kind) && !(entry.Kind == RunEventKind.ToolStart && skipped.Contains(entry.Name)))
            {
                var step = new Watched(handle, entry);
                open[entry.Id] = (step, step.InvokeAsync(kernel, cancelled));
            }
            else if (IsEnd(entry.Kind) && open.Remove(entry.Id, out var ended))
            {
                // Waited for, so that filters see ends and beginnings in the order of the log.
                ended.Step.End(entry);
                await ended.Invocation;
            }
        }

        foreach (var (step, _) in open.Values)
            step.Leave();
        await Task.WhenAll(open.Values.Select(o => o.Invocation));
    }

    private static bool IsStart(RunEventKind kind) => kind is RunEventKind.LlmStart or RunEventKind.ToolStart or RunEventKind.FunctionStart;

    private static bool IsEnd(RunEventKind kind) => kind is RunEventKind.LlmEnd or RunEventKind.ToolEnd or RunEventKind.FunctionEnd;

    /// <summary>A step under way.</summary>
    private sealed class Watched(IRunHandle handle, RunEvent start)
    {
        private readonly TaskCompletionSource<RunEvent> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void End(RunEvent end) => _end.TrySetResult(end);

        public void Leave() => _end.TrySetCanceled();

        public async Task InvokeAsync(Kernel kernel, CancellationToken cancelled)
        {
            var function = KernelFunctionFactory.CreateFromMethod(
                async (KernelFunction self) => Result(await _end.Task, self, kernel), FunctionNames.Allowed(start.Name), $"The step {start.Kind} of a run.");
            var step = KernelPluginFactory.CreateFromFunctions(PluginName, [function])[function.Name];
            try
            {
                await step.InvokeAsync(kernel, Arguments(), cancelled);
            }
            catch (Exception seen) when (seen is StepFailedException || _end.Task.IsCanceled)
            {
                return; // the step's own failure is the run's to handle
            }
            catch
            {
                handle.Cancel();
                throw;
            }
        }

        /// <summary>A tool's arguments by name; of a model or an agent, <c>input</c>: the last thing that it was told, on one line.</summary>
        private KernelArguments Arguments()
        {
            if (start is not { Kind: RunEventKind.ToolStart, Input: { } hash } || handle.Payload(hash) is not { } bytes
                || JsonElement.Parse(bytes) is not { ValueKind: JsonValueKind.Object } given)
                return new KernelArguments { ["input"] = start.Summary };
            return new KernelArguments(given.EnumerateObject().ToDictionary(p => p.Name, object? (p) => p.Value));
        }

        private FunctionResult Result(RunEvent end, KernelFunction function, Kernel kernel)
        {
            if (end.Failure is { } failure)
                throw new StepFailedException($"{failure.Type}: {failure.Message}");
            var value = end is { Kind: RunEventKind.ToolEnd, Output: { } hash } && handle.Payload(hash) is { } bytes ? RunTools.ResultText(JsonElement.Parse(bytes)) : end.Summary;
            return new FunctionResult(function, value, kernel.Culture, new Dictionary<string, object?>
            {
                ["run_id"] = handle.RunId,
                ["effect_id"] = end.Id,
                ["kind"] = end.Kind,
                ["usage"] = end.Usage,
            });
        }
    }

    private sealed class StepFailedException(string message) : KernelException(message);
}
