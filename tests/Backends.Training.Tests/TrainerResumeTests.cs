using Backends.Training.Checkpoints;
using Backends.Training.Optimizers;

namespace Backends.Training.Tests;

public class TrainerResumeTests
{
    private sealed class KilledException : Exception;

    private static byte[] Train(TrainerOptions options, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        using var model = TinyTraining.Model();
        using var trainer = new Trainer(model, TinyTraining.Blocks(), options);
        trainer.Run(progress, cancellationToken);
        return model.Parameters.Values.bytes.ToArray();
    }

    private static TrainerOptions Options(ScratchFolder folder, string name, OptimizerKind optimizer, TrainingPrecision precision)
    {
        var options = TinyTraining.Options(optimizer, precision);
        options.CheckpointPath = folder.File(name + ".checkpoint");
        options.LossLogPath = folder.File(name + ".jsonl");
        return options;
    }

    [Theory]
    [InlineData(OptimizerKind.Muon, TrainingPrecision.Full)]
    [InlineData(OptimizerKind.Muon, TrainingPrecision.Mixed)]
    [InlineData(OptimizerKind.AdamW, TrainingPrecision.Full)]
    public void Run_KilledAndContinued_GivesTheSameBitsAndLog(OptimizerKind optimizer, TrainingPrecision precision)
    {
        using var folder = new ScratchFolder();
        var whole = Options(folder, "whole", optimizer, precision);
        var broken = Options(folder, "broken", optimizer, precision);
        var wanted = Train(whole);

        // Dies at step 9, a step past its checkpoint at 8 with a log line already written.
        Assert.Throws<KilledException>(() => Train(broken, new SyncProgress(progress =>
        {
            if (progress.Step == 9)
                throw new KilledException();
        })));
        var found = Train(broken);

        Assert.Equal(wanted, found);
        Assert.Equal(
            LossLog.Read(whole.LossLogPath!).Select(entry => entry with { Seconds = 0 }),
            LossLog.Read(broken.LossLogPath!).Select(entry => entry with { Seconds = 0 }));
        Assert.Equal([3L, 6, 9, 12], LossLog.Read(whole.LossLogPath!).Select(entry => entry.Step));
    }

    [Fact]
    public void Run_CancelledAndContinued_GivesTheSameBits()
    {
        using var folder = new ScratchFolder();
        var options = Options(folder, "cancelled", OptimizerKind.Muon, TrainingPrecision.Full);
        var wanted = Train(TinyTraining.Options());
        using var source = new CancellationTokenSource();

        var early = Train(options, new SyncProgress(_ => source.Cancel()), source.Token);

        Assert.NotEqual(wanted, early);
        Assert.Equal(wanted, Train(options));
    }

    [Fact]
    public void Run_MomentsForgotten_IsNoticedByTheComparison()
    {
        using var folder = new ScratchFolder();
        var options = Options(folder, "planted", OptimizerKind.Muon, TrainingPrecision.Full);
        var wanted = Train(TinyTraining.Options());
        using (var source = new CancellationTokenSource())
            Train(options, new SyncProgress(_ => source.Cancel()), source.Token);
        using (var model = TinyTraining.Model())
        using (var read = new OptimizerState(model.Parameters.Count, TorchSharp.torch.CPU))
        using (var empty = new OptimizerState(model.Parameters.Count, TorchSharp.torch.CPU))
        {
            var header = TrainingCheckpoint.Read(options.CheckpointPath!, model.Config, OptimizerKind.Muon, model.Parameters, read);
            TrainingCheckpoint.Write(options.CheckpointPath!, header, model.Parameters, empty);
        }

        Assert.NotEqual(wanted, Train(options));
    }

    [Fact]
    public void Run_LearningRateBeyondReason_IsTypedAndKeepsTheCheckpoint()
    {
        using var folder = new ScratchFolder();
        var options = Options(folder, "wild", OptimizerKind.AdamW, TrainingPrecision.Full);
        options.Steps = 4;
        Train(options);
        var before = File.ReadAllBytes(options.CheckpointPath!);
        options.Steps = 12;
        options.LearningRate = 1e38;

        var fault = Assert.Throws<TrainingException>(() => Train(options));

        Assert.Contains("Lower the learning rate", fault.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(options.CheckpointPath!));
    }

    [Fact]
    public void Run_TokenBudget_EndsAtTheFirstBatchPastIt()
    {
        var options = TinyTraining.Options();
        (options.Steps, options.TokenBudget) = (0, 100); // 32 tokens a batch
        using var model = TinyTraining.Model();
        using var trainer = new Trainer(model, TinyTraining.Blocks(), options);

        var result = trainer.Run();

        Assert.Equal((true, 4L, 128L), (result.Completed, result.Steps, result.Tokens));
    }
}
