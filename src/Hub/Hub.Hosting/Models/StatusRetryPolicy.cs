using System.ClientModel;
using System.ClientModel.Primitives;

namespace Hub.Hosting.Models;

/// <summary>Sends a request again after the statuses and errors that a workflow file lists; waits as long as the client library does, longer each time.</summary>
internal sealed class StatusRetryPolicy(int retries, IReadOnlyCollection<int> statuses, IReadOnlyList<string> errors, TimeProvider clock) : ClientRetryPolicy(Math.Max(1, retries))
{
    protected override bool ShouldRetry(PipelineMessage message, Exception? exception)
    {
        var sent = message.TryGetProperty(typeof(StatusRetryPolicy), out var count) ? (int)count! : 0;
        if (sent >= retries || !IsWorthIt(message, exception))
            return false;
        message.SetProperty(typeof(StatusRetryPolicy), sent + 1);
        return true;
    }

    protected override ValueTask<bool> ShouldRetryAsync(PipelineMessage message, Exception? exception) => ValueTask.FromResult(ShouldRetry(message, exception));

    protected override Task WaitAsync(TimeSpan time, CancellationToken cancellationToken) => Task.Delay(time, clock, cancellationToken);

    private bool IsWorthIt(PipelineMessage message, Exception? exception)
    {
        if (exception is not null and not ClientResultException)
            return exception is HttpRequestException or IOException or TaskCanceledException && !message.CancellationToken.IsCancellationRequested;
        if (message.Response is not { } response)
            return false;
        return statuses.Contains(response.Status)
            || (response.IsError && errors.Any(e => response.ReasonPhrase.Contains(e, StringComparison.OrdinalIgnoreCase) || Body(response).Contains(e, StringComparison.OrdinalIgnoreCase)));
    }

    private static string Body(PipelineResponse response) => response.ContentStream is { CanSeek: true } ? response.Content.ToString() : "";
}
