using System.ComponentModel;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Hub.SemanticKernel;

/// <summary>Reasoners as functions of a plugin: a question in, the answer's text out, usage and run id beside it.</summary>
internal static class ReasonerPlugin
{
    /// <summary>The reasoners of a hub in this process.</summary>
    public static KernelPlugin Create(IHub hub, IReadOnlyList<HubFunction> functions)
    {
        string[] names = [.. hub.Reasoners.Concat(functions.Where(f => f.Kind == HubFunctionKind.Reasoner).Select(f => f.Name)).Distinct(StringComparer.Ordinal)];
        return Plugin(
            HubKernelExtensions.PluginName, names, name => functions.FirstOrDefault(f => f.Name == name)?.Description,
            (name, kernel, question, cancelled) => AskAsync(hub, name, kernel, question, cancelled));
    }

    /// <summary>The reasoners of a served hub.</summary>
    public static KernelPlugin Create(RemoteHub hub) => Plugin(hub.PluginName, hub.Reasoners, _ => null, async (name, _, question, cancelled) =>
    {
        using var client = hub.Chat(name);
        return Answer.Of(await client.GetResponseAsync(question, cancellationToken: cancelled));
    });

    private static KernelPlugin Plugin(
        string plugin, IReadOnlyList<string> reasoners, Func<string, string?> describe, Func<string, Kernel, string, CancellationToken, Task<Answer>> ask)
    {
        var names = FunctionNames.Of(reasoners);
        return KernelPluginFactory.CreateFromFunctions(plugin, "Reasoners of a hub: each answers a question in words.", reasoners.Select((reasoner, i) =>
        {
            var description = describe(reasoner) is { Length: > 0 } said ? said : $"Answers a question as {reasoner}.";
            return KernelFunctionFactory.CreateFromMethod(
                async (Kernel kernel, KernelFunction self, [Description("The question in words.")] string question, CancellationToken cancelled) =>
                    (await ask(reasoner, kernel, question, cancelled)).As(self, kernel),
                names[i], description);
        }));
    }

    private static async Task<Answer> AskAsync(IHub hub, string reasoner, Kernel kernel, string question, CancellationToken cancelled)
    {
        var handle = hub.Start(reasoner, ReasonerRequest.From(question));
        await using var registration = cancelled.Register(handle.Cancel);
        await StepWatch.FollowAsync(handle, kernel, cancelled);
        var result = await handle.Completion;
        cancelled.ThrowIfCancellationRequested();
        return result.Status == RunStatus.Completed ? new Answer(result.Text, result.RunId, result.Usage) : throw new RunFailedException(result);
    }

    private sealed record Answer(string Text, string? RunId, UsageDetails? Usage)
    {
        public static Answer Of(ChatResponse response) => new(response.Text, response.ResponseId, response.Usage);

        public FunctionResult As(KernelFunction function, Kernel kernel) =>
            new(function, Text, kernel.Culture, new Dictionary<string, object?> { ["run_id"] = RunId, ["usage"] = Usage });
    }
}
