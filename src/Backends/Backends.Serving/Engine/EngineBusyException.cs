namespace Backends.Serving.Engine;

/// <summary>The engine's queue is full.</summary>
/// <param name="limit">The queue's limit.</param>
public sealed class EngineBusyException(int limit)
    : Exception(
        $"{limit} requests wait for the engine already, which is its limit. " +
        $"Try again later, or raise {nameof(EngineOptions)}.{nameof(EngineOptions.MaxQueuedRequests)}.")
{
    /// <summary>The queue's limit.</summary>
    public int Limit { get; } = limit;
}
