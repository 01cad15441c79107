using System.Runtime.CompilerServices;
using Hub.Abstractions;
using Hub.Remote.Auth;

namespace Hub.Server.Toolkit;

/// <summary>A run's events, and between them what somebody is to authorize.</summary>
internal static class Watched
{
    /// <summary>Yields the events as they come.</summary>
    /// <param name="run">The run.</param>
    /// <param name="watch">Tells what somebody is to authorize; null where nothing asks for that.</param>
    /// <param name="authorize">Tells the client; it is never called while the caller has an event in hand.</param>
    /// <param name="cancellationToken">The client went away.</param>
    public static IAsyncEnumerable<RunEvent> EventsAsync(IRunHandle run, AuthorizationWatch? watch, Func<AuthorizationRequired, Task> authorize, CancellationToken cancellationToken) =>
        watch is null ? run.ReadEventsAsync(0, cancellationToken) : BothAsync(run, watch, authorize, cancellationToken);

    private static async IAsyncEnumerable<RunEvent> BothAsync(
        IRunHandle run, AuthorizationWatch watch, Func<AuthorizationRequired, Task> authorize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var events = run.ReadEventsAsync(0, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var needed = watch.NextAsync(ended.Token);
        try
        {
            while (true)
            {
                var next = events.MoveNextAsync().AsTask();
                while (await Task.WhenAny(next, needed) == needed && needed.IsCompletedSuccessfully)
                {
                    try
                    {
                        await authorize(AuthorizationRequired.Of(run.RunId, await needed));
                    }
                    catch
                    {
                        await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // it ends with the client, too
                        throw;
                    }

                    needed = watch.NextAsync(ended.Token);
                }

                if (!await next)
                    yield break;
                yield return events.Current;
            }
        }
        finally
        {
            await ended.CancelAsync();
        }
    }
}
