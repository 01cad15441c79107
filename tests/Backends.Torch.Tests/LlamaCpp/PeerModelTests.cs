using System.Security.Cryptography;

namespace Backends.Torch.Tests.LlamaCpp;

/// <summary>Writes the models that llama.cpp evaluates (see eval/peers/llama-cpp) and ties the goldens to exactly these files.</summary>
public sealed class PeerModelTests
{
    public static TheoryData<string> Shapes => new(PeerShape.All.Select(s => s.Name));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Write_Gguf_IsTheFileThatLlamaCppEvaluated(string name)
    {
        var shape = PeerShape.Named(name);
        var folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "llama-cpp"));
        var path = Path.Combine(folder.FullName, name + ".gguf");
        using (var stream = File.Create(path))
            PeerGguf.Write(stream, shape, PeerWeights.Create(shape));

        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));

        Assert.True(
            hash == PeerGolden.Load(name).ModelSha256,
            $"{path} differs from the model behind the golden; run the peer as eval/peers/llama-cpp/README.md says.");
    }

    [Fact]
    public void Interleave_OneHead_PairsHalves()
    {
        float[] rows = [0, 1, 2, 3, 4, 5, 6, 7];

        Assert.Equal([0f, 2, 1, 3, 4, 6, 5, 7], PeerGguf.Interleave(rows, columns: 1, headDim: 4));
    }
}
