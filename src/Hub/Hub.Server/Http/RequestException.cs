using Microsoft.AspNetCore.Http;

namespace Hub.Server.Http;

/// <summary>A request that cannot be served, and why: becomes an answer in the shape of the route's family.</summary>
/// <param name="status">HTTP status, 400 to 599.</param>
/// <param name="message">What was found, what was needed.</param>
/// <param name="parameter">Key of the body that is at fault; null for none.</param>
/// <param name="code">OpenAI's word for the error; null for none.</param>
internal sealed class RequestException(int status, string message, string? parameter = null, string? code = null) : Exception(message)
{
    public int Status => status;

    public string? Parameter => parameter;

    public string? Code => code;

    /// <summary>A body whose keys or values are not what the route takes.</summary>
    public static RequestException Invalid(string message, string? parameter = null) => new(StatusCodes.Status422UnprocessableEntity, message, parameter);
}
