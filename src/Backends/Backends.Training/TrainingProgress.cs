using Backends.Torch.Llama;

namespace Backends.Training;

/// <summary>Where a training stands, reported after each line of the loss log and after each checkpoint.</summary>
/// <param name="Step">Steps done.</param>
/// <param name="Tokens">Real tokens seen.</param>
/// <param name="Fraction">How far it is, in [0, 1].</param>
/// <param name="Loss">Mean loss in nats a counted token since the last report.</param>
/// <param name="Accuracy">Share of counted tokens whose likeliest guess was right since the last report.</param>
/// <param name="LearningRate">AdamW's rate of the last step.</param>
/// <param name="GradientNorm">Norm of the last gradient before clipping.</param>
/// <param name="TokensPerSecond">Real tokens a second since this process began or went on with the training.</param>
/// <param name="Elapsed">Time spent over all processes.</param>
/// <param name="Precision">What products compute with.</param>
public sealed record TrainingProgress(
    long Step,
    long Tokens,
    double Fraction,
    double Loss,
    double Accuracy,
    double LearningRate,
    double GradientNorm,
    double TokensPerSecond,
    TimeSpan Elapsed,
    ComputePrecision Precision);
