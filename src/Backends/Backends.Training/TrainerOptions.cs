namespace Backends.Training;

/// <summary>How to train. Defaults are the recipe that suits models of a few million parameters.</summary>
public sealed class TrainerOptions
{
    /// <summary>Steps at which training ends; 0 for none. At least one of steps and tokens is needed.</summary>
    public long Steps { get; set; }

    /// <summary>Real tokens after which training ends; 0 for none. Whichever limit is nearer drives the schedule.</summary>
    public long TokenBudget { get; set; }

    /// <summary>What moves the hidden matrices.</summary>
    public OptimizerKind Optimizer { get; set; } = OptimizerKind.Muon;

    /// <summary>Peak learning rate of AdamW's parameters.</summary>
    /// <value>The default is 0.002.</value>
    public double LearningRate { get; set; } = 2e-3;

    /// <summary>Peak learning rate of Muon's matrices, scaled inside by 0.2 times the root of the larger side.</summary>
    /// <value>The default is 0.002.</value>
    public double MuonLearningRate { get; set; } = 2e-3;

    /// <summary>Decoupled weight decay of the hidden matrices (and of embeddings when AdamW moves everything).</summary>
    /// <value>The default is 0.05.</value>
    public double WeightDecay { get; set; } = 0.05;

    /// <summary>AdamW's decay of the first moment.</summary>
    public double Beta1 { get; set; } = 0.9;

    /// <summary>AdamW's decay of the second moment.</summary>
    public double Beta2 { get; set; } = 0.98;

    /// <summary>Muon's momentum.</summary>
    public double Momentum { get; set; } = 0.95;

    /// <summary>Largest norm of the whole gradient; 0 leaves it as it is.</summary>
    /// <value>The default is 1.</value>
    public double ClipNorm { get; set; } = 1;

    /// <summary>Shape of the schedule after the warm-up.</summary>
    public ScheduleShape Schedule { get; set; } = ScheduleShape.Trapezoid;

    /// <summary>Where a trapezoid begins to fall, as a fraction of the training.</summary>
    /// <value>The default is 0.4.</value>
    public double HoldFraction { get; set; } = 0.4;

    /// <summary>The learning rate at the end over its peak.</summary>
    /// <value>The default is 0.02.</value>
    public double FloorFactor { get; set; } = 0.02;

    /// <summary>Steps over which the learning rate rises.</summary>
    /// <value>The default is 200.</value>
    public long WarmupSteps { get; set; } = 200;

    /// <summary>Numbers that products compute with.</summary>
    public TrainingPrecision Precision { get; set; } = TrainingPrecision.Auto;

    /// <summary>Steps between two lines of the loss log and two reports.</summary>
    /// <value>The default is 20.</value>
    public int LogEverySteps { get; set; } = 20;

    /// <summary>File of the checkpoint, or null for none. An existing one is continued.</summary>
    public string? CheckpointPath { get; set; }

    /// <summary>Steps between two checkpoints; one is written at the end and on cancellation besides.</summary>
    /// <value>The default is 500.</value>
    public long CheckpointEverySteps { get; set; } = 500;

    /// <summary>File of the loss log (one JSON object a line), or null for none.</summary>
    public string? LossLogPath { get; set; }

    /// <summary>Checks that the settings make sense together.</summary>
    /// <exception cref="ArgumentException">The first setting that does not, with what it may be.</exception>
    public void Validate()
    {
        Require(Steps > 0 || TokenBudget > 0, $"Steps is {Steps} and TokenBudget {TokenBudget}; one of them must be above zero");
        Require(Steps >= 0 && TokenBudget >= 0, "Steps and TokenBudget must not be negative");
        Require(LearningRate > 0 && MuonLearningRate > 0, $"learning rates {LearningRate} and {MuonLearningRate} must be above zero");
        Require(WeightDecay is >= 0 and < 1, $"WeightDecay is {WeightDecay}; 0 to below 1 is needed");
        Require(Beta1 is >= 0 and < 1 && Beta2 is >= 0 and < 1 && Momentum is >= 0 and < 1, "Beta1, Beta2 and Momentum must lie in [0, 1)");
        Require(HoldFraction is >= 0 and < 1, $"HoldFraction is {HoldFraction}; 0 to below 1 is needed");
        Require(FloorFactor is >= 0 and <= 1, $"FloorFactor is {FloorFactor}; 0 to 1 is needed");
        Require(ClipNorm >= 0 && WarmupSteps >= 0, "ClipNorm and WarmupSteps must not be negative");
        Require(LogEverySteps > 0 && CheckpointEverySteps > 0, "LogEverySteps and CheckpointEverySteps must be above zero");
    }

    private static void Require(bool holds, string fault)
    {
        if (!holds)
            throw new ArgumentException(fault + ".");
    }
}
