using Knowledge.Rdf;
using Knowledge.Sparql;
using Microsoft.AspNetCore.Http;

namespace Knowledge.Endpoint;

/// <summary>Failures of a request as a status and a line of text.</summary>
internal static class Failures
{
    /// <summary>Wraps a handler.</summary>
    public static RequestDelegate Handled(Func<HttpContext, Task> handler) => async http =>
    {
        try
        {
            await handler(http);
        }
        catch (Exception failure) when (Status(failure) is { } status && !http.Response.HasStarted)
        {
            http.Response.Clear();
            http.Response.StatusCode = status;
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync(failure.Message, http.RequestAborted);
        }
        catch (Exception failure) when (Status(failure) is not null)
        {
            http.Abort(); // the answer has begun: an early end is all that can still be said
        }
    };

    private static int? Status(Exception failure) => failure switch
    {
        ProtocolException wrong => wrong.Status,
        RdfSyntaxException or ArgumentException or PropertyFunctionException => StatusCodes.Status400BadRequest,
        BadHttpRequestException wrong => wrong.StatusCode,
        NotSupportedException => StatusCodes.Status400BadRequest,
        QueryLimitException => StatusCodes.Status503ServiceUnavailable,
        FederationException or UpdateException => StatusCodes.Status500InternalServerError,
        _ => null,
    };
}
