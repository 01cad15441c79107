using Backends.Torch.Llama;

namespace Backends.Training.Checkpoints;

/// <summary>Everything of a training but its tensors.</summary>
internal sealed record CheckpointHeader(
    LlamaConfig Config,
    OptimizerKind Optimizer,
    ComputePrecision Precision,
    long Step,
    long Tokens,
    double Seconds,
    double LossSum,
    double AccuracySum,
    int LossCount,
    string DataState);
