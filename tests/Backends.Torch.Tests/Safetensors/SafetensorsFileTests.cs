using System.Runtime.InteropServices;
using System.Text;
using Backends.Torch.Safetensors;
using TorchSharp;

namespace Backends.Torch.Tests.Safetensors;

public sealed class SafetensorsFileTests
{
    private const string OneTensor = """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";

    [Fact]
    public void Read_FileMadeByHand_GivesValuesOfEachType()
    {
        using var folder = new TemporaryFolder();
        float[] floats = [1.5f, -2f];
        long[] longs = [7, -9];
        ushort[] brain = [0x3F80, 0xC000]; // 1, -2
        byte[] data = [.. MemoryMarshal.AsBytes<float>(floats), .. MemoryMarshal.AsBytes<long>(longs), .. MemoryMarshal.AsBytes<ushort>(brain)];
        const string header = """
            {"__metadata__":{"format":"pt"},
             "l":{"dtype":"I64","shape":[2,1],"data_offsets":[8,24]},
             "f":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},
             "b":{"dtype":"BF16","shape":[2],"data_offsets":[24,28]},
             "none":{"dtype":"F32","shape":[0,3],"data_offsets":[28,28]}}
            """;
        File.WriteAllBytes(folder.File("x"), SafetensorsBytes.File(Encoding.UTF8.GetBytes(header), data));

        using var file = SafetensorsFile.Open(folder.File("x"));
        using var f = file.Read("f", [2]);
        using var l = file.Read("l", [2, 1]);
        using var b = file.Read("b");
        using var wide = b.to(torch.float32);
        using var none = file.Read("none");

        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(floats, f.data<float>().ToArray());
        Assert.Equal(longs, l.data<long>().ToArray());
        Assert.Equal([1f, -2f], wide.data<float>().ToArray());
        Assert.Equal([0L, 3L], none.shape);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_AnyAlignment_GivesTheSameValues(int padding)
    {
        using var folder = new TemporaryFolder();
        float[] values = [3f, 5f];
        var header = Encoding.UTF8.GetBytes(OneTensor + new string(' ', padding));
        File.WriteAllBytes(folder.File("x"), SafetensorsBytes.File(header, MemoryMarshal.AsBytes<float>(values).ToArray()));

        using var file = SafetensorsFile.Open(folder.File("x"));
        using var tensor = file.Read("a");

        Assert.Equal(values, tensor.data<float>().ToArray());
    }

    [Fact]
    public void Read_TensorOutlivesFile_StaysReadable()
    {
        using var folder = new TemporaryFolder();
        using var ones = torch.ones(1000);
        SafetensorsWriter.Write(folder.File("x"), new Dictionary<string, torch.Tensor> { ["a"] = ones });

        var file = SafetensorsFile.Open(folder.File("x"));
        using var first = file.Read("a");
        using var second = file.Read("a"); // the same address twice
        file.Dispose();
        first.Dispose();

        Assert.Equal(1000f, second.sum().item<float>());
    }

    [Fact]
    public void Read_WriteIntoTensor_LeavesFileAsItWas()
    {
        using var folder = new TemporaryFolder();
        using var ones = torch.ones(8);
        SafetensorsWriter.Write(folder.File("x"), new Dictionary<string, torch.Tensor> { ["a"] = ones });
        var before = File.ReadAllBytes(folder.File("x"));

        using (var file = SafetensorsFile.Open(folder.File("x")))
        {
            using var tensor = file.Read("a");
            tensor.fill_(5f);
            Assert.Equal(40f, tensor.sum().item<float>());
        }

        Assert.Equal(before, File.ReadAllBytes(folder.File("x")));
    }

    [Fact]
    public void Read_WrongShapeOrName_NamesBoth()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("x"), SafetensorsBytes.File(OneTensor, 8));
        using var file = SafetensorsFile.Open(folder.File("x"));

        var shape = Assert.Throws<SafetensorsException>(() => file.Read("a", [1, 2]));
        var name = Assert.Throws<SafetensorsException>(() => file.Read("b"));

        Assert.Equal(("a", "shape [2]", "[1, 2]"), (shape.Tensor, shape.Found, shape.Needed));
        Assert.Equal("b", name.Tensor);
        Assert.Contains("a", name.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void CopyTo_HalfPrecision_Converts()
    {
        using var folder = new TemporaryFolder();
        using var half = torch.tensor([0.5f, 4f]).to(torch.float16);
        SafetensorsWriter.Write(folder.File("x"), new Dictionary<string, torch.Tensor> { ["h"] = half });
        using var file = SafetensorsFile.Open(folder.File("x"));
        using var target = torch.zeros(2);

        file.CopyTo("h", target);

        Assert.Equal([0.5f, 4f], target.data<float>().ToArray());
    }

    public static TheoryData<string, byte[], string> Damaged()
    {
        static string Entry(string dtype, string shape, string offsets) =>
            $$$"""{"a":{"dtype":"{{{dtype}}}","shape":{{{shape}}},"data_offsets":{{{offsets}}}}}""";
        var good = SafetensorsBytes.File(OneTensor, 8);
        return new TheoryData<string, byte[], string>
        {
            { "empty file", [], "truncated" },
            { "half a length", [1, 0, 0], "truncated" },
            { "length beyond file", [.. BitConverter.GetBytes(1000L), (byte)'{', (byte)'}'], "header inside the file" },
            { "negative length", [.. BitConverter.GetBytes(-1L), (byte)'{', (byte)'}'], "header inside the file" },
            { "cut data", good[..^1], "range inside the file" },
            { "cut header", good[..20], "header inside the file" },
            { "bytes after the end", [.. good, 0], "ends with its last tensor" },
            { "not JSON", SafetensorsBytes.File("hello", 0), "no JSON" },
            { "empty header", SafetensorsBytes.File("", 0), "no JSON" },
            { "list", SafetensorsBytes.File("[]", 0), "JSON object" },
            { "name not UTF-8", SafetensorsBytes.File([(byte)'{', (byte)'"', 0xFF, (byte)'"', (byte)':', (byte)'1', (byte)'}'], []), "no JSON" },
            { "deep nesting", SafetensorsBytes.File(new string('[', 100_000), 0), "no JSON" },
            { "duplicate names", SafetensorsBytes.File(OneTensor[..^1] + "," + OneTensor[1..], 8), "unique names" },
            { "tensor is a number", SafetensorsBytes.File("""{"a":1}""", 0), "dtype, shape and data_offsets" },
            { "no dtype", SafetensorsBytes.File("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", 8), "no dtype" },
            { "unknown dtype", SafetensorsBytes.File(Entry("F8_E4M3", "[8]", "[0,8]"), 8), "F8_E4M3" },
            { "no shape", SafetensorsBytes.File("""{"a":{"dtype":"F32","data_offsets":[0,8]}}""", 8), "'shape'" },
            { "negative size", SafetensorsBytes.File(Entry("F32", "[-2]", "[0,8]"), 8), "whole numbers" },
            { "fractional size", SafetensorsBytes.File(Entry("F32", "[2.5]", "[0,8]"), 8), "whole numbers" },
            { "huge size", SafetensorsBytes.File(Entry("F32", "[9223372036854775807,9223372036854775807]", "[0,8]"), 8), "63 bits" },
            { "too many dimensions", SafetensorsBytes.File(Entry("F32", $"[2{string.Concat(Enumerable.Repeat(",1", 64))}]", "[0,8]"), 8), "at most 64" },
            { "shape disagrees", SafetensorsBytes.File(Entry("F32", "[3]", "[0,8]"), 8), "12 bytes" },
            { "one offset", SafetensorsBytes.File(Entry("F32", "[2]", "[0]"), 8), "two: first byte" },
            { "offsets reversed", SafetensorsBytes.File(Entry("F32", "[2]", "[8,0]"), 8), "range inside" },
            { "offsets beyond file", SafetensorsBytes.File(Entry("F32", "[2]", "[8,16]"), 8), "range inside" },
            { "hole", SafetensorsBytes.File(Entry("F32", "[2]", "[4,12]"), 12), "without holes" },
            {
                "overlap",
                SafetensorsBytes.File("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12),
                "do not overlap"
            },
            { "metadata no text", SafetensorsBytes.File("""{"__metadata__":{"a":1}}""", 0), "text" },
            { "metadata no object", SafetensorsBytes.File("""{"__metadata__":3}""", 0), "object of text values" },
        };
    }

    [Theory]
    [MemberData(nameof(Damaged))]
    public void Open_DamagedFile_SaysWhatIsWrong(string fault, byte[] bytes, string expected)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File(fault.Replace(' ', '-'));
        File.WriteAllBytes(path, bytes);

        var error = Assert.Throws<SafetensorsException>(() => SafetensorsFile.Open(path));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(path, error.File);
    }

    [Fact]
    public void Open_NoFileOrFolder_IsTyped()
    {
        using var folder = new TemporaryFolder();

        Assert.Throws<SafetensorsException>(() => SafetensorsFile.Open(folder.File("absent")));
        Assert.Throws<SafetensorsException>(() => SafetensorsFile.Open(folder.Path));
    }

    [Fact]
    public void Open_RandomDamage_ReadsOrThrowsTyped()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(20260);
        const string header = """
            {"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"b":{"dtype":"BF16","shape":[3],"data_offsets":[8,14]}}
            """;
        var good = SafetensorsBytes.File(header, 14);
        var (read, refused) = (0, 0);
        for (var round = 0; round < 3_000; round++)
        {
            var bytes = round % 3 == 0 ? RandomBytes(random) : Damage(random, good);
            var path = folder.File("x");
            File.WriteAllBytes(path, bytes);
            try
            {
                using var file = SafetensorsFile.Open(path);
                foreach (var name in file.Entries.Keys)
                    file.Read(name).Dispose();
                read++;
            }
            catch (SafetensorsException)
            {
                refused++;
            }
        }

        Assert.True(read > 20 && refused > 1_000, $"{read} read, {refused} refused: the damage is too strong or too weak to tell anything");
    }

    private static byte[] RandomBytes(Random random)
    {
        var header = new byte[random.Next(64)];
        random.NextBytes(header);
        return random.Next(2) == 0 ? header : SafetensorsBytes.File(header, new byte[random.Next(16)]);
    }

    private static byte[] Damage(Random random, byte[] good)
    {
        var bytes = good.ToArray();
        for (var i = random.Next(1, 3); i > 0; i--)
            bytes[random.Next(bytes.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : (byte)"0123456789[]{},:\""[random.Next(17)];
        return random.Next(4) == 0 ? bytes[..random.Next(bytes.Length)] : bytes;
    }
}
