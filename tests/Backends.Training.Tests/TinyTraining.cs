using Backends.Torch.Llama;
using Backends.Training.Characters;

namespace Backends.Training.Tests;

/// <summary>A training of a few thousand parameters on a text with a pattern.</summary>
internal static class TinyTraining
{
    public static LlamaConfig Config => new()
    {
        Vocabulary = 7,
        Hidden = 16,
        Layers = 2,
        Heads = 2,
        Intermediate = 24,
        Context = 8,
        ConvolutionTaps = 4,
    };

    public static TrainerOptions Options(OptimizerKind optimizer = OptimizerKind.Muon, TrainingPrecision precision = TrainingPrecision.Full) => new()
    {
        Steps = 12,
        WarmupSteps = 3,
        Optimizer = optimizer,
        Precision = precision,
        LogEverySteps = 3,
        CheckpointEverySteps = 4,
    };

    public static LlamaModel Model()
    {
        var model = new LlamaModel(Config, trainable: true);
        model.Initialise(5);
        return model;
    }

    public static ITrainingData Blocks() => new CharacterBlocks([.. Enumerable.Range(0, 400).Select(i => i * i % 7)], rows: 4, width: 8, seed: 3);

    public static float[] Floats(TorchSharp.torch.Tensor tensor)
    {
        using var flat = tensor.contiguous();
        return flat.data<float>().ToArray();
    }
}
