using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.AI;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hub.Remote.Mcp;

/// <summary>A tool of another server. One that says of itself that it changes nothing may be called again on a resume.</summary>
internal sealed class McpFunction : AIFunction
{
    private readonly McpConnection _connection;
    private readonly Tool _tool;
    private readonly bool _mayRepeat;

    public McpFunction(McpConnection connection, Tool tool, ToolOverrideOptions? names)
    {
        (_connection, _tool) = (connection, tool);
        Name = names?.Alias is { Length: > 0 } alias ? alias : tool.Name;
        Description = names?.Description ?? tool.Description ?? "";
        _mayRepeat = tool.Annotations is { ReadOnlyHint: true } or { IdempotentHint: true };
        AdditionalProperties = new Dictionary<string, object?> { [HubTool.RedoKey] = _mayRepeat ? Redo.Freely : Redo.Never };
    }

    public override string Name { get; }

    public override string Description { get; }

    public override JsonElement JsonSchema => _tool.InputSchema;

    public override IReadOnlyDictionary<string, object?> AdditionalProperties { get; }

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        var result = await _connection.CallAsync(_tool.Name, new Dictionary<string, object?>(arguments, StringComparer.Ordinal), _mayRepeat, cancellationToken);
        if (result.IsError == true)
            throw new HubException(Words(result) is { Length: > 0 } said ? said : $"'{Name}' failed and did not say how.");
        return Value(result);
    }

    /// <summary>Words where there are words alone, data where there is no content, otherwise all content.</summary>
    private static object? Value(CallToolResult result) => result.Content.Count == 0 && result.StructuredContent is { } data ? data
        : result.Content.All(c => c is TextContentBlock) ? Words(result)
        : result.Content.ToAIContents().ToList();

    private static string Words(CallToolResult result) => string.Join('\n', result.Content.OfType<TextContentBlock>().Select(t => t.Text));
}
