using Backends.Torch.Llama;

namespace Backends.Training;

/// <summary>How a training ended.</summary>
/// <param name="Completed">True at the limit of steps or tokens; false when it was cancelled (a checkpoint was written where one is configured).</param>
/// <param name="Steps">Steps done over all processes.</param>
/// <param name="Tokens">Real tokens seen over all processes.</param>
/// <param name="Loss">Mean loss since the last report, in nats a counted token.</param>
/// <param name="Elapsed">Time spent over all processes.</param>
/// <param name="Precision">What products computed with.</param>
public sealed record TrainingResult(bool Completed, long Steps, long Tokens, double Loss, TimeSpan Elapsed, ComputePrecision Precision);
