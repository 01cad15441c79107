using System.Text.Json;
using Hub.Abstractions;
using Microsoft.Extensions.Logging;

namespace Hub.Workflows.Builtins.Middleware;

/// <summary>Logs what goes into a function and what comes out.</summary>
/// <remarks>Arguments and results stand in the log as they are, cut to <see cref="LoggingOptions.MaxChars"/>; keep it off functions that get secrets.</remarks>
/// <param name="options">Level and length.</param>
/// <param name="logger">Where to.</param>
public sealed class LoggingMiddleware(LoggingOptions options, ILogger logger) : IToolMiddleware
{
    private readonly LogLevel _level = options.LogLevel switch
    {
        "DEBUG" => LogLevel.Debug,
        "WARNING" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        _ => LogLevel.Information,
    };

    /// <inheritdoc/>
    public async Task<object?> InvokeAsync(ToolInvocation call, Func<ToolInvocation, CancellationToken, Task<object?>> next, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(next);
        if (!options.Enabled || !logger.IsEnabled(_level))
            return await next(call, cancellationToken);
        Log(call.Name, "is called with", Cut(JsonSerializer.Serialize(call.Arguments, HubJson.Options)));
        try
        {
            var result = await next(call, cancellationToken);
            Log(call.Name, "returned", Cut(RunTools.ResultText(result)));
            return result;
        }
        catch (Exception failed)
        {
            Log(call.Name, "failed:", Cut(failed.Message));
            throw;
        }
    }

    private void Log(string name, string what, string text) => logger.Log(_level, "{Function} {Event} {Text}", name, what, text);

    private string Cut(string text) => text.Length <= options.MaxChars ? text : $"{text[..options.MaxChars]}… ({text.Length:N0} characters)";
}
