using Backends.Abstractions;
using Hub.Abstractions;
using Knowledge.Rules;
using Microsoft.Extensions.AI;

namespace Knowledge.Memory;

/// <summary>How a memory works.</summary>
public sealed record GraphMemoryOptions
{
    /// <summary>What is known about properties beforehand.</summary>
    /// <value>The default declares nothing.</value>
    public MemorySchema Schema { get; init; } = MemorySchema.Empty;

    /// <summary>Rules that infer further facts from those that are held; null for none.</summary>
    /// <value>The default is none.</value>
    public RuleSet? Rules { get; init; }

    /// <summary>Makes vectors of turns and questions; null to do without.</summary>
    /// <value>The default is none.</value>
    public IEmbeddingGenerator<string, Embedding<float>>? Embeddings { get; init; }

    /// <summary>What scores vectors; null to compare them one by one here.</summary>
    /// <value>The default is none; a hub has one.</value>
    public IGraphOffload? Offload { get; init; }

    /// <summary>The run log, whose payloads a purge of a run erases too; null where sources are not runs.</summary>
    /// <value>The default is none.</value>
    public IRunStore? Runs { get; init; }

    /// <summary>What counts how much in ranking.</summary>
    /// <value>The default was tuned on conversations.</value>
    public RankingOptions Ranking { get; init; } = new();

    /// <summary>The clock; that of the store should be the same.</summary>
    /// <value>The default is the system's.</value>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Longest text of one turn, in characters.</summary>
    /// <value>The default is 100,000.</value>
    public int MaxTurnLength { get; init; } = 100_000;
}
