using Hub.Nano.Suite;
using Hub.Nano.Tasks;

namespace Hub.Nano.Tests;

public sealed class ControlTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hub-nano-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void ShuffledWeights_Copy_HasTheSameNumbersInAnotherOrder()
    {
        var (from, to) = (Path.Combine(_folder, "from"), Path.Combine(_folder, "to"));
        Directory.CreateDirectory(from);
        foreach (var name in new[] { "config.json", "tokenizer.json" })
            File.WriteAllText(Path.Combine(from, name), "{}");
        var header = """{"a":{"dtype":"F32","shape":[100],"data_offsets":[0,400]},"b":{"dtype":"BF16","shape":[50],"data_offsets":[400,500]}}"""u8.ToArray();
        byte[] data = [.. Enumerable.Range(0, 100).SelectMany(i => BitConverter.GetBytes((float)i)), .. Enumerable.Range(0, 50).SelectMany(i => BitConverter.GetBytes((short)i))];
        File.WriteAllBytes(Path.Combine(from, "model.safetensors"), [.. BitConverter.GetBytes((long)header.Length), .. header, .. data]);

        ShuffledWeights.Copy(from, to, 1);

        var copy = File.ReadAllBytes(Path.Combine(to, "model.safetensors")).AsSpan(8 + header.Length).ToArray();
        var floats = Enumerable.Range(0, 100).Select(i => (int)BitConverter.ToSingle(copy, i * 4)).ToArray();
        Assert.NotEqual(Enumerable.Range(0, 100), floats);
        Assert.Equal(Enumerable.Range(0, 100), floats.Order());
        Assert.Equal(Enumerable.Range(0, 50), Enumerable.Range(0, 50).Select(i => (int)BitConverter.ToInt16(copy, 400 + (i * 2))).Order());
    }

    [Fact]
    public void Majority_OfAFamily_IsWhatAlwaysTheSameAnswerScores()
    {
        var generator = new EpisodeGenerator(3);
        NanoResult[] refusals = [.. Enumerable.Range(0, 20).Select(_ => new NanoResult(generator.Next(Split.Seen, "refusal"), "", false, 0, null))];
        NanoResult[] claims = [.. Enumerable.Range(0, 200).Select(_ => new NanoResult(generator.Next(Split.Seen, "comparison"), "", false, 0, null))];

        Assert.Equal(1, SuiteShare.Of("refusal", refusals).Majority);
        Assert.InRange(SuiteShare.Of("comparison", claims).Majority, 0.4, 0.65);
    }
}
