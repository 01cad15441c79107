using Backends.Serving.Sampling;
using Backends.Serving.Tests.Reference;
using CsCheck;

namespace Backends.Serving.Tests.Sampling;

public class SamplerTests
{
    private static readonly Gen<(float[] Logits, SamplingOptions Options, bool[] Allowed)> s_cases =
        from size in Gen.Int[2, 12]
        from logits in Gen.Int[-8, 8].Select(l => l * 0.5f).Array[size]
        from allowed in Gen.Bool.Array[size]
        from temperature in Gen.Int[1, 4].Select(t => t * 0.5)
        from topK in Gen.Int[0, 5]
        from topP in Gen.Int[0, 19].Select(p => p == 0 ? 1 : 0.013 + (p * 0.05))   // No sum of equal probabilities: there rounding decides.
        from minP in Gen.Int[0, 5].Select(p => p * 0.19)
        select (logits, new SamplingOptions { Temperature = temperature, TopK = topK, TopP = topP, MinP = minP }.Validated(),
            allowed.Contains(true) ? allowed : []);

    [Fact]
    public void Next_AnyOptions_DrawsExactlyTheTokensOfTheNaiveTwin() =>
        s_cases.Sample(
            c =>
            {
                var expected = NaiveSampler.Distribution(c.Logits, c.Options, c.Allowed.Length == 0 ? null : c.Allowed);
                Assert.Equal(expected.Where(t => t.Value > 0.04).Select(t => t.Key).Order(), Frequent(c.Logits, c.Options, c.Allowed));
            },
            iter: 300, seed: "0000000000000");

    [Fact]
    public void Next_Temperature1_HasTheModelsDistribution()
    {
        float[] logits = [1, 0, -1, 0.5f, -3, 1];
        // 20.5 has p = 0.001 at 5 degrees of freedom.
        Assert.True(ChiSquare(logits, new SamplingOptions { Temperature = 1 }, new SamplingOptions { Temperature = 1 }) < 20.5);
    }

    [Fact]
    public void Next_OtherTemperature_IsCaughtByTheChiSquareTest()
    {
        float[] logits = [1, 0, -1, 0.5f, -3, 1];
        Assert.True(ChiSquare(logits, new SamplingOptions { Temperature = 1.1 }, new SamplingOptions { Temperature = 1 }) > 20.5);
    }

    [Fact]
    public void Next_Temperature0_TakesTheLowestIdOfTheLikeliestAllowed()
    {
        float[] logits = [1, 5, 4, 4, 5];
        Assert.Equal(1, new Sampler().Next(logits, SamplingOptions.Greedy, new Random(1)));
        Assert.Equal(2, new Sampler().Next(logits, SamplingOptions.Greedy, new Random(1), [true, false, true, true, false]));
    }

    [Fact]
    public void Next_SameSeed_DrawsTheSameTokens()
    {
        float[] logits = [0, 0, 0, 0, 0, 0, 0, 0];
        var options = new SamplingOptions { Temperature = 1 };
        int[] Draws(int seed)
        {
            var (sampler, random) = (new Sampler(), new Random(seed));
            return [.. Enumerable.Range(0, 30).Select(_ => sampler.Next(logits, options, random))];
        }

        Assert.Equal(Draws(7), Draws(7));
        Assert.NotEqual(Draws(7), Draws(8));
    }

    [Fact]
    public void Next_NothingAllowed_Throws() =>
        Assert.Throws<ArgumentException>(() => new Sampler().Next([1f, 2f], SamplingOptions.Greedy, new Random(1), [false, false]));

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Next_DamagedLogit_NamesTheToken(float logit)
    {
        var error = Assert.Throws<InvalidOperationException>(() => new Sampler().Next([1f, logit], SamplingOptions.Greedy, new Random(1)));
        Assert.Contains("token 1", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 0, 1, 0)]
    [InlineData(double.NaN, 0, 1, 0)]
    [InlineData(1, -1, 1, 0)]
    [InlineData(1, 0, 0, 0)]
    [InlineData(1, 0, 1.5, 0)]
    [InlineData(1, 0, 1, 2)]
    public void Validated_OutOfRange_Throws(double temperature, int topK, double topP, double minP) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new SamplingOptions { Temperature = temperature, TopK = topK, TopP = topP, MinP = minP }.Validated());

    // Tokens that 600 draws make; one with probability above 0.04 is missed with chance 2e-11.
    private static List<int> Frequent(float[] logits, SamplingOptions options, bool[] allowed)
    {
        var (sampler, random) = (new Sampler(), new Random(3));
        var expected = NaiveSampler.Distribution(logits, options, allowed.Length == 0 ? null : allowed);
        var drawn = Enumerable.Range(0, 600).Select(_ => sampler.Next(logits, options, random, allowed)).Distinct().Order().ToList();
        Assert.All(drawn, id => Assert.Contains(id, expected.Keys));
        return [.. drawn.Where(id => expected[id] > 0.04)];
    }

    private static double ChiSquare(float[] logits, SamplingOptions drawn, SamplingOptions expected)
    {
        const int Draws = 40_000;
        var (sampler, random) = (new Sampler(), new Random(11));
        var counts = new int[logits.Length];
        for (var i = 0; i < Draws; i++) counts[sampler.Next(logits, drawn, random)]++;
        return NaiveSampler.Distribution(logits, expected, null).Sum(t => Math.Pow(counts[t.Key] - (t.Value * Draws), 2) / (t.Value * Draws));
    }
}
