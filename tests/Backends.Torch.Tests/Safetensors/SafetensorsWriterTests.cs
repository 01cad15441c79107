using Backends.Torch.Safetensors;
using TorchSharp;

namespace Backends.Torch.Tests.Safetensors;

public sealed class SafetensorsWriterTests
{
    [Fact]
    public void Write_ThenOpen_GivesEqualTensorsAlignedForTheirType()
    {
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        var tensors = new Dictionary<string, torch.Tensor>
        {
            ["flags"] = torch.tensor([true, false, true]),
            ["bytes"] = torch.tensor(new byte[] { 1, 2, 3 }),
            ["halves"] = torch.randn(5).to(torch.float16),
            ["brains"] = torch.randn(7).to(torch.bfloat16),
            ["floats"] = torch.randn(3, 4),
            ["turned"] = torch.randn(3, 4).t(),
            ["longs"] = torch.arange(5),
            ["scalar"] = torch.tensor(2.5),
            ["empty"] = torch.empty(0, 4),
        };

        SafetensorsWriter.Write(folder.File("x"), tensors, new Dictionary<string, string> { ["format"] = "pt" });
        using var file = SafetensorsFile.Open(folder.File("x"));

        Assert.Equal("pt", Assert.Single(file.Metadata).Value);
        Assert.Equal(tensors.Keys.Order(), file.Entries.Keys.Order());
        foreach (var (name, tensor) in tensors)
        {
            var back = file.Read(name, tensor.shape);
            Assert.Equal(tensor.dtype, back.dtype);
            Assert.True(tensor.eq(back).all().item<bool>(), name);
            Assert.Equal(0, file.Entries[name].Offset % tensor.element_size());
        }
    }

    [Fact]
    public void Write_Twice_GivesTheSameBytesAndNoTemporaryFile()
    {
        using var folder = new TemporaryFolder();
        using var ones = torch.ones(3);
        var tensors = new Dictionary<string, torch.Tensor> { ["b"] = ones, ["a"] = ones };

        SafetensorsWriter.Write(folder.File("x"), tensors);
        var first = File.ReadAllBytes(folder.File("x"));
        SafetensorsWriter.Write(folder.File("x"), tensors.Reverse().ToDictionary());

        Assert.Equal(first, File.ReadAllBytes(folder.File("x")));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void Write_TypeOrNameOutsideFormat_IsRefusedBeforeTheTargetIsTouched()
    {
        using var folder = new TemporaryFolder();
        using var complex = torch.zeros(2, dtype: torch.complex64);
        using var ones = torch.ones(1);
        File.WriteAllText(folder.File("x"), "old");

        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(folder.File("x"), new Dictionary<string, torch.Tensor> { ["c"] = complex }));
        Assert.Throws<ArgumentException>(() => SafetensorsWriter.Write(folder.File("x"), new Dictionary<string, torch.Tensor> { ["__metadata__"] = ones }));

        Assert.Equal("old", File.ReadAllText(folder.File("x")));
    }

    [Fact]
    public void Write_FolderMissing_IsIOException()
    {
        using var folder = new TemporaryFolder();
        using var ones = torch.ones(1);

        var target = Path.Combine(folder.Path, "no", "x");
        Assert.ThrowsAny<IOException>(() => SafetensorsWriter.Write(target, new Dictionary<string, torch.Tensor> { ["a"] = ones }));
    }
}
