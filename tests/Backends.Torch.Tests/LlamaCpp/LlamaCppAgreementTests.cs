using System.Globalization;
using Backends.Torch.Safetensors;
using Backends.Torch.Tests.Safetensors;
using TorchSharp;
using Xunit.Abstractions;

namespace Backends.Torch.Tests.LlamaCpp;

/// <summary>Our engine against what llama.cpp answered for the same weights; see eval/peers/llama-cpp.</summary>
/// <remarks>
/// Criterion: logits differ by at most 1e-3 of their root mean square, and greedy tokens are equal wherever the top-2 margin exceeds ten times that.
/// </remarks>
public sealed class LlamaCppAgreementTests(ITestOutputHelper output)
{
    private const double LogitTolerance = 1e-3;
    private const double MarginFactor = 10;

    public static TheoryData<string> Shapes => new(PeerShape.All.Select(s => s.Name));

    [Theory]
    [MemberData(nameof(Shapes))]
    public void CachedPath_SameWeights_AgreesWithLlamaCpp(string name)
    {
        var golden = PeerGolden.Load(name);
        using var model = Load(PeerShape.Named(name), PeerWeights.Create(PeerShape.Named(name)));
        using var sequence = model.Open();
        var logits = new float[model.VocabularySize];
        var (difference, equal, compared) = (0.0, 0, 0);
        for (var at = 0; at < golden.Tokens.Length; at++)
        {
            if (at == 0 || at >= golden.PromptTokens)
                model.Decode([sequence], golden.Tokens.AsSpan(at, 1), logits);
            else
                model.Prefill(sequence, golden.Tokens.AsSpan(at, 1), logits);
            if (golden.Logits.TryGetValue(at, out var expected))
                difference = Math.Max(difference, Difference(expected, logits));
            if (at < golden.PromptTokens - 1 || at == golden.Tokens.Length - 1)
                continue;
            var isClear = golden.Margins[at + 1 - golden.PromptTokens] > MarginFactor * LogitTolerance * RootMeanSquare(logits);
            compared += isClear ? 1 : 0;
            equal += isClear && Best(logits) == golden.Tokens[at + 1] ? 1 : 0;
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: largest difference {difference:G3} of rms; greedy {equal} of {compared} clear steps of {golden.Margins.Length}"));
        Assert.InRange(difference, 0, LogitTolerance);
        Assert.Equal(compared, equal);
        Assert.True(compared >= 150, $"only {compared} of {golden.Margins.Length} steps are clear enough to compare");
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void PrefillAndScore_SameWeights_AgreeWithLlamaCpp(string name)
    {
        var golden = PeerGolden.Load(name);
        using var model = Load(PeerShape.Named(name), PeerWeights.Create(PeerShape.Named(name)));
        var scored = new float[golden.Tokens.Length * model.VocabularySize];
        model.Score(golden.Tokens, scored);
        var logits = new float[model.VocabularySize];
        foreach (var (at, expected) in golden.Logits)
        {
            using var sequence = model.Open();
            model.Prefill(sequence, golden.Tokens.AsSpan(0, at + 1), logits);

            Assert.InRange(Difference(expected, logits), 0, LogitTolerance);
            Assert.InRange(Difference(expected, scored.AsSpan(at * model.VocabularySize, model.VocabularySize)), 0, LogitTolerance);
        }
    }

    [Theory]
    [InlineData("theta")]
    [InlineData("epsilon")]
    [InlineData("halves")]
    [InlineData("groups")]
    public void Oracle_PlantedFault_IsCaught(string fault)
    {
        var shape = PeerShape.Named("gqa-tied");
        var golden = PeerGolden.Load(shape.Name);
        var weights = PeerWeights.Create(shape);
        using var model = fault switch
        {
            "theta" => Load(shape with { Theta = 12_000f }, weights),
            "epsilon" => Load(shape with { Epsilon = 1e-3f }, weights),
            "halves" => Load(shape, Changed(weights, "q_proj", values => PeerGguf.Interleave(values, shape.Dim, shape.HeadDim))),
            _ => Load(shape, Changed(weights, "v_proj", values => [.. values.Skip(values.Length / 2), .. values.Take(values.Length / 2)])),
        };
        using var sequence = model.Open();
        var logits = new float[model.VocabularySize];

        model.Prefill(sequence, golden.Tokens.AsSpan(0, golden.PromptTokens), logits);

        Assert.True(Difference(golden.Logits[golden.PromptTokens - 1], logits) > LogitTolerance);
    }

    private static TorchTokenModel Load(PeerShape shape, IEnumerable<(string Name, long[] Shape, float[] Values)> weights)
    {
        using var folder = new TemporaryFolder();
        using var scope = torch.NewDisposeScope();
        var tensors = weights.ToDictionary(w => w.Name, w => torch.tensor(w.Values, w.Shape));
        SafetensorsWriter.Write(folder.File(SafetensorsFolder.SingleFile), tensors);
        File.WriteAllText(folder.File("config.json"), shape.ConfigJson());
        return TorchTokenModel.Load(folder.Path);
    }

    private static IEnumerable<(string Name, long[] Shape, float[] Values)> Changed(
        IEnumerable<(string Name, long[] Shape, float[] Values)> weights, string part, Func<float[], float[]> change) =>
        weights.Select(w => w.Name.Contains(part, StringComparison.Ordinal) ? w with { Values = change(w.Values) } : w);

    private static double Difference(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) => TokenModel.TokenModelFixture.RelativeError(expected, actual);

    private static double RootMeanSquare(float[] values) => Math.Sqrt(values.Average(v => (double)v * v));

    private static int Best(float[] logits) => Array.IndexOf(logits, logits.Max());
}
