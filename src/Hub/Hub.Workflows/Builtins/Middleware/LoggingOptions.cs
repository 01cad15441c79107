using System.ComponentModel.DataAnnotations;

namespace Hub.Workflows.Builtins.Middleware;

/// <summary>Options of the middleware <c>logging_middleware</c>: calls and results go to the log.</summary>
public sealed class LoggingOptions : MiddlewareOptions
{
    /// <summary>Level of its lines: <c>DEBUG</c>, <c>INFO</c>, <c>WARNING</c> or <c>ERROR</c>.</summary>
    [AllowedValues("DEBUG", "INFO", "WARNING", "ERROR", ErrorMessage = "DEBUG, INFO, WARNING or ERROR is needed.")]
    public string LogLevel { get; set; } = "INFO";

    /// <summary>How many characters of an input or output are logged.</summary>
    [Range(0, 1_000_000)]
    public int MaxChars { get; set; } = 1_000;
}
