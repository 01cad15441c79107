using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>A tool bound to a scope: each call is one effect.</summary>
internal sealed class RunFunction(IRun run, AIFunction tool) : DelegatingAIFunction(tool)
{
    public AIFunction Tool => InnerFunction;

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var limits = run.GetService(typeof(ToolLimits)) as ToolLimits ?? ToolLimits.Default;
        var effect = new Effect<Dictionary<string, object?>, byte[]>(EffectKind.Tool, Name, (a, context) => ExecuteAsync(a, arguments, limits, context))
        {
            Redo = HubTool.RedoOf(InnerFunction),
            Codec = ToolEffectCodec.Instance,
        };
        return JsonElement.Parse(await run.EffectAsync(effect, new Dictionary<string, object?>(arguments, StringComparer.Ordinal)));
    }

    private async Task<byte[]> ExecuteAsync(
        Dictionary<string, object?> values, AIFunctionArguments original, ToolLimits limits, EffectContext context)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.Cancelled);
        var known = original.Context is null ? new Dictionary<object, object?>() : new Dictionary<object, object?>(original.Context);
        known[typeof(ToolCallContext)] = new ToolCallContext(context.Key, run.Header, context.IsRedo);
        var arguments = new AIFunctionArguments(values) { Services = original.Services, Context = known };
        var call = Task.Run(async () => await InnerFunction.InvokeAsync(arguments, stop.Token), CancellationToken.None);
        try
        {
            var time = run.GetService(typeof(TimeProvider)) as TimeProvider ?? TimeProvider.System;
            var result = await call.WaitAsync(limits.Timeout, time, context.Cancelled);
            return Limited(result, limits);
        }
        catch (TimeoutException) when (!call.IsCompleted)
        {
            await stop.CancelAsync();
            throw new TimeoutException($"Tool '{Name}' did not answer within {limits.Timeout.TotalSeconds:0.###} seconds (limit tool_timeout_seconds). It was told to stop.");
        }
    }

    private byte[] Limited(object? result, ToolLimits limits)
    {
        var bytes = result is JsonElement element ? JsonSerializer.SerializeToUtf8Bytes(element, HubJson.Options)
            : result is AIContent content ? JsonSerializer.SerializeToUtf8Bytes(content, HubJson.Options) // as the base type: the kind of content is written with it
            : JsonSerializer.SerializeToUtf8Bytes(result, result?.GetType() ?? typeof(object), HubJson.For(result?.GetType() ?? typeof(object)));
        if (bytes.Length > limits.MaxResultBytes)
        {
            throw new InvalidDataException(
                $"Tool '{Name}' returned {bytes.Length:N0} bytes; max_tool_result_bytes is {limits.MaxResultBytes:N0}. Ask it for less, or raise the limit.");
        }

        return bytes;
    }
}
