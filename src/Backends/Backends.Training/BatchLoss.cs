using Backends.Torch.Llama;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Backends.Training;

/// <summary>Loss and guesses of one batch.</summary>
/// <param name="Loss">Mean over the counted tokens, in nats.</param>
/// <param name="Accuracy">Share of counted tokens whose likeliest guess was right.</param>
internal readonly record struct BatchLoss(double Loss, double Accuracy)
{
    /// <summary>Runs a batch forward and backward; the flat gradient buffer holds the mean loss's gradient afterwards.</summary>
    public static BatchLoss Backward(LlamaModel model, TrainingBatch batch, ComputePrecision precision)
    {
        using var scope = NewDisposeScope();
        using (no_grad())
            model.Parameters.Gradients!.zero_();
        var (logits, targets, loss) = Run(model, batch, precision);
        loss.backward();
        return Read(logits, targets, loss);
    }

    /// <summary>Runs a batch forward alone.</summary>
    public static BatchLoss Forward(LlamaModel model, TrainingBatch batch, ComputePrecision precision)
    {
        using var noGradient = no_grad();
        using var scope = NewDisposeScope();
        var (logits, targets, loss) = Run(model, batch, precision);
        return Read(logits, targets, loss);
    }

    private static (Tensor Logits, Tensor Targets, Tensor Loss) Run(LlamaModel model, TrainingBatch batch, ComputePrecision precision)
    {
        var hidden = model.Hidden(tensor(batch.Ids, batch.Rows, batch.Width, device: model.Device), precision).view(-1, model.Config.Hidden);
        var logits = model.Project(hidden.index_select(0, tensor(batch.Positions, device: model.Device)), precision);
        var targets = tensor(batch.Targets, device: model.Device);
        return (logits, targets, functional.cross_entropy(logits, targets, ignore_index: TrainingBatch.Ignored));
    }

    private static BatchLoss Read(Tensor logits, Tensor targets, Tensor loss)
    {
        using var noGradient = no_grad();
        var counted = targets.ne(TrainingBatch.Ignored).sum().item<long>();
        var right = logits.argmax(-1).eq(targets).sum().item<long>();
        return new BatchLoss(loss.item<float>(), right / (double)counted);
    }
}
