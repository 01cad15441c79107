using Backends.Torch.Native;
using Backends.Training;

namespace Hub.Nano.Training;

/// <summary>How to train hub-nano.</summary>
public sealed record NanoTrainingOptions
{
    /// <summary>Model folder: tokenizer, configuration, weights, loss log and plot, checkpoint.</summary>
    public required string Output { get; init; }

    /// <summary>Tokens to train on; the learning rate falls towards this end.</summary>
    public long TokenBudget { get; init; } = 40_000_000;

    /// <summary>Seed of the first weights.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Model folder whose weights and tokenizer the training begins with; null to begin from nothing.</summary>
    public string? From { get; init; }

    /// <summary>Peak learning rate of all parameters.</summary>
    public double LearningRate { get; init; } = 1.5e-3;

    /// <summary>Where the learning rate begins to fall, as a fraction of the training.</summary>
    public double HoldFraction { get; init; } = 0.45;

    /// <summary>Numbers that products compute with.</summary>
    /// <value>The default measures both and takes the faster.</value>
    public TrainingPrecision Precision { get; init; } = TrainingPrecision.Auto;

    /// <summary>Where to train.</summary>
    /// <value>The default takes a GPU where there is one.</value>
    public TrainingDevice Device { get; init; }

    /// <summary>Steps between two checkpoints.</summary>
    public long CheckpointEverySteps { get; init; } = 500;

    /// <summary>Time between two savings of the weights.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromMinutes(4);

    /// <summary>Tasks and curriculum.</summary>
    public NanoDataOptions Data { get; init; } = new();
}
