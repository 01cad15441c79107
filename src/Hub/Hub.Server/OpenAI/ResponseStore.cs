using System.Text.Json;
using Hub.Abstractions;
using Hub.Core;
using Hub.Server.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Hub.Server.OpenAI;

/// <summary>Responses as they stand in the run log: a response is a run, what was said about it is in the run's header.</summary>
/// <remarks>Nothing is kept beside the log, so that a response survives the process where the log does.</remarks>
internal sealed class ResponseStore(IHub hub, HubServerOptions options)
{
    private const string Prefix = "resp_";
    private const string EchoKey = "response";

    /// <summary>Id of a run's response.</summary>
    public static string IdOf(string runId) => Prefix + runId;

    /// <summary>What goes into the run's header.</summary>
    public static Dictionary<string, string> Header(ResponseEcho echo) => new() { [EchoKey] = Wire.Text(echo) };

    /// <summary>The run of a response, and what was asked about it.</summary>
    /// <exception cref="RequestException">There is no such response, or it was not to be stored.</exception>
    public (RunRecord Record, ResponseEcho Echo) Find(string id, string parameter = "response_id")
    {
        try
        {
            if (id.StartsWith(Prefix, StringComparison.Ordinal) && hub.Runs.Find(id[Prefix.Length..]) is var record && IdOf(record.Header.RunId) == id
                && record.Header.Request?.PathParams?.GetValueOrDefault(EchoKey) is { } written && JsonSerializer.Deserialize<ResponseEcho>(written, Wire.Options) is { Store: true } echo)
                return (record, echo);
        }
        catch (UnknownNameException)
        {
            // said below
        }

        throw new RequestException(StatusCodes.Status404NotFound, $"There is no response '{id}'.", parameter, "response_not_found");
    }

    /// <summary>A response as it stands now.</summary>
    public async Task<ResponseObject> ReadAsync(RunRecord record, ResponseEcho echo) => record.Status switch
    {
        RunStatus.Running => Object(record.Header.RunId, echo, "in_progress"),
        RunStatus.Suspended or RunStatus.Interrupted => Object(record.Header.RunId, echo, "incomplete"),
        _ => Of(await (await hub.ResumeAsync(record.Header.RunId)).Completion, echo), // an ended run answers from its log
    };

    /// <summary>The response of a run that has ended.</summary>
    public ResponseObject Of(RunResult result, ResponseEcho echo)
    {
        var usage = ChatAnswer.Usage([result]);
        var isCut = result.Response?.FinishReason == ChatFinishReason.Length;
        var status = result.Status switch
        {
            RunStatus.Completed => isCut ? "incomplete" : "completed",
            RunStatus.Cancelled => "cancelled",
            RunStatus.Suspended or RunStatus.Interrupted => "incomplete",
            _ => "failed",
        };
        return Object(result.RunId, echo, status) with
        {
            Output = result.Response is { } response ? ResponseItem.Of(Written(response), result.RunId) : [],
            IncompleteDetails = isCut ? new IncompleteDetails("max_output_tokens") : null,
            Error = status == "failed" ? new ErrorOfResponse(result.Failure?.Type ?? "server_error", result.Failure?.Message ?? "The run did not answer.") : null,
            Usage = new ResponseUsage(
                usage.PromptTokens, new CachedTokens(usage.PromptTokensDetails?.CachedTokens ?? 0),
                usage.CompletionTokens, new ReasoningTokens(result.Usage.ReasoningTokenCount ?? 0), usage.TotalTokens),
        };
    }

    /// <summary>A response without output.</summary>
    public ResponseObject Object(string runId, ResponseEcho echo, string status) => new(IdOf(runId), "response", echo.Created, status, echo.Model ?? options.WorkflowName, [])
    {
        Instructions = echo.Instructions,
        PreviousResponseId = echo.PreviousResponseId,
        Conversation = echo.Conversation is { } conversation ? new ConversationReference(conversation) : null,
        Background = echo.Background,
        Store = echo.Store,
        ParallelToolCalls = true,
        Text = echo.Text ?? JsonElement.Parse("""{"format":{"type":"text"}}"""),
        ToolChoice = echo.ToolChoice ?? JsonElement.Parse("\"auto\""),
        Tools = echo.Tools ?? JsonElement.Parse("[]"),
        Metadata = echo.Metadata ?? JsonElement.Parse("{}"),
        User = echo.User,
    };

    /// <summary>What a stored response was asked: all messages of its request but the instructions.</summary>
    public IReadOnlyList<ChatMessage> Input(RunRecord record, ResponseEcho echo) =>
        RequestLog.Read(hub.Runs, record.Header.RunId) is { } request ? [.. request.Messages.Skip(echo.Instructions is null ? 0 : 1)] : [];

    /// <summary>The conversation up to and with a response, for one that follows it.</summary>
    /// <exception cref="RequestException">It is not there, or has no answer.</exception>
    public async Task<IReadOnlyList<ChatMessage>> ContextAsync(string previous)
    {
        var (record, echo) = Find(previous, "previous_response_id");
        if (record.Status != RunStatus.Completed)
            throw new RequestException(StatusCodes.Status400BadRequest, $"Response '{previous}' has no answer to go on from: it is {record.Status}.", "previous_response_id");
        var result = await (await hub.ResumeAsync(record.Header.RunId)).Completion;
        return [.. Input(record, echo), .. Written(result.Response!)];
    }

    /// <summary>The last message of an answer: an agent's own calls are done and not part of what it says.</summary>
    public static IEnumerable<ChatMessage> Written(ChatResponse response) => response.Messages.TakeLast(1);
}
