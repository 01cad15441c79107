using Backends.Torch.Native;

namespace Backends.Training.Characters;

/// <summary>Sizes and settings of a character model's training; the defaults are nanoGPT's sizes for a CPU.</summary>
public sealed class CharacterTrainingOptions
{
    /// <summary>Decoder blocks.</summary>
    public int Layers { get; set; } = 4;

    /// <summary>Attention heads; they divide the width.</summary>
    public int Heads { get; set; } = 4;

    /// <summary>Width of the residual stream.</summary>
    public int Width { get; set; } = 128;

    /// <summary>Width of the gated feed-forward layer.</summary>
    public int Intermediate { get; set; } = 352;

    /// <summary>Characters that the model sees at once.</summary>
    public int Block { get; set; } = 64;

    /// <summary>Blocks of a batch.</summary>
    public int Batch { get; set; } = 12;

    /// <summary>Taps of the short convolutions; 0 is a plain Llama.</summary>
    public int ConvolutionTaps { get; set; }

    /// <summary>Seed of the parameters and of the batches.</summary>
    public long Seed { get; set; } = 1;

    /// <summary>Share of the text, at its end, that is only ever measured.</summary>
    public double HeldOut { get; set; } = 0.1;

    /// <summary>A control: targets change places, so that nothing but frequencies can be learnt.</summary>
    public bool ShuffleTargets { get; set; }

    /// <summary>Where to train.</summary>
    public TrainingDevice Device { get; set; }

    /// <summary>How to train.</summary>
    public TrainerOptions Trainer { get; set; } = new()
    {
        Steps = 2_000,
        WarmupSteps = 100,
        LearningRate = 2e-3,
        MuonLearningRate = 3e-3,
        FloorFactor = 0.02,
    };
}
