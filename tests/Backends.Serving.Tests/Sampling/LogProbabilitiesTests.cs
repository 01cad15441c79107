using Backends.Serving.Sampling;
using CsCheck;

namespace Backends.Serving.Tests.Sampling;

public class LogProbabilitiesTests
{
    private static readonly Gen<float[]> s_logits = Gen.Float[-30, 30].Array[1, 70];

    [Fact]
    public void LogSum_AnyLogits_MakesTheProbabilitiesOfThePlainSoftmax() => s_logits.Sample(logits => Assert.Equal(0, Error(logits, l => LogProbabilities.LogSum(l)), 1e-9), iter: 500);

    [Fact]
    public void LogSum_WithoutTheLargest_IsCaughtByTheSoftmax() =>
        Assert.True(Error([1, 2, 3], l => Math.Log(l.ToArray().Sum(x => Math.Exp(x)) - Math.Exp(3))) > 0.1);

    [Fact]
    public void LogSum_HugeLogits_DoesNotOverflow()
    {
        Assert.Equal(1e30f + Math.Log(2), LogProbabilities.LogSum([1e30f, 1e30f]), 1e20);
        Assert.Equal(Math.Log(2), LogProbabilities.LogSum([0, 0, float.NegativeInfinity]), 1e-12);
    }

    [Fact]
    public void Top_AnyLogits_IsTheBeginningOfTheSortedList() =>
        Gen.Select(Gen.Int[-5, 5].Select(x => (float)x).Array[1, 40], Gen.Int[0, 25]).Sample((logits, count) => Assert.Equal(
            Enumerable.Range(0, logits.Length).OrderByDescending(i => logits[i]).ThenBy(i => i).Take(count), LogProbabilities.Top(logits, count)));

    /// <summary>Largest difference between the probabilities that follow from a sum and those of the definition.</summary>
    private static double Error(float[] logits, Func<ReadOnlySpan<float>, double> logSum)
    {
        var sum = logSum(logits);
        var weights = Array.ConvertAll(logits, l => Math.Exp((double)l - logits.Max()));
        return logits.Select((l, i) => Math.Abs(Math.Exp(l - sum) - (weights[i] / weights.Sum()))).Max();
    }
}
