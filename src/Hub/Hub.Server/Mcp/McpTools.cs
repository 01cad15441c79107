using System.Text.Json;
using Hub.Abstractions;
using Hub.Remote.Mcp;
using Hub.Server.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hub.Server.Mcp;

/// <summary>The hub's functions as tools of the Model Context Protocol: the workflow, its reasoners, its tools. Each call is a run.</summary>
/// <remarks>
/// Progress and log notifications are the run's steps; a cancelled request cancels its run; a run that asks a person asks the client, where it can elicit.
/// Source: https://modelcontextprotocol.io/specification, tools.
/// </remarks>
internal sealed class McpTools(IHub hub, ServedFunctions functions, HubServerOptions options)
{
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);
    private volatile Known? _known;

    /// <summary>Lists the tools.</summary>
    public ValueTask<ListToolsResult> ListAsync(RequestContext<ListToolsRequestParams> request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new ListToolsResult { Tools = [.. Listed()] });

    /// <summary>The tools, by the names that clients use.</summary>
    public IEnumerable<Tool> Listed() => Callable().Select(c => new Tool
    {
        Name = c.Name,
        Description = c.Function.Description.Length > 0 ? c.Function.Description : c.Name,
        InputSchema = ToolResults.ObjectSchema(c.Function.InputSchema),
        OutputSchema = ToolResults.OutputSchema(c.Function),
        Annotations = new ToolAnnotations
        {
            ReadOnlyHint = c.Function.Kind == HubFunctionKind.Tool && c.Function.Redo == Redo.Freely ? true : null,
            IdempotentHint = c.Function.Kind == HubFunctionKind.Tool && c.Function.Redo == Redo.WithSameKey ? true : null,
        },
    });

    /// <summary>Calls one of them, or goes on with a call that waited for a person.</summary>
    public async ValueTask<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        if (options.Mcp.PollAfterSeconds is not { } seconds)
            return await AnswerAsync(request, cancellationToken);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var polling = PollAsync(request, TimeSpan.FromSeconds(seconds), ended.Token);
        try
        {
            return await AnswerAsync(request, cancellationToken);
        }
        finally
        {
            await ended.CancelAsync();
            await polling;
        }
    }

    /// <summary>After a while, has the client come back for what is left rather than wait in an open response.</summary>
    private async Task PollAsync(RequestContext<CallToolRequestParams> request, TimeSpan after, CancellationToken ended)
    {
        try
        {
            await Task.Delay(after, options.Time, ended);
            await request.EnablePollingAsync(s_retry, ended);
        }
        catch (OperationCanceledException)
        {
            // It was answered in time.
        }
        catch (InvalidOperationException)
        {
            // Standard input, or a revision whose responses cannot be come back to: the client goes on waiting.
        }
    }

    private async ValueTask<CallToolResult> AnswerAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken)
    {
        var name = request.Params?.Name ?? "";
        var function = ByName().GetValueOrDefault(name)
            ?? throw new McpProtocolException(new UnknownNameException("tool", name, ByName().Keys).Message, McpErrorCode.InvalidParams);
        var caller = Caller.Of(request.User);
        McpCaller.Current = request.Server;
        var steps = new StepNotifications(request.Server, request.Params!.ProgressToken);
        RunResult result;
        if (request.Params.RequestState is { } state)
        {
            var (handle, seen) = await GoOnAsync(caller, function, state, request.Params.InputResponses, cancellationToken);
            if (handle is null)
                return ToolResults.Failed("The person declined to answer. The run stays suspended and can be resumed.");
            result = await FollowAsync(steps, handle, seen, cancellationToken);
        }
        else
        {
            var asked = Request(function, request.Params.Arguments);
            var who = new RunOptions { Tenant = caller.Tenant, UserId = caller.UserId };
            result = steps.AreWanted
                ? await FollowAsync(steps, hub.Start(function.Name, asked, who), 0, cancellationToken)
                : await WholeAsync(function.Name, asked, who, cancellationToken);
        }

        if (result is { Status: RunStatus.Suspended, Pending: { Decision: false } pending } && request.Server.IsMrtrSupported && request.Server.ClientCapabilities?.Elicitation is not null)
            throw Elicitation.Ask(pending, result.RunId, hub.Runs.Find(result.RunId).Events);
        return ToolResults.Of(function, result);
    }

    private async Task<(IRunHandle? Handle, long Seen)> GoOnAsync(Caller caller, HubFunction function, string state, IDictionary<string, InputResponse>? responses, CancellationToken cancellationToken)
    {
        if (Elicitation.Read(state) is not var (runId, effect, seen) || !Knows(caller, runId, function.Name))
            throw new McpProtocolException("'requestState' is none that this tool gave out.", McpErrorCode.InvalidParams);
        if (Elicitation.Answer(responses) is not { } said)
            return (null, seen);
        return (await hub.ResumeAsync(runId, new ResumeOptions { Answers = new Dictionary<string, string> { [effect] = said } }, cancellationToken), seen);
    }

    private bool Knows(Caller caller, string runId, string function)
    {
        try
        {
            return caller.Find(hub, runId) is { Status: RunStatus.Suspended } record && record.Header.Reasoner == function;
        }
        catch (RequestException)
        {
            return false;
        }
    }

    /// <summary>Runs to the end where nobody wants to hear of steps.</summary>
    private async Task<RunResult> WholeAsync(string function, ReasonerRequest asked, RunOptions who, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.RunTimeout, options.Time);
        await using var gone = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), deadline);
        var result = await hub.RunAsync(function, asked, who, deadline.Token);
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }

    private async Task<RunResult> FollowAsync(StepNotifications steps, IRunHandle handle, long from, CancellationToken cancellationToken)
    {
        await using var guard = new RunGuard(handle, options.RunTimeout, options.Time, null, cancellationToken);
        if (steps.AreWanted)
        {
            await foreach (var entry in handle.ReadEventsAsync(from, cancellationToken))
                await steps.TellAsync(handle.RunId, entry, cancellationToken);
        }

        var result = await handle.Completion;
        cancellationToken.ThrowIfCancellationRequested();
        return result;
    }

    /// <summary>The functions by their names, made anew where the listing is another.</summary>
    private IReadOnlyDictionary<string, HubFunction> ByName()
    {
        var all = functions.All;
        if (_known is not { } known || !ReferenceEquals(known.All, all))
        {
            var byName = new Dictionary<string, HubFunction>(StringComparer.Ordinal);
            foreach (var (name, function) in Callable())
                byName.TryAdd(name, function); // the first of a name is the one that is meant
            _known = known = new Known(all, byName);
        }

        return known.ByName;
    }

    private IEnumerable<(string Name, HubFunction Function)> Callable() => functions.All
        .Where(f => f.Kind != HubFunctionKind.Model)
        .Select(f => (Name: NameOf(f), Function: f))
        .Where(c => options.Mcp.ToolNames.Count == 0 || options.Mcp.ToolNames.Contains(c.Name) || options.Mcp.ToolNames.Contains(c.Function.Name)
            || options.Mcp.ToolNames.Any(group => c.Function.Name.StartsWith($"{group}__", StringComparison.Ordinal)));

    /// <summary>The workflow goes by its file's name; characters that the protocol's clients do not take become underscores.</summary>
    private string NameOf(HubFunction function) =>
        string.Concat((function.Name == hub.DefaultReasoner ? options.WorkflowName : function.Name).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));

    private static ReasonerRequest Request(HubFunction function, IDictionary<string, JsonElement>? arguments)
    {
        arguments ??= new Dictionary<string, JsonElement>();
        if (function.Kind == HubFunctionKind.Tool || ReasonerFunction.TakesArguments(function.InputSchema))
            return ReasonerRequest.From(JsonSerializer.Serialize(arguments, Wire.Options));
        return arguments.TryGetValue("input_message", out var question) && question.ValueKind == JsonValueKind.String
            ? ReasonerRequest.From(question.GetString()!)
            : throw new McpProtocolException("'input_message' is missing: the question as text.", McpErrorCode.InvalidParams);
    }

    private sealed record Known(IReadOnlyList<HubFunction> All, IReadOnlyDictionary<string, HubFunction> ByName);
}
