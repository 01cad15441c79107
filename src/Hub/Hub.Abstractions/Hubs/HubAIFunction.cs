using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>A reasoner or tool of a hub as a tool for anybody: each call is a run.</summary>
internal sealed class HubAIFunction(IHub hub, HubFunction function) : AIFunction
{
    public override string Name => function.Name;

    public override string Description => function.Description;

    public override JsonElement JsonSchema => function.InputSchema;

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var request = function.Kind == HubFunctionKind.Tool
            ? ReasonerRequest.From(JsonSerializer.Serialize<IDictionary<string, object?>>(arguments, HubJson.Options))
            : ReasonerFunction.RequestOf(arguments, function.InputSchema);
        var handle = hub.Start(function.Name, request);
        await using var registration = cancellationToken.Register(handle.Cancel);
        var result = await handle.Completion;
        cancellationToken.ThrowIfCancellationRequested();
        return result.Status == RunStatus.Completed ? result.Text : throw new RunFailedException(result);
    }
}
