using Hub.Abstractions;
using Hub.Server.OpenAI;
using Microsoft.AspNetCore.Http;

namespace Hub.Server.Http;

/// <summary>Errors in the shape of the route's family: OpenAI's or the toolkit's.</summary>
internal static class Failures
{
    private const string Workflow = "workflow_error";

    /// <summary>Marks a route whose clients expect OpenAI's errors.</summary>
    public sealed record OpenAIShape;

    /// <summary>The run answered; otherwise the error that a client is told.</summary>
    /// <exception cref="RunFailedException">It did not answer.</exception>
    public static RunResult OrThrow(this RunResult result) => result.Status == RunStatus.Completed ? result : throw new RunFailedException(result);

    /// <summary>Catches what a route throws before its answer has begun.</summary>
    public static async Task HandleAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client went away; its run was cancelled.
        }
        catch (Exception failure) when (!http.Response.HasStarted && Status(failure) is { } status)
        {
            http.Response.Clear();
            if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
                http.Response.Headers.RetryAfter = "1";
            await WriteAsync(http, status, failure);
        }
    }

    /// <summary>Answers with an error.</summary>
    public static async Task WriteAsync(HttpContext http, int status, Exception failure)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        var isOpenAI = http.GetEndpoint()?.Metadata.GetMetadata<OpenAIShape>() is not null;
        var body = isOpenAI ? Wire.Bytes(OpenAI(failure))
            : failure is RequestException { Status: StatusCodes.Status422UnprocessableEntity } invalid
                ? Wire.Bytes(new ValidationAnswer([new ValidationDetail("value_error", [.. Location(invalid.Parameter)], invalid.Message)]))
                : failure is RequestException other ? Wire.Bytes(new DetailAnswer(other.Message))
                : Wire.Bytes(Toolkit(failure));
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>The toolkit's error of a run.</summary>
    public static ToolkitError Toolkit(Exception failure) => failure is RunFailedException { Result: var result }
        ? new ToolkitError(Workflow, Message(result), result.Failure?.Type ?? result.Status.ToString())
        : new ToolkitError(Workflow, failure.Message, failure.GetType().Name);

    /// <summary>OpenAI's error.</summary>
    public static ErrorAnswer OpenAI(Exception failure) => failure switch
    {
        RequestException request => new ErrorAnswer(new ErrorBody(
            request.Message, request.Status switch { 401 => "authentication_error", 429 => "rate_limit_error", 403 => "permission_error", _ => "invalid_request_error" }, request.Parameter, request.Code)),
        RunFailedException { Result: { Failure.Type: "ContextOverflowException" } result } => new ErrorAnswer(new ErrorBody(Message(result), "invalid_request_error", "messages", "context_length_exceeded")),
        RunFailedException { Result: var result } => new ErrorAnswer(new ErrorBody(Message(result), Workflow, null, result.Failure?.Type)),
        _ => new ErrorAnswer(new ErrorBody(failure.Message, Workflow, null, failure.GetType().Name)),
    };

    private static int? Status(Exception failure) => failure switch
    {
        RequestException request => request.Status,
        BadHttpRequestException bad => bad.StatusCode,
        RunFailedException { Result: { Failure.Type: "ContextOverflowException" } } => StatusCodes.Status400BadRequest,
        RunFailedException { Result: { Failure.Type: "EngineBusyException" } } => StatusCodes.Status503ServiceUnavailable,
        RunFailedException { Result.Status: RunStatus.Cancelled } => StatusCodes.Status504GatewayTimeout,
        RunFailedException or HubException => StatusCodes.Status422UnprocessableEntity,
        _ => null,
    };

    private static string Message(RunResult result) => result switch
    {
        { Failure.Message: { } message } => message,
        { Status: RunStatus.Suspended, Pending: { } pending } => $"The run waits for a person: {pending.Text} Resume run {result.RunId} with an answer to '{pending.EffectId}'.",
        { Status: RunStatus.Cancelled } => "The run took longer than the server allows, or was cancelled.",
        _ => $"The run ended without an answer: {result.Status}.",
    };

    private static IEnumerable<string> Location(string? parameter) => parameter is null ? ["body"] : ["body", .. parameter.Split('.')];
}

/// <summary>The toolkit's form of a failed run.</summary>
internal sealed record ToolkitError(string Code, string Message, string Details);

/// <summary>The toolkit's form of a body that is not what the route takes.</summary>
internal sealed record ValidationAnswer(IReadOnlyList<ValidationDetail> Detail);

/// <summary>One thing that is wrong with a body.</summary>
internal sealed record ValidationDetail(string Type, IReadOnlyList<string> Loc, string Msg);

/// <summary>The toolkit's form of any other refusal.</summary>
internal sealed record DetailAnswer(string Detail);
