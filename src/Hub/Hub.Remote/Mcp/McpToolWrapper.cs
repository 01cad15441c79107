using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;

namespace Hub.Remote.Mcp;

/// <summary>One tool of one server, which is asked for its schema when somebody first reads it.</summary>
internal sealed class McpToolWrapper(ToolWrapperOptions options, McpConnection connection) : AIFunction, IDisposable
{
    private readonly Lock _lock = new();
    private AIFunction? _tool;

    public override string Name => options.McpToolName!;

    public override string Description => options.Description ?? Tool.Description;

    public override JsonElement JsonSchema => Tool.JsonSchema;

    public override IReadOnlyDictionary<string, object?> AdditionalProperties => Tool.AdditionalProperties;

    private AIFunction Tool
    {
        get
        {
            lock (_lock)
                return _tool ??= Find(Blocking.Run(() => connection.ToolsAsync(CancellationToken.None)));
        }
    }

    public void Dispose() => Blocking.Run(async () =>
    {
        await connection.DisposeAsync();
        return true;
    });

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        try
        {
            return await Tool.InvokeAsync(arguments, cancellationToken);
        }
        catch (Exception failed) when (options.ReturnException && failed is HubException or TimeoutException)
        {
            return $"{Name} failed: {failed.Message}";
        }
    }

    private AIFunction Find(IReadOnlyList<AIFunction> tools) =>
        tools.FirstOrDefault(t => t.Name == options.McpToolName) ?? throw new UnknownNameException($"tool of {connection.Name}", options.McpToolName!, tools.Select(t => t.Name));
}
