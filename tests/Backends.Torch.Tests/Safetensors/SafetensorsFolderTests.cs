using Backends.Torch.Safetensors;
using TorchSharp;

namespace Backends.Torch.Tests.Safetensors;

public sealed class SafetensorsFolderTests
{
    [Fact]
    public void Open_Shards_FindsEachTensorInItsOwn()
    {
        using var folder = new TemporaryFolder();
        WriteShards(folder, """{"metadata":{"total_size":8},"weight_map":{"a":"1.safetensors","b":"2.safetensors"}}""");

        using var weights = SafetensorsFolder.Open(folder.Path);
        using var b = weights.Read("b", [1]);

        Assert.Equal(["a", "b"], weights.Names.Order());
        Assert.True(weights.Contains("a") && !weights.Contains("c"));
        Assert.Equal(2f, b.item<float>());
    }

    [Theory]
    [InlineData("{", "cannot be read")]
    [InlineData("[]", "cannot be read")]
    [InlineData("""{"weight_map":[]}""", "cannot be read")]
    [InlineData("""{"weight_map":{"a":3}}""", "cannot be read")]
    [InlineData("""{"weight_map":{"a":"../1.safetensors"}}""", "without folders")]
    [InlineData("""{"weight_map":{"a":"3.safetensors"}}""", "readable safetensors file")]
    [InlineData("""{"weight_map":{"a":"2.safetensors"}}""", "agrees with its shards")]
    [InlineData("""{"weight_map":{"a":"1.safetensors","a":"1.safetensors"}}""", "unique names")]
    public void Open_BadIndex_SaysWhatIsWrong(string index, string expected)
    {
        using var folder = new TemporaryFolder();
        WriteShards(folder, index);

        var error = Assert.Throws<SafetensorsException>(() => SafetensorsFolder.Open(folder.Path));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_NoWeights_NamesBothFiles()
    {
        using var folder = new TemporaryFolder();

        var error = Assert.Throws<SafetensorsException>(() => SafetensorsFolder.Open(folder.Path));

        Assert.Contains(SafetensorsFolder.SingleFile, error.Needed, StringComparison.Ordinal);
        Assert.Contains(SafetensorsFolder.IndexFile, error.Needed, StringComparison.Ordinal);
    }

    private static void WriteShards(TemporaryFolder folder, string index)
    {
        foreach (var (file, name, value) in new[] { ("1.safetensors", "a", 1f), ("2.safetensors", "b", 2f) })
        {
            using var tensor = torch.full(1, value);
            SafetensorsWriter.Write(folder.File(file), new Dictionary<string, torch.Tensor> { [name] = tensor });
        }

        File.WriteAllText(folder.File(SafetensorsFolder.IndexFile), index);
    }
}
