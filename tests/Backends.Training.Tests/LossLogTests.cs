namespace Backends.Training.Tests;

public class LossLogTests
{
    private static LossLogEntry Entry(long step) => new(step, step * 10, 1.5 / step, 0.5, 1e-3, 0.7, step);

    [Fact]
    public void Read_LastLineCutOff_IsLeftOut()
    {
        using var folder = new ScratchFolder();
        var path = folder.File("log.jsonl");
        LossLog.Append(path, Entry(1));
        LossLog.Append(path, Entry(2));
        File.AppendAllText(path, "{\"step\":3,\"tok");

        Assert.Equal([Entry(1), Entry(2)], LossLog.Read(path));
    }

    [Fact]
    public void Read_DamagedLineInTheMiddle_NamesIt()
    {
        using var folder = new ScratchFolder();
        var path = folder.File("log.jsonl");
        File.WriteAllText(path, "rubbish\n");
        LossLog.Append(path, Entry(2));

        Assert.Contains("log.jsonl(1)", Assert.Throws<FormatException>(() => LossLog.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Plot_ALog_WritesAPng()
    {
        using var folder = new ScratchFolder();
        var path = folder.File("loss.png");

        LossPlot.Save([Entry(1), Entry(2), Entry(3)], path, "loss");

        var bytes = File.ReadAllBytes(path);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], bytes[..4]);
        Assert.True(bytes.Length > 2_000);
        Assert.Throws<ArgumentException>(() => LossPlot.Save([], path, "none"));
    }
}
