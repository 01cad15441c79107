using Microsoft.Extensions.AI;

namespace Hub.Abstractions;

/// <summary>What an effect may know while it executes.</summary>
public sealed record EffectContext
{
    /// <summary>Path of the effect in its run.</summary>
    public required string EffectId { get; init; }

    /// <summary>Idempotency key: run id and effect id. The same on every attempt.</summary>
    public required string Key { get; init; }

    /// <summary>Seed of this effect: the same on every attempt.</summary>
    public required long Seed { get; init; }

    /// <summary>Signalled when the run is cancelled or suspended.</summary>
    public required CancellationToken Cancelled { get; init; }

    /// <summary>Hands a part of a model's answer to whoever streams the run; null where nobody does.</summary>
    public Action<ChatResponseUpdate>? Stream { get; init; }

    /// <summary>A person's answer given on resume, or null.</summary>
    public string? Answer { get; init; }

    /// <summary>True where an earlier attempt was in flight when the process ended.</summary>
    public bool IsRedo { get; init; }
}
