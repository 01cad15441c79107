using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Hub.SemanticKernel;

/// <summary>A function of a Semantic Kernel plugin as a tool of the hub. It runs through its kernel, so that filters stand around it.</summary>
internal sealed class PluginTool(Kernel kernel, string plugin, KernelFunction function, Redo redo) : AIFunction
{
    public override string Name { get; } = $"{plugin}__{function.Name}";

    public override string Description => function.Description;

    public override JsonElement JsonSchema => function.JsonSchema;

    public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; } = new Dictionary<string, object?> { [HubTool.RedoKey] = redo };

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var result = await function.InvokeAsync(kernel, new KernelArguments(arguments), cancellationToken);
        return result.GetValue<object>();
    }
}
