using System.Collections.Concurrent;
using Hub.Abstractions;
using Hub.Dashboard.Http;
using Microsoft.AspNetCore.Http;

namespace Hub.Dashboard.Runs;

/// <summary>Runs that were begun or resumed from a page and are under way, so that a page can show their words as they come.</summary>
/// <remarks>Thread safety: all members.</remarks>
internal sealed class LiveRuns
{
    private const int MaxUnderWay = 32;
    private readonly ConcurrentDictionary<string, IRunHandle> _handles = new(StringComparer.Ordinal);

    /// <summary>Makes sure that there is room for one more.</summary>
    /// <exception cref="PageException">There is not.</exception>
    public void DemandRoom()
    {
        if (_handles.Count >= MaxUnderWay)
            throw new PageException(StatusCodes.Status429TooManyRequests, "Too many runs", $"{MaxUnderWay} runs that pages began are under way. Wait for one to end, or cancel one.");
    }

    /// <summary>Keeps a run until it ends.</summary>
    public void Keep(IRunHandle handle)
    {
        _handles[handle.RunId] = handle;
        handle.Completion.ContinueWith(_ => _handles.TryRemove(handle.RunId, out var _), TaskScheduler.Default);
    }

    /// <summary>A run that is under way here, or null.</summary>
    public IRunHandle? Find(string runId) => _handles.GetValueOrDefault(runId);
}
