using System.Globalization;
using Hub.Abstractions;

namespace Hub.Workflows.Builtins.Middleware;

/// <summary>Ends a tool's call that takes too long.</summary>
/// <remarks>An agent is limited by the run's budget (<c>max_seconds</c>) instead: stopping it from outside would not happen again on resume.</remarks>
/// <param name="options">How long.</param>
/// <param name="time">The clock.</param>
public sealed class TimeoutMiddleware(TimeoutOptions options, TimeProvider time) : IToolMiddleware
{
    /// <inheritdoc/>
    /// <exception cref="TimeoutException">The call took too long; it was told to stop.</exception>
    /// <exception cref="HubException">It stands around an agent.</exception>
    public async Task<object?> InvokeAsync(ToolInvocation call, Func<ToolInvocation, CancellationToken, Task<object?>> next, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(next);
        if (!options.Enabled)
            return await next(call, cancellationToken);
        if (call.Run is not null)
            throw new HubException($"'{call.Name}' is an agent, and the timeout middleware stands around tools alone. Limit the agent's tools, or the run with --max-seconds.");
        var seconds = options.Timeout!.Value; // checked by the options
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = next(call, stop.Token);
        try
        {
            return await running.WaitAsync(TimeSpan.FromSeconds(seconds), time, cancellationToken);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            await stop.CancelAsync();
            var allowed = seconds.ToString("0.###", CultureInfo.InvariantCulture);
            throw new TimeoutException($"'{call.Name}' did not answer within {allowed} seconds (middleware timeout). It was told to stop.{(options.TimeoutMessage is { Length: > 0 } more ? $" {more}" : "")}");
        }
    }
}
