using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Hub.Abstractions;

namespace Hub.Server.Mcp;

/// <summary>The prompts of a workflow file. Source: https://modelcontextprotocol.io/specification, prompts.</summary>
internal sealed class McpPrompts(McpOptions options)
{
    /// <summary>Lists the prompts.</summary>
    public ValueTask<ListPromptsResult> ListAsync(RequestContext<ListPromptsRequestParams> request, CancellationToken cancellationToken) => ValueTask.FromResult(new ListPromptsResult
    {
        Prompts =
        [
            .. options.Prompts.Select(p => new Prompt
            {
                Name = p.Key,
                Description = p.Value.Description.Length > 0 ? p.Value.Description : p.Key,
                Arguments = [.. p.Value.Arguments.Select(a => new PromptArgument { Name = a.Key, Description = a.Value.Description, Required = a.Value.Required })],
            }),
        ],
    });

    /// <summary>One prompt with arguments in their places.</summary>
    public ValueTask<GetPromptResult> GetAsync(RequestContext<GetPromptRequestParams> request, CancellationToken cancellationToken)
    {
        var name = request.Params?.Name ?? "";
        if (!options.Prompts.TryGetValue(name, out var prompt))
            throw new McpProtocolException(new UnknownNameException("prompt", name, options.Prompts.Keys).Message, McpErrorCode.InvalidParams);
        var arguments = request.Params!.Arguments ?? new Dictionary<string, System.Text.Json.JsonElement>();
        if (prompt.Arguments.FirstOrDefault(a => a.Value.Required && !arguments.ContainsKey(a.Key)).Key is { } missing)
            throw new McpProtocolException($"The argument '{missing}' of '{name}' is missing.", McpErrorCode.InvalidParams);
        return ValueTask.FromResult(new GetPromptResult { Description = prompt.Description, Messages = prompt.Fill(arguments) });
    }
}
