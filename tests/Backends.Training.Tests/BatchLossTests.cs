using Backends.Torch.Llama;

namespace Backends.Training.Tests;

public class BatchLossTests
{
    [Fact]
    public void Backward_PaddedTargets_ChangeNothing()
    {
        using var model = TinyTraining.Model();
        long[] ids = [1, 2, 3, 4, 5, 6, 0, 1];
        var plain = new TrainingBatch(ids, 1, 8, [0, 2, 4], [2, 4, 6], 8);
        var padded = plain with { Positions = [0, 2, 4, 0, 0], Targets = [2, 4, 6, TrainingBatch.Ignored, TrainingBatch.Ignored] };

        var first = BatchLoss.Backward(model, plain, ComputePrecision.Full);
        var gradient = TinyTraining.Floats(model.Parameters.Gradients!);
        var second = BatchLoss.Backward(model, padded, ComputePrecision.Full);

        Assert.Equal(first.Loss, second.Loss, 5);
        Assert.Equal(first.Accuracy, second.Accuracy, 12);
        Assert.All(gradient.Zip(TinyTraining.Floats(model.Parameters.Gradients!)), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Backward_Twice_DoesNotAddUp()
    {
        using var model = TinyTraining.Model();
        var batch = TinyTraining.Blocks().Next();
        BatchLoss.Backward(model, batch, ComputePrecision.Full);
        var once = TinyTraining.Floats(model.Parameters.Gradients!);

        BatchLoss.Backward(model, batch, ComputePrecision.Full);

        Assert.Equal(once, TinyTraining.Floats(model.Parameters.Gradients!));
        Assert.Contains(once, value => value != 0);
    }
}
