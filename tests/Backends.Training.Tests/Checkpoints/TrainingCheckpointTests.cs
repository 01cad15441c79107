using Backends.Training.Checkpoints;
using Backends.Training.Optimizers;

namespace Backends.Training.Tests.Checkpoints;

public class TrainingCheckpointTests
{
    private static string Write(ScratchFolder folder)
    {
        var options = TinyTraining.Options();
        (options.Steps, options.CheckpointPath) = (2, folder.File("a.checkpoint"));
        using var model = TinyTraining.Model();
        using var trainer = new Trainer(model, TinyTraining.Blocks(), options);
        trainer.Run();
        return options.CheckpointPath;
    }

    private static TrainingException Fault(string path, Backends.Torch.Llama.LlamaConfig? config = null, OptimizerKind optimizer = OptimizerKind.Muon)
    {
        using var model = TinyTraining.Model();
        using var state = new OptimizerState(model.Parameters.Count, TorchSharp.torch.CPU);
        return Assert.Throws<TrainingException>(() => TrainingCheckpoint.Read(path, config ?? TinyTraining.Config, optimizer, model.Parameters, state));
    }

    [Theory]
    [InlineData(0, "first bytes")]
    [InlineData(9, "")]
    [InlineData(30, "")]
    [InlineData(-5, "checksum")]
    [InlineData(-5000, "checksum")]
    public void Read_OneByteChanged_IsTyped(int offset, string why)
    {
        using var folder = new ScratchFolder();
        var path = Write(folder);
        var bytes = File.ReadAllBytes(path);
        bytes[offset < 0 ? bytes.Length + offset : offset] ^= 0x55;
        File.WriteAllBytes(path, bytes);

        Assert.Contains(why, Fault(path).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(40)]
    [InlineData(5000)]
    public void Read_CutOff_IsTyped(int length)
    {
        using var folder = new ScratchFolder();
        var path = Write(folder);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);

        Assert.Contains("ends early", Fault(path).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OtherSettings_SaysSo()
    {
        using var folder = new ScratchFolder();
        var path = Write(folder);

        Assert.Contains("other sizes", Fault(path, TinyTraining.Config with { RopeTheta = 5 }).Message, StringComparison.Ordinal);
        Assert.Contains("other sizes", Fault(path, optimizer: OptimizerKind.AdamW).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_FolderInTheWay_LeavesTheOldFileAndNoRest()
    {
        using var folder = new ScratchFolder();
        var path = Write(folder);
        var before = File.ReadAllBytes(path);
        Directory.CreateDirectory(path + ".tmp");
        using var model = TinyTraining.Model();
        var options = TinyTraining.Options();
        options.CheckpointPath = path;
        using var trainer = new Trainer(model, TinyTraining.Blocks(), options);

        Assert.ThrowsAny<Exception>(() => trainer.Run());
        Assert.Equal(before, File.ReadAllBytes(path));
    }
}
