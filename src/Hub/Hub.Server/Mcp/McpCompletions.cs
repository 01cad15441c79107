using Hub.Abstractions;
using Hub.Server.Http;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hub.Server.Mcp;

/// <summary>Suggestions while somebody types: values of a prompt's argument, ids of runs. Source: https://modelcontextprotocol.io/specification, completion.</summary>
internal sealed class McpCompletions(IHub hub, McpOptions options)
{
    private const int MaxValues = 100; // the protocol's own limit
    private const int MaxRuns = 1000;

    /// <summary>What begins with what was typed.</summary>
    public ValueTask<CompleteResult> CompleteAsync(RequestContext<CompleteRequestParams> request, CancellationToken cancellationToken)
    {
        var typed = request.Params?.Argument?.Value ?? "";
        string[] all = [.. Values(request.Params, Caller.Of(request.User)).Where(v => v.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Distinct()];
        return ValueTask.FromResult(new CompleteResult { Completion = new Completion { Values = [.. all.Take(MaxValues)], Total = all.Length, HasMore = all.Length > MaxValues } });
    }

    private IEnumerable<string> Values(CompleteRequestParams? asked, Caller caller) => asked?.Ref switch
    {
        PromptReference prompt when options.Prompts.TryGetValue(prompt.Name, out var known) && known.Arguments.TryGetValue(asked.Argument.Name, out var argument) => argument.Values,
        ResourceTemplateReference { Uri: McpResources.RunTemplate } => caller.Runs(hub, MaxRuns).Select(r => r.Header.RunId),
        _ => [],
    };
}
