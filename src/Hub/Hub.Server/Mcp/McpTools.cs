using System.Text.Json;
using Hub.Abstractions;
using Hub.Server.Http;
using Hub.Server.Toolkit;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hub.Server.Mcp;

/// <summary>The hub's functions as tools of the Model Context Protocol: the workflow, its reasoners, its tools. Each call is a run.</summary>
/// <remarks>
/// Progress notifications are the run's steps; a cancelled request cancels its run; a run that asks a person asks the client, where it can elicit.
/// Source: https://modelcontextprotocol.io/specification, tools and elicitation.
/// </remarks>
internal sealed class McpTools(IHub hub, ServedFunctions functions, HubServerOptions options)
{
    private const string Answer = "answer";
    private static readonly JsonElement s_output = JsonElement.Parse("""{"type":"object","properties":{"value":{}},"required":["value"]}""");

    /// <summary>Lists the tools.</summary>
    public ValueTask<ListToolsResult> ListAsync(RequestContext<ListToolsRequestParams> request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new ListToolsResult { Tools = [.. Callable().Select(f => Tool(NameOf(f), f))] });

    /// <summary>Calls one of them.</summary>
    public async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        var name = request.Params?.Name ?? "";
        var function = Callable().FirstOrDefault(f => NameOf(f) == name)
            ?? throw new McpProtocolException(new UnknownNameException("tool", name, Callable().Select(NameOf)).Message, McpErrorCode.InvalidParams);
        var handle = hub.Start(function.Name, Request(function, request.Params!.Arguments));
        var seen = 0L;
        while (true)
        {
            var result = await FollowAsync(request, handle, seen, cancellationToken);
            if (result is not { Status: RunStatus.Suspended, Pending: { Decision: false } pending } || request.Server.ClientCapabilities?.Elicitation is null)
                return Result(function, result);
            seen = hub.Runs.Find(result.RunId).Events;
            if (await AskAsync(request.Server, pending, cancellationToken) is not { } said)
                return Failed($"The person declined to answer: {pending.Text}");
            handle = await hub.ResumeAsync(result.RunId, new ResumeOptions { Answers = new Dictionary<string, string> { [pending.EffectId] = said } }, cancellationToken);
        }
    }

    private static async Task<RunResult> FollowAsync(RequestContext<CallToolRequestParams> request, IRunHandle handle, long from, CancellationToken cancellationToken)
    {
        await using var registration = cancellationToken.Register(handle.Cancel);
        if (request.Params?.ProgressToken is { } token)
        {
            await foreach (var entry in handle.ReadEventsAsync(from, cancellationToken))
            {
                if (entry.Sequence >= 0)
                    await request.Server.NotifyProgressAsync(token, new ProgressNotificationValue { Progress = entry.Sequence + 1, Message = $"{StepNames.Of(entry.Kind)} {entry.Name}" }, cancellationToken: cancellationToken);
            }
        }

        var result = await handle.Completion;
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }

    private static async Task<string?> AskAsync(McpServer server, PendingInteraction pending, CancellationToken cancellationToken)
    {
        ElicitRequestParams.PrimitiveSchemaDefinition schema = pending.Options.Count > 0
            ? new ElicitRequestParams.UntitledSingleSelectEnumSchema { Enum = [.. pending.Options] }
            : new ElicitRequestParams.StringSchema();
        var said = await server.ElicitAsync(
            new ElicitRequestParams
            {
                Message = pending.Text,
                RequestedSchema = new ElicitRequestParams.RequestSchema { Properties = { [Answer] = schema }, Required = [Answer] },
            },
            cancellationToken);
        return said.IsAccepted && said.Content?.TryGetValue(Answer, out var value) == true ? value.ToString() : null;
    }

    private IEnumerable<HubFunction> Callable() => functions.All.Where(f => f.Kind != HubFunctionKind.Model);

    /// <summary>The workflow goes by its file's name; characters that the protocol's clients do not take become underscores.</summary>
    private string NameOf(HubFunction function) =>
        string.Concat((function.Name == hub.DefaultReasoner ? options.WorkflowName : function.Name).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));

    private static Tool Tool(string name, HubFunction function) => new() { Name = name, Description = function.Description, InputSchema = function.InputSchema, OutputSchema = s_output };

    private static ReasonerRequest Request(HubFunction function, IDictionary<string, JsonElement>? arguments)
    {
        arguments ??= new Dictionary<string, JsonElement>();
        if (function.Kind == HubFunctionKind.Tool)
            return ReasonerRequest.From(JsonSerializer.Serialize(arguments, Wire.Options));
        return arguments.TryGetValue("input_message", out var question) && question.ValueKind == JsonValueKind.String
            ? ReasonerRequest.From(question.GetString()!)
            : throw new McpProtocolException("'input_message' is missing: the question as text.", McpErrorCode.InvalidParams);
    }

    private static CallToolResult Result(HubFunction function, RunResult result)
    {
        if (result.Status != RunStatus.Completed)
            return Failed(new RunFailedException(result).Message);
        var output = WorkflowInput.Output(result.Text, function.Kind == HubFunctionKind.Tool ? function : null);
        return new CallToolResult
        {
            Content = [new TextContentBlock { Text = result.Text }],
            StructuredContent = output.TryGetProperty("value", out _) ? output : JsonSerializer.SerializeToElement(new Dictionary<string, JsonElement> { ["value"] = output }),
        };
    }

    private static CallToolResult Failed(string message) => new() { IsError = true, Content = [new TextContentBlock { Text = message }] };
}
