using Backends.Torch.Llama;

namespace Backends.Training;

/// <summary>Chooses what products compute with: the caller's choice, or the faster of both on the model's own shapes.</summary>
internal static class PrecisionProbe
{
    private const int Rounds = 3;

    /// <summary>Decides; the model's parameters stay as they are, its gradients are overwritten.</summary>
    public static ComputePrecision Choose(TrainingPrecision wanted, LlamaModel model, TrainingBatch batch, TimeProvider time) => wanted switch
    {
        TrainingPrecision.Full => ComputePrecision.Full,
        TrainingPrecision.Mixed => ComputePrecision.Mixed,
        _ => Time(model, batch, ComputePrecision.Mixed, time) < Time(model, batch, ComputePrecision.Full, time)
            ? ComputePrecision.Mixed
            : ComputePrecision.Full,
    };

    private static TimeSpan Time(LlamaModel model, TrainingBatch batch, ComputePrecision precision, TimeProvider time)
    {
        var best = TimeSpan.MaxValue;
        for (var round = 0; round <= Rounds; round++)
        {
            var start = time.GetTimestamp();
            BatchLoss.Backward(model, batch, precision);
            var spent = time.GetElapsedTime(start);
            if (round > 0 && spent < best) // the first round builds the library's primitives
                best = spent;
        }

        return best;
    }
}
